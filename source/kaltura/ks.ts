import { isV2, ksBytes } from './ks-bytes.js';
import { KsError, type KsVersion, type ParsedKs } from './ks-fields.js';
import { openKsV1 } from './ks-v1.js';
import { openKsV2 } from './ks-v2.js';
import type { Secret } from './secret.js';

/**
 * What anyone can read of a KS without a secret: its version and its account (facts 1.1).
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
 * (facts 1.3, 1.4, 1.6). Whether its life has ended is not looked at.
 *
 * @throws {KsError}
 */
export function openKs(ks: string, adminSecrets: readonly Secret[]): ParsedKs {
  return isV2(ksBytes(ks)) ? openKsV2(ks, adminSecrets) : openKsV1(ks, adminSecrets);
}
