import { isV2, ksBytes, ksNumber, V2_MARK } from './bytes.js';
import type { KsFault, KsVersion } from './fields.js';
import { type WrongLayout, wrongLayoutOf } from './wrong-layout.js';

/** The properties of a KS that are visible without a secret. */
export interface KsShape {
  /** null if the version cannot be read. */
  readonly version: KsVersion | null;
  readonly partnerId: number | null;
  /** Why no server can read it with any secret; null if no fault is visible. */
  readonly fault: Extract<KsFault, 'not-base64' | 'not-a-ks' | 'cut-off'> | null;
}

const UNKNOWN_SHAPE: KsShape = { version: null, partnerId: null, fault: 'not-a-ks' };

/** Hash, random bytes and the two required fields fill at least three cipher blocks (docs/kaltura-facts.md 1.4). */
const SHORTEST_SEALED = 48;

/** Client libraries write seven fields, the server nine (docs/kaltura-facts.md 1.3). The server reads three, if they are signed. */
const FEWEST_FIELDS = 7;

const SIGNATURE = /^[0-9a-f]{40}$/;
const HALF_SIGNATURE = /^[0-9a-f]{8,40}$/;

function shapeOfV2(bytes: Buffer): KsShape {
  const bar = bytes.indexOf('|', V2_MARK.length);
  const text = bytes.toString('latin1', V2_MARK.length, bar === -1 ? bytes.length : bar);
  const isCut = bar === -1 && /^\d{0,12}$/.test(text);
  const partnerId = bar === -1 ? null : ksNumber(text);
  if (partnerId === null) return { version: 2, partnerId: null, fault: isCut ? 'cut-off' : 'not-a-ks' };
  const length = bytes.length - bar - 1;
  const isWhole = length >= SHORTEST_SEALED && length % 16 === 0;
  return { version: 2, partnerId, fault: isWhole ? null : 'cut-off' };
}

function shapeOfV1(bytes: Buffer): KsShape {
  const bar = bytes.indexOf('|');
  if (bar === -1) {
    return HALF_SIGNATURE.test(bytes.toString('latin1'))
      ? { version: 1, partnerId: null, fault: 'cut-off' }
      : UNKNOWN_SHAPE;
  }
  if (!SIGNATURE.test(bytes.toString('latin1', 0, bar))) return UNKNOWN_SHAPE;
  const fields = bytes.toString('utf8', bar + 1).split(';');
  const partnerId = ksNumber(fields[0] ?? '');
  if (fields.length === 1) return { version: 1, partnerId: null, fault: 'cut-off' };
  if (partnerId === null) return UNKNOWN_SHAPE;
  return { version: 1, partnerId, fault: fields.length < FEWEST_FIELDS ? 'cut-off' : null };
}

const shapeOfBytes = (bytes: Buffer): KsShape => (isV2(bytes) ? shapeOfV2(bytes) : shapeOfV1(bytes));

/** Number of characters that hold the signature and the account of a version 1 key. */
const BEGINNING = 96;

/** Reads the start of a text whose rest is not base64. */
function shapeOfBeginning(text: string, fault: 'not-base64' | 'cut-off'): KsShape {
  const letters = /^[A-Za-z0-9+/_-]*/.exec(text.slice(0, BEGINNING))?.[0] ?? '';
  const whole = letters.slice(0, letters.length - (letters.length % 4));
  if (whole === '') return { ...UNKNOWN_SHAPE, fault: 'not-base64' };
  const { version, partnerId } = shapeOfBytes(ksBytes(whole));
  return { version, partnerId, fault };
}

/** Base64 in either alphabet, with padding only at the end, so that `ksBytes` reads the text only once. */
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** Checks the form of a text that may be a KS. Uses no secret and opens nothing. */
export function shapeOf(ks: string): KsShape {
  const text = ks.replaceAll(/[ \t\r\n]/g, '');
  if (!BASE64.test(text)) return shapeOfBeginning(text, 'not-base64');
  // No base64 text has this length: a character is missing or extra.
  if (!text.endsWith('=') && text.length % 4 === 1) return shapeOfBeginning(text, 'cut-off');
  try {
    return shapeOfBytes(ksBytes(text));
  } catch {
    return shapeOfBeginning(text, 'not-base64');
  }
}

