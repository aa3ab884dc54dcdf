/** Signs of base64, bare or as they stand in addresses (percent-encoded, twice in an address within an address) and in JSON. */
const PERCENT = '%(?:25){0,3}';
const JSON_CODE = '\\\\{1,3}u00';
const SLASH = `\\/|\\\\{1,3}\\/|${PERCENT}2[Ff]|${JSON_CODE}2[Ff]`;
const LETTER = `[A-Za-z0-9+_-]|${PERCENT}(?:2[BbDd]|5[Ff])|${JSON_CODE}(?:2[BbDd]|5[Ff])`;
const PADDING = `=|${PERCENT}3[Dd]|${JSON_CODE}3[Dd]`;

const RUN = new RegExp(`(?:${LETTER}|${SLASH}|${PADDING})+`, 'y');
const WORD = new RegExp(`(?:${LETTER}|${SLASH})+(?:${PADDING}){0,2}`, 'y');
/** Within a path, a bare slash ends it. */
const WORD_IN_PATH = new RegExp(`(?:${LETTER}|${PERCENT}2[Ff])+(?:${PADDING}){0,2}`, 'y');

/** Three hex digits in base64. */
const HEX = '[MNOYZ][DTjzGWm2][A-Za-z0-9][h-mw-z0-5]';

/**
 * `v2|` in base64; or hex digits, of which every key of version 1 has forty at its beginning, and a bar behind them. None of that has a
 * sign that would be escaped. A line may end soon behind it.
 */
export const START = new RegExp(`djJ8|(?:${HEX}){4}`, 'g');
const KEY = new RegExp(`^(?:djJ8|(?:${HEX}){13}[MNOYZ][HXn3][w-z])`);

const character = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));

/** As it was before it was percent-encoded or written as JSON. */
export const unescaped = (text: string): string =>
  text
    .replaceAll(/\\{1,3}\//g, '/')
    .replaceAll(/\\{1,3}u00([0-9a-f]{2})/gi, character)
    .replaceAll(/%(?:25){0,3}([0-9a-f]{2})/gi, character);

/** A part of a key. */
export interface Piece {
  readonly text: string;
  /** Where it ends in what was pasted. */
  readonly end: number;
  /** What parts it from the one before. */
  readonly gap: string;
}

function matchAt(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(text)?.[0];
}

/** The word of base64, with its padding, that begins there. */
export function wordAt(text: string, start: number, isInPath: boolean): Piece {
  const raw = matchAt(isInPath ? WORD_IN_PATH : WORD, text, start) ?? '';
  return { text: unescaped(raw), end: start + raw.length, gap: '' };
}

/** What a terminal, a mail or a frame puts between the lines of a long word. */
const LINE_GAP = /[ \t\u00A0|>\u2500-\u257F]{0,200}\\?(?:\r\n?|\n)[ \t\u00A0|>\u2500-\u257F]{0,200}/y;
const BLANK_GAP = /[ \t\u00A0]{1,200}/y;

const PIECE = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** The next part of the same word; none where its padding is over, another key begins, or something else stands there. */
function pieceAfter(before: Piece, text: string, gap: string | undefined, otherKey: RegExp): Piece | null {
  const raw = gap === undefined ? undefined : matchAt(RUN, text, before.end + gap.length);
  if (raw === undefined || gap === undefined) return null;
  const piece = unescaped(raw);
  const isOver = before.text.endsWith('=') && piece !== '=';
  if (isOver || !PIECE.test(piece) || raw.search(otherKey) !== -1) return null;
  return { text: piece, end: before.end + gap.length + raw.length, gap };
}

/** Few terminals are narrower. */
const NARROWEST = 20;

/** A first line may be longer by so much than those below it, which are indented; a name before the key makes it shorter. */
const INDENTATION = 8;

/** Whether the last of these lines is the last of a broken word: all but the first and the last are of one length. */
function isEnd([first, second, ...rest]: readonly Piece[]): boolean {
  if (first === undefined || second === undefined) return false;
  const width = second.text.length;
  const isWidth = width >= NARROWEST && first.text.length <= width + INDENTATION;
  return !isWidth || (rest.at(-1)?.text.length ?? width) < width;
}

/** The parts on the lines that follow. */
export function piecesByLine(text: string, first: Piece): Piece[] {
  const pieces = [first];
  while (!isEnd(pieces)) {
    const before = pieces.at(-1) as Piece;
    const next = pieceAfter(before, text, matchAt(LINE_GAP, text, before.end), KEY);
    if (next === null || next.text.length > (pieces[1] ?? next).text.length) break;
    pieces.push(next);
  }
  return pieces;
}

/** Blanks that once were `+` stand as far apart as chance has it, 64 letters as a rule; those of a sentence nearer. */
const LETTERS_OF_A_WORD = 12;
const MOST_PIECES = 512;

/**
 * Whether the parts look like a key with words behind it. That matters for version 2 alone, where a wrong length passes for a right one
 * once in some twenty times.
 */
function isSentence([first, ...rest]: readonly Piece[]): boolean {
  const words = rest.filter(({ text }) => text.length < LETTERS_OF_A_WORD);
  return first?.text.startsWith('djJ8') === true && rest.length > 2 && words.length > rest.length / 2;
}

/** The parts between blanks and line ends; none where they look like words of a sentence. */
export function piecesByBlank(text: string, first: Piece): Piece[] {
  const pieces = [first];
  while (pieces.length < MOST_PIECES) {
    const before = pieces.at(-1) as Piece;
    const gap = matchAt(LINE_GAP, text, before.end) ?? matchAt(BLANK_GAP, text, before.end);
    const next = pieceAfter(before, text, gap, START);
    if (next === null) break;
    pieces.push(next);
  }
  return isSentence(pieces) ? [first] : pieces;
}

/** @param plus what each blank stands for */
export const joined = (pieces: readonly Piece[], plus = ''): string =>
  pieces.map(({ text, gap }) => (/^ +$/.test(gap) ? plus.repeat(gap.length) : '') + text).join('');
