import { Secret } from '../secret.js';
import { findCandidates, type KsCandidate } from './candidates.js';
import { unescaped } from './pasted-pieces.js';

/** What is called a KS, whatever it is: `ks=…`, `"ks": "…"`, `/ks/…`, `Authorization: KS …`. */
const NAMED_KS =
  /(?:(?:^|[^A-Za-z0-9])(?:KALTURA_)?ks\\{0,3}["']?[ \t]{0,4}(?:[:=/]|%3D)[ \t]{0,4}|authorization:[ \t]{0,4}ks[ \t]{1,4})\\{0,3}["'`“]?([^\s"'`“”‘’<>&,;{}\\]{4,})/i;

const QUOTED = /^["'`“‘„«]{0,3}([^"'`“”‘’„«»]*)["'`”’“»]{0,3}$/;

/** What keys are made of, and what stands in shortened ones. */
const USUAL = /[A-Za-z0-9+/_=%.…•*-]/g;

const SHORTEST = 20;

/** As long as the longest key that a server takes, and more. */
const LONGEST = 16_384;

/** A single word that looks like base64, on one line or several. */
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

/** What was meant to be a KS, though it does not begin as one. @param text without blanks around it */
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

/** What stands around a pasted KS. */
export type KsWrapping = 'none' | 'quotes' | 'assignment' | 'address' | 'header' | 'json' | 'lines' | 'text';

/** As much of the text before the key as tells what it is called. */
const LOOK_BACK = 2000;

const HEADER =
  /(?:\bauthorization["']{0,2}\s{0,8}[:=]\s{0,8}["']?(?:\w{1,20}\s{1,8})?|\bbearer\s{1,8}|\bx-[\w-]{1,40}:\s{0,8})$/i;
const JSON_NAME = /\\{0,3}["'][\w.-]{1,64}\\{0,3}["']\s{0,8}:\s{0,8}\\{0,3}["']$/;
const ASSIGNMENT = /[\w.$:-]{1,64}["']?\s{0,8}(?:=>?|:)\s{0,8}\\{0,3}["'`“‘„]?$/;
const QUOTES = /["'`“”‘’„«]$/;

/** The last word before the key: of an address, all that stands before it. */
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
      /** What stood around it. */
      readonly wrapping: KsWrapping;
      /** Blanks in it were put back to `+`: what a form makes of a `+` that was not percent-encoded (docs/kaltura-facts.md 1.2). */
      readonly isRepaired: boolean;
      /** How many other keys there are. */
      readonly others: number;
    }
  | { readonly found: false; readonly why: 'empty' | 'no-ks' | 'too-long' };

/** In characters: more than a key with all that people copy along with it. */
const LONGEST_TEXT = 1_000_000;

/** Nearly four times the longest that the server was seen to make (recording 112). */
const LONGEST_KS = 500_000;

/** What is damaged and longer is hardly a key; it is not looked at more closely. */
const LONGEST_DAMAGED = 16_384;

/** What a copy may bring along and the eye does not see, and the bytes between letters of a file that Windows wrote in two bytes each. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD\0]/g;

/**
 * Finds the KS in whatever a person pastes: the key itself, in quotes, an assignment, JSON, an address, a header, an XML answer, a
 * command; percent-encoded, or broken over several lines. The first that is whole wins, else the first that was meant to be one.
 * The key comes back as it was, but for blanks inside it.
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
