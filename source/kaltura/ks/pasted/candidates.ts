import { isWellFormedKs } from '../shape.js';
import {
  joined,
  type Piece,
  piecesByLine,
  piecesBySpace,
  SIGNATURE_LENGTH,
  START,
  unescaped,
  V2_START,
  wordAt,
} from './pieces.js';

/** A part of a text that is a KS or looks like a damaged one. */
export interface KsCandidate {
  readonly ks: string;
  /** Start and end index in the text. */
  readonly start: number;
  readonly end: number;
  /** Whether it has the form of a KS. */
  readonly isWellFormed: boolean;
  /** Whether it was on several lines. */
  readonly isJoined: boolean;
  /** Whether spaces in it were changed back to `+`. */
  readonly isRepaired: boolean;
}

type Range = Pick<KsCandidate, 'start' | 'end'>;

const wellFormed = (ks: string, range: Range, more: Partial<KsCandidate> = {}): KsCandidate | null =>
  isWellFormedKs(ks) ? { ks, ...range, isWellFormed: true, isJoined: false, isRepaired: false, ...more } : null;

/** Maximum length of an unrelated word on a line of its own after a key. */
const MAX_WORD_LENGTH = 16;

/**
 * Joins lines into one key. The last line may be an unrelated word. In a block of equal lines, no other line is
 * dropped: the start of a damaged key looks valid about once in twenty cases.
 */
function onLines(pieces: readonly Piece[], start: number): KsCandidate | null {
  const isWordLast = pieces.length === 2 || (pieces.at(-1)?.text.length ?? 0) < MAX_WORD_LENGTH;
  const beginnings = pieces.length > 1 && isWordLast ? [pieces, pieces.slice(0, -1)] : [pieces];
  for (const some of beginnings) {
    const range = { start, end: (some.at(-1) as Piece).end };
    const found = wellFormed(joined(some), range, { isJoined: some.length > 1 });
    if (found !== null) return found;
  }
  return null;
}

/** Changes all spaces in a key back to `+`. */
function withPluses(pieces: readonly Piece[], start: number): KsCandidate | null {
  if (!pieces.slice(1).every(({ gap }) => /^ +$/.test(gap))) return null;
  return wellFormed(joined(pieces, '+'), { start, end: (pieces.at(-1) as Piece).end }, { isRepaired: true });
}

/**
 * Joins a key at its spaces. The server ignores spaces, so change one back to `+` only if the key is invalid without
 * it.
 */
function withSpaces(pieces: readonly Piece[], start: number): KsCandidate | null {
  if (pieces.length < 2) return null;
  const range = { start, end: (pieces.at(-1) as Piece).end };
  return wellFormed(joined(pieces), range) ?? wellFormed(joined(pieces, '+'), range, { isRepaired: true });
}

const DELIMITER = /[\s"'`“”‘’„«»<>&,;(){}[\]\\]/g;
const QUOTES_BEFORE = /^["'`“‘„«]{0,10}$/;
const QUOTES_BEHIND = /["'`”’“»]{0,10}$/;

/** Returns whether only quotes surround the word. */
const isOneWord = (text: string, start: number): boolean =>
  QUOTES_BEFORE.test(text.slice(0, start)) && !/\s/.test(text);

/**
 * Returns the end of the word, including invalid characters, so that an explanation can show what is wrong with a
 * damaged key.
 */
function endOfWord(text: string, start: number): number {
  if (isOneWord(text, start)) {
    return text.length - (QUOTES_BEHIND.exec(text.slice(-10))?.[0].length ?? 0);
  }
  DELIMITER.lastIndex = start;
  return DELIMITER.exec(text)?.index ?? text.length;
}

/**
 * Returns the start of the word. In a version 1 key with a damaged start, hex digits can be found in the middle. `v2|`
 * occurs only at the start.
 */
function startOfWord(text: string, found: number): number {
  if (text.startsWith(V2_START, found)) return found;
  let start = found;
  while (
    start > 0 &&
    found - start < SIGNATURE_LENGTH &&
    !/[\s"'`“”‘’„«»<>&,;(){}[\]\\=:/?|]/.test(text.charAt(start - 1))
  ) {
    start -= 1;
  }
  return start;
}

/** Minimum length of a damaged key among other words. Shorter ones are only text about keys. */
const MIN_DAMAGED_LENGTH = 24;

function damagedCandidate(text: string, found: number, lines: readonly Piece[]): KsCandidate | null {
  const flaws = { isWellFormed: false, isRepaired: false } as const;
  const start = startOfWord(text, found);
  if (lines.length > 1) {
    return {
      ks: unescaped(text.slice(start, found)) + joined(lines),
      start,
      end: (lines.at(-1) as Piece).end,
      isJoined: true,
      ...flaws,
    };
  }
  const end = endOfWord(text, start);
  const ks = unescaped(text.slice(start, end));
  return isOneWord(text, start) || ks.length >= MIN_DAMAGED_LENGTH
    ? { ks, start, end, isJoined: false, ...flaws }
    : null;
}

const PATH = /\/ks\\{0,3}\/$/i;

function candidateAt(text: string, start: number): KsCandidate | null {
  if (PATH.test(text.slice(Math.max(0, start - 10), start))) {
    const { text: ks, end } = wordAt(text, start, true);
    const found = wellFormed(ks, { start, end });
    if (found !== null) return found;
  }
  const first = wordAt(text, start, false);
  const next = first.text.indexOf(V2_START, MIN_DAMAGED_LENGTH);
  // Two keys without anything between them.
  const alone = next === -1 ? null : wellFormed(first.text.slice(0, next), { start, end: start + next });
  if (alone !== null && text.startsWith(alone.ks, start)) return alone;
  // The beginning of a version 1 key looks complete, because its last fields can be left out.
  const spaced = text.startsWith(V2_START, start) ? [] : piecesBySpace(text, first);
  const restored = spaced.length > 1 && joined(spaced).endsWith('=') ? withPluses(spaced, start) : null;
  if (restored !== null) return restored;
  const lines = piecesByLine(text, first);
  return onLines(lines, start) ?? withSpaces(piecesBySpace(text, first), start) ?? damagedCandidate(text, start, lines);
}

/** Finds everything that starts like a KS, in order of position, in a trimmed text. */
export function findCandidates(text: string): KsCandidate[] {
  const candidates: KsCandidate[] = [];
  let at = 0;
  for (;;) {
    START.lastIndex = at;
    const match = START.exec(text);
    if (match === null) return candidates;
    const candidate = candidateAt(text, match.index);
    if (candidate !== null) candidates.push(candidate);
    at = Math.max(candidate?.end ?? 0, match.index + match[0].length);
  }
}
