import { createHmac } from 'node:crypto';
import { digestOf } from '../bytes.js';
import type { DigestForm } from './mistake.js';

/** With the length of the digest in bytes. */
const ALGORITHMS = [
  ['sha1', 'SHA-1', 20],
  ['md5', 'MD5', 16],
  ['sha256', 'SHA-256', 32],
  ['sha512', 'SHA-512', 64],
  ['sha384', 'SHA-384', 48],
  ['sha224', 'SHA-224', 28],
] as const;

/** A digest of what code may have hashed, in one of the forms in which it may stand in the key. */
export interface Digest {
  readonly hash: string;
  readonly form: DigestForm;
  readonly bytes: Buffer;
}

const asText = (bytes: string): Buffer => Buffer.from(bytes, 'latin1');

/** Code cuts longer digests to the length of SHA-1 in bytes or in hex digits, and hex digits to 20. */
const CUTS: readonly number[] = [20, 40];

/** Returns the forms of a digest that have this length. */
function formsOf(hash: string, digest: Buffer, length: number): Digest[] {
  const hex = digest.toString('hex');
  const forms: Digest[] = [];
  if (digest.length === length) forms.push({ hash, form: 'raw', bytes: digest });
  if (hex.length === length) {
    forms.push({ hash, form: 'hex', bytes: asText(hex) });
    forms.push({ hash, form: 'upper-hex', bytes: asText(hex.toUpperCase()) });
  }
  const base64 = digest.toString('base64');
  if (base64.length === length) forms.push({ hash, form: 'base64', bytes: asText(base64) });
  if (CUTS.includes(length)) {
    if (digest.length > length) forms.push({ hash, form: 'shortened', bytes: digest.subarray(0, length) });
    if (hex.length > length) forms.push({ hash, form: 'shortened', bytes: asText(hex.slice(0, length)) });
  }
  return forms;
}

/** Whether a digest of this size has a form of this length. */
const canHaveLength = (size: number, length: number): boolean =>
  [size, 2 * size, 4 * Math.ceil(size / 3)].includes(length) || (CUTS.includes(length) && 2 * size > length);

/** Returns the digests of a text that have this length, plain and keyed with each of these keys: SHA-1 first. */
export function digestsOf(
  parts: readonly Uint8Array[],
  hmacKeys: readonly (string | Uint8Array)[],
  length: number,
): Digest[] {
  const possible = ALGORITHMS.filter(([, , size]) => canHaveLength(size, length));
  return [
    ...possible.flatMap(([id, name]) => formsOf(name, digestOf(id, ...parts), length)),
    ...hmacKeys.flatMap((key) =>
      possible.flatMap(([id, name]) => {
        const hmac = createHmac(id, key);
        for (const part of parts) hmac.update(part);
        const swapped = createHmac(id, Buffer.concat(parts)).update(key).digest();
        return [
          ...formsOf(`HMAC-${name}`, hmac.digest(), length),
          ...formsOf(`HMAC-${name} (with the key and the text swapped)`, swapped, length),
        ];
      }),
    ),
  ];
}

/** The lengths at which a hash can end in the decrypted text: that of SHA-1 first. */
export const HASH_LENGTHS = [20, 40, 16, 32, 64, 28, 24, 44, 48, 128, 56, 96, 88] as const;

/** Returns the algorithm that writes this many hex digits; null if none does. */
export const algorithmWithHexDigits = (count: number): string | null =>
  ALGORITHMS.find(([, , size]) => 2 * size === count)?.[1] ?? null;
