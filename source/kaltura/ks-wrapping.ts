import type { KsCandidate } from './ks-candidates.js';

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

export function wrappingOf(text: string, { start, end, isJoined }: KsCandidate): KsWrapping {
  if (start === 0 && end === text.length) return isJoined ? 'lines' : 'none';
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  if (HEADER.test(before)) return 'header';
  if (JSON_NAME.test(before)) return 'json';
  if (isAddress(lastWord(before))) return 'address';
  if (ASSIGNMENT.test(before)) return 'assignment';
  return QUOTES.test(before) ? 'quotes' : 'text';
}
