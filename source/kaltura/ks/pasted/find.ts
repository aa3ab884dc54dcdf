import { Secret } from '../../secret.js';
import { findDecodedKey, isKeyInHex, partsOf } from '../key-parts.js';
import { findCandidates, type KsCandidate } from './candidates.js';
import type { Unwrapping } from './layers.js';
import { unescaped } from './pieces.js';
import { type Unwrapped, unwrapMore, unwrapSurely } from './unwrap.js';

/** Matches a value labelled as a KS, whatever its form: `ks=…`, `"ks": "…"`, `/ks/…`, `Authorization: KS …`. */
const NAMED_KS =
  /(?:(?:^|[^A-Za-z0-9])(?:KALTURA_)?ks\\{0,3}["']?[ \t]{0,4}(?:[:=/]|%3D)[ \t]{0,4}|authorization:[ \t]{0,4}ks[ \t]{1,4})\\{0,3}["'`“]?([^\s"'`“”‘’<>&,;{}\\]{4,})/i;

const QUOTED = /^["'`“‘„«]{0,3}([^"'`“”‘’„«»]*)["'`”’“»]{0,3}$/;

/** Characters of keys and of shortened keys. */
const KEY_CHARACTERS = /[A-Za-z0-9+/_=%.…•*-]/g;

/** The form of an error code: no key has only capital letters and underscores. */
const ERROR_CODE = /^[A-Z]+(?:_[A-Z]+)+$/;

const SHORTEST = 20;

/** Longer texts are not checked as damaged keys: no server accepts so long a key. */
const LONGEST_DAMAGED = 16_384;

const DAMAGED = { isWellFormed: false, isJoined: false, isRepaired: false } as const;

/** Returns a single word that looks like base64, on one line or several. */
function wordOf(text: string): string | null {
  const bare = QUOTED.exec(text)?.[1]?.trim() ?? '';
  if (bare.length > LONGEST_DAMAGED) return null;
  const lines = bare.split(/\r\n?|\n/).map((line) => line.trim());
  const word = lines.join('');
  const isOneWord = !/\s/.test(word) && lines.slice(0, -1).every((line) => line.length >= SHORTEST);
  const isAddress = word.includes('://') || word.includes('@');
  if (!isOneWord || isAddress || word.length < SHORTEST || ERROR_CODE.test(word)) return null;
  return (word.match(KEY_CHARACTERS)?.length ?? 0) >= 0.9 * word.length ? word : null;
}

/**
 * Finds a text that is probably a KS although it does not start like one.
 *
 * @param text a trimmed text
 */
function findDamagedKs(text: string): KsCandidate | null {
  const labelled = NAMED_KS.exec(text);
  if (labelled !== null) {
    const value = labelled[1] as string;
    const start = labelled.index + labelled[0].length - value.length;
    const raw = text.charAt(start - 1) === '/' ? value.replace(/\/.*$/, '') : value;
    return { ks: unescaped(raw), start, end: start + raw.length, ...DAMAGED };
  }
  const word = wordOf(text);
  if (word === null) return null;
  const start = text.indexOf(word.charAt(0));
  return { ks: unescaped(word), start, end: text.length - start, ...DAMAGED, isJoined: /[\r\n]/.test(text) };
}

/** The text around a pasted KS. */
export type KsWrapping = 'none' | 'quotes' | 'assignment' | 'address' | 'header' | 'json' | 'lines' | 'text';

/** Number of characters before the key that are searched for its label. */
const LOOK_BACK = 2000;

const HEADER =
  /(?:\bauthorization["']{0,2}\s{0,8}[:=]\s{0,8}["']?(?:\w{1,20}\s{1,8})?|\bbearer\s{1,8}|\bx-[\w-]{1,40}:\s{0,8})$/i;
const JSON_NAME = /\\{0,3}["'][\w.-]{1,64}\\{0,3}["']\s{0,8}:\s{0,8}\\{0,3}["']$/;
const ASSIGNMENT = /[\w.$:-]{1,64}["']?\s{0,8}(?:=>?|:)\s{0,8}\\{0,3}["'`“‘„]?$/;
const QUOTES = /["'`“”‘’„«]$/;

/** Returns the last word before the key; for a URL, everything before the key. */
function lastWord(before: string): string {
  let at = before.length;
  while (at > 0 && !/[\s"'`“<>]/.test(before.charAt(at - 1))) at -= 1;
  return before.slice(at);
}

const isAddress = (word: string): boolean => /:\\{0,3}\/|%3A%2F|\/api_v3\b|^[?/]/i.test(word);

function wrappingOf(text: string, { start, end, isJoined }: KsCandidate): KsWrapping {
  if (start === 0 && end === text.length) return isJoined ? 'lines' : 'none';
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  if (HEADER.test(before)) return 'header';
  if (JSON_NAME.test(before)) return 'json';
  if (isAddress(lastWord(before))) return 'address';
  if (ASSIGNMENT.test(before)) return 'assignment';
  return QUOTES.test(before) ? 'quotes' : 'text';
}

/** Why there is no key in a text, with what the text is instead. */
export type NotFound = 'empty' | 'no-ks' | 'too-long' | 'widget-id' | 'content-id' | 'number' | 'web-token';

const OTHER_TEXTS: readonly (readonly [NotFound, RegExp])[] = [
  ['widget-id', /^_\d{1,12}$/],
  // Entries, app tokens, flavors and widgets have IDs of this form.
  ['content-id', /^\d+_[0-9a-z]{8}$/i],
  ['number', /^\d{1,12}$/],
  ['web-token', /\beyJ[\w-]{10,}\.eyJ[\w-]{2,}\./],
];

/** Why there is no key in this text. */
const reasonNotFound = (text: string): NotFound => OTHER_TEXTS.find(([, form]) => form.test(text))?.[0] ?? 'no-ks';

export type KsFinding =
  | {
      readonly found: true;
      readonly ks: Secret;
      /** The text around it. */
      readonly wrapping: KsWrapping;
      /**
       * Whether spaces in it were changed back to `+`. Forms turn a `+` that is not percent-encoded into a space
       * (docs/kaltura-facts.md 1.2).
       */
      readonly isRepaired: boolean;
      /** What was taken away from it, the outermost first. */
      readonly unwrapped: readonly Unwrapping[];
      /** The number of other keys in the text. */
      readonly others: number;
    }
  | { readonly found: false; readonly why: NotFound };

/** Maximum length of a pasted text in characters. */
const LONGEST_TEXT = 1_000_000;

/** Nearly four times the longest KS seen from the server (recording 112). */
const LONGEST_KS = 500_000;

/** Color codes of terminals. */
const COLOURS = /\u001B\[[0-9;:]{0,32}[A-Za-z]/g;

/** Invisible characters that copying adds, and the NUL bytes of UTF-16 files from Windows. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD\0]/g;

/** The byte order mark of a UTF-16 file that was read as UTF-8. */
const BROKEN_MARK = /^\uFFFD{1,2}/;

/** Every other byte of a UTF-16 text is NUL. */
function isUtf16(text: string): boolean {
  const nuls = text.length - text.replaceAll('\0', '').length;
  return nuls > text.length / 4;
}

/** A key in a text that was unwrapped. */
interface Found extends Unwrapped {
  readonly best: KsCandidate;
  readonly others: number;
}

/** A text, and everything in it that begins like a key. */
interface Searched extends Unwrapped {
  readonly candidates: readonly KsCandidate[];
}

const searched = (unwrapped: Unwrapped): Searched => ({ ...unwrapped, candidates: findCandidates(unwrapped.text) });

function foundIn({ candidates, ...unwrapped }: Searched): Found | null {
  const sound = candidates.filter(({ isWellFormed }) => isWellFormed);
  const [best] = sound;
  return best === undefined ? null : { ...unwrapped, best, others: countOthers(best, sound) };
}

/** Finds the text of a key that someone decoded. Inside base64 only hex counts: other text there is the key itself. */
function decodedIn(unwrapped: Unwrapped): Found | null {
  const found = findDecodedKey(unwrapped.text);
  if (found === null || (unwrapped.unwrapped.includes('base64') && !isKeyInHex(found.text))) return null;
  const best = { ks: found.text, start: found.index, end: found.index + found.text.length, ...DAMAGED };
  return { ...unwrapped, best, others: 0 };
}

function damagedIn({ candidates, ...unwrapped }: Searched): Found | null {
  const word = wordOf(unwrapped.text);
  const whole =
    word === null || candidates[0]?.start === 0 || partsOf(word) === null ? null : findDamagedKs(unwrapped.text);
  const best = whole ?? candidates[0] ?? findDamagedKs(unwrapped.text);
  return best === null ? null : { ...unwrapped, best, others: 0 };
}

/** Finds a key in one of these texts: a whole one first, then one that was decoded, then one that has parts of a key. */
function foundInside(outer: Searched): Found | null {
  const damaged = damagedIn(outer);
  let explainable = damaged !== null && partsOf(damaged.best.ks) !== null ? damaged : null;
  for (const unwrapped of unwrapMore(outer)) {
    const inner = searched(unwrapped);
    const found = foundIn(inner) ?? decodedIn(inner);
    if (found !== null) return found;
    if (explainable !== null) continue;
    const other = damagedIn(inner);
    if (other !== null && partsOf(other.best.ks) !== null) explainable = other;
  }
  return explainable ?? damaged;
}

/** Returns the layers that were taken away from the characters of the key itself. */
function layersInKey({ text, best: { start, end, ks } }: Found): Unwrapping[] {
  const raw = text.slice(start, end);
  if (raw === ks) return [];
  const isQuoted = /[\r\n][ \t]*>/.test(raw);
  return [
    ...(/%[0-9a-f]{2}/i.test(raw) && !ks.includes('%') ? (['percent'] as const) : []),
    ...(raw.includes('\\') && !ks.includes('\\') ? (['json'] as const) : []),
    ...(isQuoted ? (['mail-quote'] as const) : []),
  ];
}

/**
 * Finds the KS in a pasted text: the key itself, or a key in quotes, an assignment, JSON, a URL, a header, an XML
 * answer, a mail, a log or a command; encoded once more, or split over several lines. Returns the first complete key, or else the first
 * damaged one. Only spaces inside the key are changed.
 */
export function findKs(pasted: string): KsFinding {
  if (pasted.length > LONGEST_TEXT) return { found: false, why: 'too-long' };
  const text = pasted.replaceAll(COLOURS, '').replaceAll(INVISIBLE, '').replace(BROKEN_MARK, '').trim();
  if (text === '') return { found: false, why: 'empty' };
  const outer = searched(unwrapSurely(text));
  const found = foundIn(outer) ?? decodedIn(outer) ?? foundInside(outer);
  if (found === null) return { found: false, why: reasonNotFound(text) };
  const { best, others } = found;
  if (best.ks.length > (best.isWellFormed ? LONGEST_KS : LONGEST_DAMAGED)) return { found: false, why: 'too-long' };
  // Layers around the key matter only if it cannot be found without them.
  const isPlain = text.includes(best.ks);
  const layers = isPlain ? [] : [...found.unwrapped, ...layersInKey(found)];
  return {
    found: true,
    ks: new Secret(best.ks),
    wrapping: wrappingOf(found.text, best),
    isRepaired: best.isRepaired,
    unwrapped: [...new Set([...(isUtf16(pasted) ? (['utf-16'] as const) : []), ...layers])],
    others,
  };
}

const countOthers = (best: KsCandidate, sound: readonly KsCandidate[]): number =>
  new Set(sound.map(({ ks }) => ks).filter((ks) => ks !== best.ks)).size;
