import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import { ksBytes, ksMoment, ksNumber, sha1, V2_MARK } from './bytes.js';
import { KsError, type KsFields, type ParsedKs } from './fields.js';

/**
 * The form encoding of PHP (`urlencode`, `http_build_query`, `parse_str`), which the fields of a version 2 KS use.
 * It differs from `URLSearchParams` in what stays bare and in what names may hold. Source: docs/kaltura-facts.md 1.4.
 */

/**
 * Encodes a text like PHP's `urlencode`: keeps letters, digits, `-`, `_` and `.`, changes a space to `+`, and encodes
 * other UTF-8 bytes as `%XX`.
 */
export function encodeFormText(text: string): string {
  let encoded = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.]/.test(character)) encoded += character;
    else if (character === ' ') encoded += '+';
    else encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

export function encodeForm(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs].map(([name, value]) => `${encodeFormText(name)}=${encodeFormText(value)}`).join('&');
}

function decodeFormText(text: string): string {
  const bytes: number[] = [];
  const source = Buffer.from(text.replaceAll('+', ' '), 'utf8');
  for (let index = 0; index < source.length; index++) {
    const hex = source.toString('latin1', index + 1, index + 3);
    if (source[index] === 0x25 && /^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else {
      bytes.push(source[index] as number);
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/**
 * Parses a form like PHP's `parse_str`, for flat names. The last of several equal names wins and keeps the position of
 * the first. In names, spaces and dots become `_`. Names with brackets become arrays in PHP and crash the server, so
 * they are an error here.
 *
 * @throws {SyntaxError} if a name contains `[`
 */
export function decodeForm(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const rawName = decodeFormText(equals === -1 ? part : part.slice(0, equals));
    const name = rawName.replace(/^ +/, '').replaceAll(/[ .]/g, '_');
    if (name === '') continue;
    if (name.includes('[')) throw new SyntaxError(`a field name with a bracket: ${name}`);
    fields.set(name, equals === -1 ? '' : decodeFormText(part.slice(equals + 1)));
  }
  return fields;
}

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

function withoutTrailingNuls(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
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
  let fields: Map<string, string>;
  try {
    fields = decodeForm(plain.toString('utf8', HASH_LENGTH + RANDOM_LENGTH));
  } catch {
    throw new KsError('bad-fields');
  }
  const privileges = [...fields]
    .filter(([name]) => !['_e', '_t', '_u', '_m', '_d'].includes(name))
    .map(([name, value]) => (value === '' ? name : `${name}:${value}`))
    .join(',');
  return {
    version: 2,
    partnerId,
    expiresAt: ksMoment(fields.get('_e') ?? '') ?? Number.NaN,
    type: ksNumber(fields.get('_t') ?? '') ?? Number.NaN,
    random: plain.toString('hex', HASH_LENGTH, HASH_LENGTH + RANDOM_LENGTH),
    userId: fields.get('_u') ?? null,
    privileges: privileges === 'all:*' ? '*' : privileges,
    masterPartnerId: fields.get('_m') ?? null,
    additionalData: fields.get('_d') ?? null,
    hash: plain.toString('hex', 0, HASH_LENGTH),
  };
}
