import type { KsCandidate } from './ks-candidates.js';
import { unescaped } from './ks-pieces.js';

/** What is called a KS, whatever it is: `ks=…`, `"ks": "…"`, `/ks/…`, `Authorization: KS …`. */
const CALLED =
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
export function attemptIn(text: string): KsCandidate | null {
  const flaws = { isSound: false, isMended: false } as const;
  const called = CALLED.exec(text);
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
