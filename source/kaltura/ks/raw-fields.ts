import { joinPairs, type PrivilegePair, splitPair } from '../privileges/item.js';
import { ksMoment, ksNumber } from './bytes.js';
import type { KsVersion, ParsedKs } from './fields.js';
import { decodeForm } from './form-encoding.js';

/** The fields of a KS as text, also where they are not what they should be. null for a missing field. */
export interface RawFields {
  readonly version: KsVersion;
  readonly partnerId: number;
  readonly expiry: string | null;
  readonly type: string | null;
  readonly userId: string | null;
  readonly privileges: readonly PrivilegePair[];
  readonly masterPartnerId: string | null;
  readonly additionalData: string | null;
  /** Version 1: all fields, in order. Version 2: none. */
  readonly list: readonly string[];
}

/** Splits the privileges of a version 1 KS. The server keeps each one as typed, so a space changes its name (docs/kaltura-facts.md 1.3). */
export const privilegePairsV1 = (privileges: string): PrivilegePair[] =>
  privileges
    .split(',')
    .filter((part) => part !== '')
    .map(splitPair);

/** Splits the fields of a version 1 KS (docs/kaltura-facts.md 1.3). */
export function rawFieldsV1(partnerId: number, info: string): RawFields {
  const list = info.split(';');
  const field = (index: number): string | null => list[index] ?? null;
  return {
    version: 1,
    partnerId,
    expiry: field(2),
    type: field(3),
    userId: field(5),
    privileges: privilegePairsV1(field(6) ?? ''),
    masterPartnerId: field(7),
    additionalData: field(8),
    list,
  };
}

const OWN_FIELDS = ['_e', '_t', '_u', '_m', '_d'];

/**
 * Reads the form-encoded fields of a version 2 KS (docs/kaltura-facts.md 1.4).
 *
 * @throws {SyntaxError} if a name contains `[`
 */
export function rawFieldsV2(partnerId: number, fieldsText: string): RawFields {
  const fields = decodeForm(fieldsText);
  const field = (name: string): string | null => fields.get(name) ?? null;
  return {
    version: 2,
    partnerId,
    expiry: field('_e'),
    type: field('_t'),
    userId: field('_u'),
    privileges: [...fields].filter(([name]) => !OWN_FIELDS.includes(name)),
    masterPartnerId: field('_m'),
    additionalData: field('_d'),
    list: [],
  };
}

/** Reads the fields as the server does. An invalid number becomes NaN. Leaves out the hash, and the random bytes of version 2. */
export function parseRawFields(raw: RawFields): ParsedKs {
  const privileges = joinPairs(raw.privileges);
  return {
    version: raw.version,
    partnerId: raw.partnerId,
    expiresAt: ksMoment(raw.expiry ?? '') ?? Number.NaN,
    type: ksNumber(raw.type ?? '') ?? Number.NaN,
    random: raw.list[4] ?? '',
    userId: raw.userId,
    privileges: raw.version === 2 && privileges === 'all:*' ? '*' : privileges,
    masterPartnerId: raw.masterPartnerId,
    additionalData: raw.additionalData,
    hash: '',
  };
}
