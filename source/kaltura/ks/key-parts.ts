import { isV2, ksBytes, ksNumber, V2_MARK } from './bytes.js';

/** The two parts of a decoded KS. They are split even if the key is damaged or badly made. */
export type KeyParts =
  | { readonly version: 1; readonly partnerId: number; readonly signature: Buffer; readonly info: Buffer }
  | { readonly version: 2; readonly partnerId: number; readonly sealed: Buffer };

const BASE64 = /^[A-Za-z0-9+/_\s-]*={0,2}$/;

/** Splits a KS (docs/kaltura-facts.md 1.3, 1.4); null if it has no parts. */
export function partsOf(text: string): KeyParts | null {
  if (!BASE64.test(text.trimEnd())) return null;
  let bytes: Buffer;
  try {
    bytes = ksBytes(text);
  } catch {
    return null;
  }
  if (isV2(bytes)) {
    const bar = bytes.indexOf('|', V2_MARK.length);
    const partnerId = bar === -1 ? null : ksNumber(bytes.toString('latin1', V2_MARK.length, bar));
    return partnerId === null ? null : { version: 2, partnerId, sealed: bytes.subarray(bar + 1) };
  }
  // A signature that is not text can contain a bar too.
  const start = /\|(-?\d{1,12});[^;]*;/.exec(bytes.toString('latin1'));
  if (start === null) return null;
  const signature = bytes.subarray(0, start.index);
  return { version: 1, partnerId: Number(start[1]), signature, info: bytes.subarray(start.index + 1) };
}

/** What stands between the signature and the fields of a decoded version 1 key. Code and tools that read keys print it. */
const BAR_V1 = /\|-?\d{1,12};[^"'`<>\r\n\t]*/g;
const SIGNATURE_BEFORE = /[0-9a-f]{32,128}$/i;
const LONGEST_SIGNATURE = 128;

/** A version 2 key of which only the encrypted part is in base64. */
const DECODED_V2 = /v2\|-?\d{1,12}\|([A-Za-z0-9+/_-]{40,}={0,2})/;

/** The bytes of a whole key in hex, of version 2 or 1. */
const IN_HEX =
  /(?<![0-9a-f])(?:76327c(?:3\d){1,12}7c(?:[0-9a-f]{2}){32,}|(?:3\d|6[1-6]){40}7c(?:3\d){1,12}3b(?:[0-9a-f]{2}){10,})(?![0-9a-f])/i;

/** Finds the text of a key that is not, or only partly, encoded in base64; null if there is none. */
export function findDecodedKey(text: string): { readonly text: string; readonly index: number } | null {
  for (const { index, 0: fields } of text.matchAll(BAR_V1)) {
    const before = text.slice(Math.max(0, index - LONGEST_SIGNATURE), index);
    const signature = SIGNATURE_BEFORE.exec(before)?.[0];
    if (signature === undefined) continue;
    return { text: `${signature}${fields}`.trimEnd(), index: index - signature.length };
  }
  const match = DECODED_V2.exec(text) ?? IN_HEX.exec(text);
  return match === null ? null : { text: match[0], index: match.index };
}

/** Whether a text is the bytes of a whole key in hex. */
export const isKeyInHex = (text: string): boolean => IN_HEX.exec(text)?.[0] === text;

/** Encodes the text of a decoded key; null for any other text. */
export function encodedAgain(text: string): string | null {
  if (isKeyInHex(text)) return Buffer.from(text, 'hex').toString('base64');
  const found = findDecodedKey(text);
  if (found === null || found.index !== 0 || found.text !== text) return null;
  const sealed = DECODED_V2.exec(text)?.[1];
  if (sealed === undefined) return Buffer.from(text, 'utf8').toString('base64');
  const prefix = Buffer.from(text.slice(0, -sealed.length), 'latin1');
  const bytes = Buffer.from(sealed, /^(?:[0-9a-f]{32})+$/i.test(sealed) ? 'hex' : 'base64');
  return Buffer.concat([prefix, bytes]).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
