import { createHash } from 'node:crypto';
import { KsError } from './fields.js';

export function digestOf(algorithm: string, ...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const sha1 = (...parts: (string | Uint8Array)[]): Buffer => digestOf('sha1', ...parts);

export function withoutTrailingNuls(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/** Decodes a KS like PHP's strict base64, in either alphabet (docs/kaltura-facts.md 1.2). */
export function ksBytes(ks: string): Buffer {
  const text = ks
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replaceAll(/[ \t\r\n]/g, '');
  const body = text.replace(/=+$/, '');
  const padding = text.length - body.length;
  const isWhole = body.length % 4 !== 1 && (padding === 0 || (body.length + padding) % 4 === 0);
  if (body === '' || !/^[A-Za-z0-9+/]*$/.test(body) || padding > 2 || !isWhole) throw new KsError('not-base64');
  return Buffer.from(body, 'base64');
}

/** The first bytes of a version 2 KS. Every other KS is version 1 (docs/kaltura-facts.md 1.1). */
export const V2_MARK = 'v2|';

export const isV2 = (bytes: Buffer): boolean => bytes.toString('latin1', 0, V2_MARK.length) === V2_MARK;

/** Parses a number (account, type) from a key or an answer; null for any other text. */
export const ksNumber = (text: string): number | null => (/^-?\d{1,12}$/.test(text) ? Number(text) : null);

/**
 * Parses a time in epoch seconds; null for any other text. Twelve digits reach past the year 30000. The server returns
 * fractions of a second if the requested lifetime had them (recording 392).
 */
export const ksMoment = (text: string): number | null => (/^-?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : null);
