import type { Secret } from '../secret.js';
import { isV2, ksBytes, ksNumber, sha1 } from './bytes.js';
import { KsError, type KsFields, type ParsedKs } from './fields.js';
import { parseRawFields, rawFieldsV1 } from './raw-fields.js';

/**
 * Signs a version 1 KS (docs/kaltura-facts.md 1.3). Anyone can read its fields, and nothing is escaped.
 *
 * @param adminSecret the account's *admin* secret: the server verifies every KS with this secret only
 *   (docs/kaltura-facts.md 0.1)
 * @param random any text without `;`. The server writes the time there (`1700000000.1234`), and ignores the value when it reads a key
 * @throws {RangeError} if the user, the privileges or the random text contain a `;`, which would shift the later
 *   fields
 */
export function signKsV1(fields: KsFields, adminSecret: Secret, random: string): string {
  if (`${fields.userId ?? ''}${fields.privileges}${random}`.includes(';')) {
    throw new RangeError('A version 1 KS can’t contain a ;.');
  }
  const info = [
    fields.partnerId,
    fields.partnerId,
    fields.expiresAt,
    fields.type,
    random,
    fields.userId ?? '',
    fields.privileges,
    fields.masterPartnerId ?? '',
    fields.additionalData ?? '',
  ].join(';');
  const signature = sha1(adminSecret.reveal(), info).toString('hex');
  return Buffer.from(`${signature}|${info}`, 'utf8').toString('base64');
}

/**
 * Reads the fields of a version 1 KS, which needs no secret. Doesn't verify the signature: use `openKs` for that. An
 * invalid number becomes NaN.
 */
export function readKsV1(ks: string): ParsedKs {
  const bytes = ksBytes(ks);
  const bar = bytes.indexOf('|');
  if (isV2(bytes) || bar === -1) throw new KsError('not-a-ks');
  const info = bytes.toString('utf8', bar + 1);
  const [account = '', , ...others] = info.split(';');
  const partnerId = ksNumber(account);
  if (others.length === 0 || partnerId === null) throw new KsError('not-a-ks');
  const raw = rawFieldsV1(partnerId, info);
  return { ...parseRawFields(raw), privileges: raw.list[6] ?? '', hash: bytes.toString('utf8', 0, bar) };
}

/**
 * Reads a version 1 KS, and verifies it with any of the secrets.
 *
 * @throws {KsError}
 */
export function openKsV1(ks: string, adminSecrets: readonly Secret[]): ParsedKs {
  const parsed = readKsV1(ks);
  const bytes = ksBytes(ks);
  const info = bytes.subarray(bytes.indexOf('|') + 1);
  if (!adminSecrets.some((secret) => sha1(secret.reveal(), info).toString('hex') === parsed.hash)) {
    throw new KsError('wrong-secret');
  }
  return parsed;
}
