import type { RegionId } from '../../kaltura/accounts/regions.js';
import type { KsReading } from '../../kaltura/ks/explain.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';

/** Where the account of a key lives. */
export interface PlaceOfKey {
  readonly region: RegionId;
  /** Of an own server, as typed. */
  readonly address: string;
}

/** A key that was pasted to be explained, and what came of it so far. */
export interface Inspection {
  readonly paste: Secret;
  readonly ks: Secret | null;
  /** What there is to say of where it was found. */
  readonly foundTexts: readonly string[];
  readonly reading: KsReading | null;
  readonly place: PlaceOfKey | null;
  /** The same, as it is being answered. */
  readonly placeDraft: PlaceOfKey | null;
  /** What opens it: a typed admin secret, or the passphrase of the profile's encrypted file. */
  readonly opener: Secret;
  readonly openingProfile: string | null;
  readonly serverSays: KeyAnswer | null;
  /** What is to be done with the key once it is known where its account lives. */
  readonly purpose: 'ask' | 'check' | 'use' | 'end';
}

const NOTHING = new Secret('');

export const NO_INSPECTION: Inspection = {
  paste: NOTHING,
  ks: null,
  foundTexts: [],
  reading: null,
  place: null,
  placeDraft: null,
  opener: NOTHING,
  openingProfile: null,
  serverSays: null,
  purpose: 'ask',
};

/** The account that a pasted key names, as text; '' where it names none. */
export function peekedPartner({ reading }: Inspection): string {
  const partnerId = reading?.readable === true ? reading.explanation.partnerId : reading?.partnerId;
  return partnerId == null ? '' : String(partnerId);
}
