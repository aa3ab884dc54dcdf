import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import { ksBytes, ksNumber, sha1, V2_MARK, withoutTrailingNuls } from './bytes.js';
import { KsError, type KsFields, type ParsedKs } from './fields.js';
import { encodeForm } from './form-encoding.js';
import { parseRawFields, type RawFields, rawFieldsV2 } from './raw-fields.js';

const keyOf = (adminSecret: Secret): Buffer => sha1(adminSecret.reveal()).subarray(0, 16);
const ZERO_IV = Buffer.alloc(16);
const RANDOM_LENGTH = 16;
const HASH_LENGTH = 20;

/**
 * Signs a version 2 KS (docs/kaltura-facts.md 1.4). It is encrypted, and only the Administrator Secret of the account opens it.
 *
 * @param adminSecret the account's *admin* secret (docs/kaltura-facts.md 0.1)
 * @param random 16 bytes from a cryptographic source
 * @throws {RangeError} if the random part is not 16 bytes long, or a privilege has the name of a reserved field
 *   (`_e`…)
 */
export function signKsV2(fields: KsFields, adminSecret: Secret, random: Uint8Array): string {
  if (random.length !== RANDOM_LENGTH) throw new RangeError('The random part of a KS is 16 bytes.');
  const pairs = new Map(privilegePairs(fields.privileges));
  for (const name of pairs.keys()) {
    if (name.startsWith('_')) throw new RangeError('A privilege name cannot begin with _.');
  }
  pairs.set('_e', String(fields.expiresAt)).set('_t', String(fields.type));
  if (fields.userId !== null) pairs.set('_u', fields.userId);
  if (fields.masterPartnerId != null) pairs.set('_m', fields.masterPartnerId);
  if (fields.additionalData != null) pairs.set('_d', fields.additionalData);

  const signed = Buffer.concat([random, Buffer.from(encodeForm(pairs), 'latin1')]);
  const plain = Buffer.concat([sha1(signed), signed]);
  const padded = Buffer.alloc(Math.ceil(plain.length / 16) * 16);
  plain.copy(padded);
  const cipher = createCipheriv('aes-128-cbc', keyOf(adminSecret), ZERO_IV).setAutoPadding(false);
  const sealed = Buffer.concat([
    Buffer.from(`${V2_MARK}${fields.partnerId}|`, 'latin1'),
    cipher.update(padded),
    cipher.final(),
  ]);
  return sealed.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function decryptV2(sealed: Buffer, adminSecret: Secret): Buffer | undefined {
  const decipher = createDecipheriv('aes-128-cbc', keyOf(adminSecret), ZERO_IV).setAutoPadding(false);
  const plain = withoutTrailingNuls(Buffer.concat([decipher.update(sealed), decipher.final()]));
  if (plain.length < HASH_LENGTH + RANDOM_LENGTH) return undefined;
  const hash = plain.subarray(0, HASH_LENGTH);
  return timingSafeEqual(hash, sha1(plain.subarray(HASH_LENGTH))) ? plain : undefined;
}

/**
 * Opens a version 2 KS and verifies its signature. An invalid number becomes NaN.
 *
 * @throws {KsError}
 */
export function openKsV2(ks: string, adminSecrets: readonly Secret[]): ParsedKs {
  const bytes = ksBytes(ks);
  const bar = bytes.indexOf('|', V2_MARK.length);
  const partnerId = ksNumber(bytes.toString('latin1', V2_MARK.length, bar));
  if (bar === -1 || partnerId === null) throw new KsError('not-a-ks');
  const sealed = bytes.subarray(bar + 1);
  if (sealed.length === 0 || sealed.length % 16 !== 0) throw new KsError('cut-off');
  for (const secret of adminSecrets) {
    const plain = decryptV2(sealed, secret);
    if (plain !== undefined) return v2Fields(partnerId, plain);
  }
  throw new KsError('wrong-secret');
}

function v2Fields(partnerId: number, plain: Buffer): ParsedKs {
  let raw: RawFields;
  try {
    raw = rawFieldsV2(partnerId, plain.toString('utf8', HASH_LENGTH + RANDOM_LENGTH));
  } catch {
    throw new KsError('bad-fields');
  }
  return {
    ...parseRawFields(raw),
    random: plain.toString('hex', HASH_LENGTH, HASH_LENGTH + RANDOM_LENGTH),
    hash: plain.toString('hex', 0, HASH_LENGTH),
  };
}
