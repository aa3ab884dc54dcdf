import type { Secret } from '../secret.js';
import { isV2, ksBytes } from './bytes.js';
import { KsError, type KsVersion, type ParsedKs } from './fields.js';
import { openKsV1 } from './v1.js';
import { openKsV2 } from './v2.js';

/**
 * What anyone can read of a KS without a secret: its version and its account (docs/kaltura-facts.md 1.1).
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

/**
 * Opens a KS and checks its signature, as the server does: against each admin secret of the account, the first that fits wins
 * (docs/kaltura-facts.md 1.3, 1.4, 1.6). Whether its life has ended is not looked at.
 *
 * @throws {KsError}
 */
export function openKs(ks: string, adminSecrets: readonly Secret[]): ParsedKs {
  return isV2(ksBytes(ks)) ? openKsV2(ks, adminSecrets) : openKsV1(ks, adminSecrets);
}

/** Servers and proxies commonly refuse header lines and addresses that are longer, and no key comes near it. */
const LONGEST_KS = 8192;

/** Both alphabets (docs/kaltura-facts.md 1.2). The server skips blanks and line ends inside a key; one that is handed on has none. */
const KS_ALPHABETS = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Whether a text of unknown origin may be shown, copied and handed on as a key: nothing in it but what a KS is made of, and it names its account. */
export function isKsText(text: string): boolean {
  if (text.length > LONGEST_KS || !KS_ALPHABETS.test(text)) return false;
  try {
    return Number.isSafeInteger(peekKs(text).partnerId);
  } catch {
    return false;
  }
}

/** Whether two texts are one key: padding, blanks and the alphabet do not count to the server (docs/kaltura-facts.md 1.2). */
export function isSameKey(one: Secret, other: Secret): boolean {
  try {
    return ksBytes(one.reveal()).equals(ksBytes(other.reveal()));
  } catch {
    return one.reveal() === other.reveal();
  }
}