/**
 * Characters that real keys almost never contain. A version 1 key that is cut in the wrong place almost always does.
 */
const UNLIKELY = /[\0-\x1F\x7F-\x9F\uFFFD]/;

/**
 * Returns whether a text has the form of a KS. A version 2 key with a wrong length passes about once in twenty cases.
 */
export function isWellFormedKs(text: string): boolean {
  const { version, fault } = shapeOf(text);
  return fault === null && (version === 2 || !UNLIKELY.test(ksBytes(text).toString('utf8')));
}

/** What is visibly wrong with a text that is not a KS. */
export type KsOddity =
  /** `at` is the number of characters before it. */
  | { readonly kind: 'foreign-character'; readonly character: string; readonly at: number }
  /** The middle is left out, as in a log. */
  | { readonly kind: 'shortened' }
  /** More `=` than any key has, or characters after them. */
  | { readonly kind: 'padding'; readonly isInside: boolean }
  /** 32 hex digits: an account secret or an app token. */
  | { readonly kind: 'permanent-secret' }
  /** A token of another kind (JWT). */
  | { readonly kind: 'web-token' }
  | { readonly kind: 'too-short' }
  /** All letters have the same case, which base64 of this length does not have by chance; or upper and lower case are swapped. */
  | { readonly kind: 'changed-case'; readonly isSwapped: boolean }
  /** Code put its parts together in a wrong way. */
  | ({ readonly kind: 'wrong-layout' } & WrongLayout);

/** Marks of a text that a program shortened or masked. No key has one character 20 times in a row. */
const SHORTENED =
  /…|\.\.\.|\*\*\*|••|[[<(](?:truncated|redacted|filtered|masked|hidden|snip|removed)\b|([A-Za-z])\1{19}/i;
const WEB_TOKEN = /^eyJ[\w-]*\.[\w-]*\.?/;
const FOREIGN = /[^A-Za-z0-9+/_=\s-]/u;

/** Account and version alone take this many characters. */
const MIN_KS_LENGTH = 40;

/** Whether a base64 word lost its capital or its small letters. Hex has one case anyway. */
const hasOneCase = (text: string): boolean =>
  /^[A-Za-z0-9+/_=-]{60,}$/.test(text) && /[g-z]/i.test(text) && !(/[a-z]/.test(text) && /[A-Z]/.test(text));

/** Checks whether a text has the form of an account secret or the value of an app token. */
export const isPermanentSecret = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text);

/** Finds what is visibly wrong with a text that is not a KS; null if it contains only KS characters in a possible order. */
export function oddityOf(text: string, fault: KsFault): KsOddity | null {
  if (isPermanentSecret(text)) return { kind: 'permanent-secret' };
  if (WEB_TOKEN.test(text)) return { kind: 'web-token' };
  if (SHORTENED.test(text)) return { kind: 'shortened' };
  if (hasOneCase(text)) return { kind: 'changed-case', isSwapped: false };
  if (text.startsWith('DJj8')) return { kind: 'changed-case', isSwapped: true };
  const layout = text.length < MIN_KS_LENGTH ? null : wrongLayoutOf(text);
  if (layout !== null) return { kind: 'wrong-layout', ...layout };
  const at = text.search(FOREIGN);
  if (at !== -1) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    return { kind: 'foreign-character', character, at: [...text.slice(0, at)].length };
  }
  const word = text.replaceAll(/\s/g, '');
  const letters = word.replaceAll('=', '').length;
  if (letters < MIN_KS_LENGTH) return { kind: 'too-short' };
  const isInside = /=[^=]/.test(word);
  if (isInside) return { kind: 'padding', isInside };
  const padding = word.length - letters;
  // The right number of = for this many characters; with one character over, a character is missing.
  const isTooMany = fault === 'not-base64' && letters % 4 !== 1 && padding > (4 - (letters % 4)) % 4;
  return isTooMany ? { kind: 'padding', isInside } : null;
}
