import type { Padding } from './mistake.js';

/** Where the fields stand in a decrypted text. */
export interface FieldSpan {
  readonly start: number;
  /** Before the padding. */
  readonly end: number;
  readonly format: 'query' | 'json' | 'version-1' | 'utf-16';
}

const MARKERS = ['_e=', '_t=', '_u='];

const isPrintable = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x21 && byte <= 0x7e;
const isText = (byte: number | undefined): boolean => isPrintable(byte) || byte === 0x20 || byte === 0x0a;

/** Padding takes up to two blocks. */
const LONGEST_PADDING = 32;

/** A text of this length does not occur in random bytes (one in 10^10). */
const SHORTEST_TEXT = 24;

function startOfText(plain: Buffer, end: number): number {
  let start = end;
  while (start > 0 && isText(plain[start - 1])) start -= 1;
  return start;
}

/** The last character of a text in UTF-16 ends with a NUL byte, which is not padding. */
function endOfWideText(plain: Buffer): number {
  let end = plain.length;
  while (end > 1 && plain[end - 1] === 0 && plain[end - 2] === 0) end -= 1;
  return end;
}

/** Two of the names in UTF-16: `_\0e\0=\0`. */
const UTF_16 = /(?:_\0[etu]\0=\0(?:[ -~]\0){1,4000}?){2}/;

/** Other formats that code writes: JSON, fields of version 1, or UTF-16. */
function findOtherFormat(plain: Buffer): FieldSpan | null {
  const wide = plain.toString('latin1').search(UTF_16);
  if (wide !== -1) return { start: wide, end: endOfWideText(plain), format: 'utf-16' };
  let end = plain.length;
  while (end > plain.length - LONGEST_PADDING && !isPrintable(plain[end - 1])) end -= 1;
  const start = startOfText(plain, end);
  if (end - start < SHORTEST_TEXT) return null;
  const text = plain.toString('latin1', start, end);
  const json = text.search(/\{\s*["']\w+["']\s*:/);
  if (json !== -1 && text.endsWith('}')) return { start: start + json, end, format: 'json' };
  const list = text.search(/-?\d+;-?\d+;[^;]*;[^;]*;/);
  return list === -1 ? null : { start: start + list, end, format: 'version-1' };
}

/**
 * Finds the fields in a decrypted text; null if there are none. Only the right key and mode give at least two of the
 * field names, with nothing but text from there on: in random bytes they do not occur.
 */
export function findFields(plain: Buffer): FieldSpan | null {
  const found = MARKERS.map((marker) => plain.lastIndexOf(marker, plain.length, 'latin1')).filter((at) => at !== -1);
  if (found.length < 2) return found.length === 0 ? findOtherFormat(plain) : null;
  const first = Math.min(...found);
  let end = Math.max(...found);
  while (end < plain.length && (plain[end] as number) >= 0x20 && plain[end] !== 0x7f) end += 1;
  // The padding of ISO 7816 starts with this byte.
  if (plain[end - 1] === 0x80 && isAll(plain.subarray(end), 0)) end -= 1;
  while (plain[end - 1] === 0x20) end -= 1;
  if (end < Math.max(...found) || plain.subarray(first, end).some((byte) => byte < 0x20)) return null;
  let start = first;
  while (start > 0 && isPrintable(plain[start - 1])) start -= 1;
  return { start, end, format: 'query' };
}

const isAll = (bytes: Buffer, value: number): boolean => bytes.every((byte) => byte === value);

/** Returns the length without a padding of PKCS#7; null if there is none. */
export function endBeforePkcs7(plain: Buffer): number | null {
  const count = plain.at(-1) ?? 0;
  const isPadded = count >= 1 && count <= 16 && count <= plain.length && isAll(plain.subarray(-count), count);
  return isPadded ? plain.length - count : null;
}

/** Returns how the bytes after the fields fill the last block; null for NUL bytes, or if there are none. */
export function paddingIn(rest: Buffer): Padding | null {
  if (isAll(rest, 0)) return null;
  if (isAll(rest, 0x20)) return 'spaces';
  const count = rest.at(-1) as number;
  if (rest.length === count && isAll(rest, count)) return 'pkcs7';
  if (isAll(rest.subarray(0, -1), 0) && rest.length === count) return 'x923';
  if (rest[0] === 0x80 && isAll(rest.subarray(1), 0)) return 'iso-7816';
  const end = endBeforePkcs7(rest);
  return end !== null && isAll(rest.subarray(0, end), 0) ? 'zeros-and-pkcs7' : 'other';
}
