import type { Secret } from '../secret.js';
import { isV2, ksBytes } from './bytes.js';
import { KsError, type KsVersion } from './fields.js';

/**
 * Reads the version and the account of a KS, which needs no secret (docs/kaltura-facts.md 1.1).
 *
 * @throws {KsError}
 */
export function peekKs(ks: string): { readonly version: KsVersion; readonly partnerId: number } {
  const bytes = ksBytes(ks);
  const version = isV2(bytes) ? 2 : 1;
  const text = bytes.toString('latin1');
  const partnerId = version === 2 ? text.split('|')[1] : text.slice(text.indexOf('|') + 1).split(';')[0];
  if (!text.includes('|') || partnerId === undefined || !/^-?\d+$/.test(partnerId)) throw new KsError('not-a-ks');
  return { version, partnerId: Number(partnerId) };
}

/** Like `peekKs`, with null for everything if it is not a KS. */
export function tryPeekKs(ks: Secret): { readonly version: KsVersion | null; readonly partnerId: number | null } {
  try {
    return peekKs(ks.reveal());
  } catch {
    return { version: null, partnerId: null };
  }
}

/** Servers and proxies usually reject longer headers and URLs. No real key is near this length. */
const LONGEST_KS = 8192;

/**
 * Both base64 alphabets (docs/kaltura-facts.md 1.2). The server ignores spaces and line ends inside a key, but a key
 * that is printed has none.
 */
const KS_ALPHABETS = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Returns whether a text of unknown origin is safe to show and copy as a key: it contains only KS characters and an
 * account.
 */
export function isKsText(text: string): boolean {
  if (text.length > LONGEST_KS || !KS_ALPHABETS.test(text)) return false;
  try {
    return Number.isSafeInteger(peekKs(text).partnerId);
  } catch {
    return false;
  }
}

/**
 * Returns whether two texts are the same key. The server ignores padding, spaces and the alphabet
 * (docs/kaltura-facts.md 1.2).
 */
export function isSameKs(one: Secret, other: Secret): boolean {
  try {
    return ksBytes(one.reveal()).equals(ksBytes(other.reveal()));
  } catch {
    return one.reveal() === other.reveal();
  }
}
