import type { PrivilegePair } from '../privileges/item.js';
import { splitPair } from '../privileges/item.js';
import { ksMoment, ksNumber } from './bytes.js';
import type { KsVersion, ParsedKs } from './fields.js';
import { decodeForm } from './v2.js';

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
    privileges: (field(6) ?? '')
      .split(',')
      .filter((part) => part !== '')
      .map(splitPair),
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

/** Reads the fields as the server does. An invalid number becomes NaN. */
export function parseRawFields(raw: RawFields): ParsedKs {
  const privileges = raw.privileges.map(([name, value]) => (value === '' ? name : `${name}:${value}`)).join(',');
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
