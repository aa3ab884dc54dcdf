/** Base64 characters, plain, percent-encoded (twice or more in nested URLs) or escaped in JSON. */
const PERCENT = '%(?:25){0,7}';
const JSON_CODE = '\\\\{1,7}u00';
const SLASH = `\\/|\\\\{1,7}\\/|${PERCENT}2[Ff]|${JSON_CODE}2[Ff]`;
const LETTER = `[A-Za-z0-9+_-]|${PERCENT}(?:2[BbDd]|5[Ff])|${JSON_CODE}(?:2[BbDd]|5[Ff])`;
const PADDING = `=|${PERCENT}3[Dd]|${JSON_CODE}3[Dd]`;

const RUN = new RegExp(`(?:${LETTER}|${SLASH}|${PADDING})+`, 'y');
const WORD = new RegExp(`(?:${LETTER}|${SLASH})+(?:${PADDING}){0,2}`, 'y');
/** In a path, an unescaped slash ends the word. */
const WORD_IN_PATH = new RegExp(`(?:${LETTER}|${PERCENT}2[Ff])+(?:${PADDING}){0,2}`, 'y');

/** The base64 form of `v2|`, with which every version 2 key begins (docs/kaltura-facts.md 1.4). */
export const V2_START = 'djJ8';

/** Three hex digits in base64. */
const HEX = '[MNOYZ][DTjzGWm2][A-Za-z0-9][h-mw-z0-5]';

/**
 * The start of a version 2 key, or hex digits: every version 1 key starts with forty of them and a bar. None of these characters is
 * ever escaped. A line can end soon after them.
 */
export const START = new RegExp(`${V2_START}|(?:${HEX}){4}`, 'g');
const KEY = new RegExp(`^(?:${V2_START}|(?:${HEX}){13}[MNOYZ][HXn3][w-z])`);

/** The character of a code in hex, for `replaceAll`. */
export const characterOf = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));

/** Removes percent-encoding and JSON escapes. */
export const unescaped = (text: string): string => (/[\\%]/.test(text) ? withoutEscapes(text) : text);

const withoutEscapes = (text: string): string =>
  text
    .replaceAll(/\\{1,7}\//g, '/')
    .replaceAll(/\\{1,7}u00([0-9a-f]{2})/gi, characterOf)
    .replaceAll(/%(?:25){0,7}([0-9a-f]{2})/gi, characterOf);

/** A part of a key. */
export interface Piece {
  readonly text: string;
  /** End index in the pasted text. */
  readonly end: number;
  /** The text between this part and the previous one. */
  readonly gap: string;
}

function matchAt(form: RegExp, text: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(text)?.[0];
}

/** Returns the base64 word, with its padding, that starts at this index. */
export function wordAt(text: string, start: number, isInPath: boolean): Piece {
  const raw = matchAt(isInPath ? WORD_IN_PATH : WORD, text, start) ?? '';
  return { text: unescaped(raw), end: start + raw.length, gap: '' };
}

/** Characters that terminals, emails and frames add between the lines of a long word. */
const LINE_GAP = /[ \t\u00A0|>\u2500-\u257F]{0,200}\\?(?:\r\n?|\n)[ \t\u00A0|>\u2500-\u257F]{0,200}/y;
const SPACE_GAP = /[ \t\u00A0]{1,200}/y;

const PIECE = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Returns the next part of the same word; null after padding, before another key, or before any other text. */
function pieceAfter(before: Piece, text: string, gap: string | undefined, otherKey: RegExp): Piece | null {
  const raw = gap === undefined ? undefined : matchAt(RUN, text, before.end + gap.length);
  if (raw === undefined || gap === undefined) return null;
  const piece = unescaped(raw);
  const isOver = before.text.endsWith('=') && piece !== '=';
  if (isOver || !PIECE.test(piece) || raw.search(otherKey) !== -1) return null;
  return { text: piece, end: before.end + gap.length + raw.length, gap };
}

/** Few terminals have fewer columns. */
const NARROWEST = 20;

/**
 * The first line may be this much longer than the next ones, if they are indented. A label before the key makes it
 * shorter.
 */
const INDENTATION = 8;

/**
 * Returns whether the last of these lines ends a wrapped word: all lines but the first and the last have the same
 * length.
 */
function isEnd(pieces: readonly Piece[]): boolean {
  const [first, second] = pieces;
  if (first === undefined || second === undefined) return false;
  const width = second.text.length;
  const isWidth = width >= NARROWEST && first.text.length <= width + INDENTATION;
  return !isWidth || (pieces.at(-1)?.text.length ?? width) < width;
}

/** Returns the parts on the lines that follow. */
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

/**
 * Minimum average distance of spaces that were `+`: they are random, about 64 characters apart, while the spaces of a
 * sentence are closer.
 */
const LETTERS_OF_A_WORD = 12;
const MOST_PIECES = 512;

/**
 * Returns whether the parts look like a key followed by words. This matters only for version 2, where a wrong length
 * looks valid about once in twenty cases.
 */
function isSentence([first, ...rest]: readonly Piece[]): boolean {
  const words = rest.filter(({ text }) => text.length < LETTERS_OF_A_WORD);
  return first?.text.startsWith(V2_START) === true && rest.length > 2 && words.length > rest.length / 2;
}

/** Length of the base64 text of a version 1 signature. */
export const SIGNATURE_LENGTH = 54;

/** Returns the parts between spaces and line ends; none if they look like a sentence. */
export function piecesBySpace(text: string, first: Piece): Piece[] {
  const pieces = [first];
  let { length } = first.text;
  while (pieces.length < MOST_PIECES) {
    const before = pieces.at(-1) as Piece;
    const gap = matchAt(LINE_GAP, text, before.end) ?? matchAt(SPACE_GAP, text, before.end);
    // The hex digits of its own signature look like the start of another key.
    const next = pieceAfter(before, text, gap, length < SIGNATURE_LENGTH ? KEY : START);
    if (next === null) break;
    pieces.push(next);
    length += next.text.length;
  }
  return isSentence(pieces) ? [first] : pieces;
}

/** @param plus the replacement for each space */
export const joined = (pieces: readonly Piece[], plus = ''): string =>
  pieces.map(({ text, gap }) => (/^ +$/.test(gap) ? plus.repeat(gap.length) : '') + text).join('');
