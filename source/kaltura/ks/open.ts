import type { Secret } from '../secret.js';
import { isV2, ksBytes } from './bytes.js';
import type { ParsedKs } from './fields.js';
import { openKsV1 } from './v1.js';
import { openKsV2 } from './v2.js';

/**
 * Opens a KS and verifies its signature like the server: tries each Administrator Secret of the account, and the first match
 * wins (docs/kaltura-facts.md 1.3, 1.4, 1.6). Doesn't check the expiry.
 *
 * @throws {KsError}
 */
export function openKs(ks: string, adminSecrets: readonly Secret[]): ParsedKs {
  return isV2(ksBytes(ks)) ? openKsV2(ks, adminSecrets) : openKsV1(ks, adminSecrets);
}
