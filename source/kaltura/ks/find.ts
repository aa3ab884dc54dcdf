import { Secret } from '../secret.js';
import { findCandidates, type KsCandidate } from './candidates.js';
import { unescaped } from './pasted-pieces.js';

/** Matches a value labelled as a KS, whatever its form: `ks=…`, `"ks": "…"`, `/ks/…`, `Authorization: KS …`. */
const NAMED_KS =
  /(?:(?:^|[^A-Za-z0-9])(?:KALTURA_)?ks\\{0,3}["']?[ \t]{0,4}(?:[:=/]|%3D)[ \t]{0,4}|authorization:[ \t]{0,4}ks[ \t]{1,4})\\{0,3}["'`“]?([^\s"'`“”‘’<>&,;{}\\]{4,})/i;

const QUOTED = /^["'`“‘„«]{0,3}([^"'`“”‘’„«»]*)["'`”’“»]{0,3}$/;

/** Characters of keys and of shortened keys. */
const USUAL = /[A-Za-z0-9+/_=%.…•*-]/g;

const SHORTEST = 20;

/** Longer than the longest key that a server accepts. */
const LONGEST = 16_384;

/** Returns a single word that looks like base64, on one line or several. */
function wordOf(text: string): string | null {
  const bare = QUOTED.exec(text)?.[1]?.trim() ?? '';
  if (bare.length > LONGEST) return null;
  const lines = bare.split(/\r\n?|\n/).map((line) => line.trim());
  const word = lines.join('');
  const isOneWord = !/\s/.test(word) && lines.slice(0, -1).every((line) => line.length >= SHORTEST);
  const isAddress = word.includes('://') || word.includes('@');
  if (!isOneWord || isAddress || word.length < SHORTEST) return null;
  return (word.match(USUAL)?.length ?? 0) >= 0.9 * word.length ? word : null;
}

/**
 * Finds a text that is probably a KS although it does not start like one.
 *
 * @param text a trimmed text
 */
function findDamagedKs(text: string): KsCandidate | null {
  const flaws = { isWellFormed: false, isRepaired: false } as const;
  const called = NAMED_KS.exec(text);
  if (called !== null) {
    const value = called[1] as string;
    const start = called.index + called[0].length - value.length;
    const raw = text.charAt(start - 1) === '/' ? value.replace(/\/.*$/, '') : value;
    return { ks: unescaped(raw), start, end: start + raw.length, isJoined: false, ...flaws };
  }
  const word = wordOf(text);
  if (word === null) return null;
  const start = text.indexOf(word.charAt(0));
  return { ks: unescaped(word), start, end: text.length - start, isJoined: /[\r\n]/.test(text), ...flaws };
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
      /** The number of other keys in the text. */
      readonly others: number;
    }
  | { readonly found: false; readonly why: 'empty' | 'no-ks' | 'too-long' };

/** Maximum length of a pasted text in characters. */
const LONGEST_TEXT = 1_000_000;

/** Nearly four times the longest KS seen from the server (recording 112). */
const LONGEST_KS = 500_000;

/** Longer texts are not checked as damaged keys. */
const LONGEST_DAMAGED = 16_384;

/** Invisible characters that copying adds, and the NUL bytes of UTF-16 files from Windows. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD\0]/g;

/**
 * Finds the KS in a pasted text: the key itself, or a key in quotes, an assignment, JSON, a URL, a header, an XML
 * answer or a command; percent-encoded or split over several lines. Returns the first complete key, or else the first
 * damaged one. Only spaces inside the key are changed.
 */
export function findKs(pasted: string): KsFinding {
  if (pasted.length > LONGEST_TEXT) return { found: false, why: 'too-long' };
  const text = pasted.replaceAll(INVISIBLE, '').trim();
  if (text === '') return { found: false, why: 'empty' };
  const candidates = findCandidates(text);
  const sound = candidates.filter(({ isWellFormed }) => isWellFormed);
  const best = sound[0] ?? candidates[0] ?? findDamagedKs(text);
  if (best === null) return { found: false, why: 'no-ks' };
  if (best.ks.length > (best.isWellFormed ? LONGEST_KS : LONGEST_DAMAGED)) return { found: false, why: 'too-long' };
  return {
    found: true,
    ks: new Secret(best.ks),
    wrapping: wrappingOf(text, best),
    isRepaired: best.isRepaired,
    others: countOthers(best, sound),
  };
}

const countOthers = (best: KsCandidate, sound: readonly KsCandidate[]): number =>
  new Set(sound.map(({ ks }) => ks).filter((ks) => ks !== best.ks)).size;
