import type { RegionId } from '../../kaltura/accounts/regions.js';
import type { KsReading } from '../../kaltura/ks/explain.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';

/** The server of a key's account. */
export interface KeyServer {
  readonly region: RegionId;
  /** The URL of a self-hosted server, as typed. */
  readonly address: string;
}

/** A pasted key to explain, and the results so far. */
export interface Inspection {
  readonly paste: Secret;
  readonly ks: Secret | null;
  /** Sentences about where in the pasted text it was found. */
  readonly foundTexts: readonly string[];
  readonly reading: KsReading | null;
  readonly server: KeyServer | null;
  /** The same, while the user is answering. */
  readonly typedServer: KeyServer | null;
  /** A typed admin secret, or the passphrase of the profile's encrypted file. */
  readonly openingSecret: Secret;
  readonly openingProfile: string | null;
  readonly serverSays: KeyAnswer | null;
  /** The action that follows once the account's server is known. */
  readonly purpose: 'ask' | 'check' | 'use' | 'end';
}

const NOTHING = new Secret('');

export const NO_INSPECTION: Inspection = {
  paste: NOTHING,
  ks: null,
  foundTexts: [],
  reading: null,
  server: null,
  typedServer: null,
  openingSecret: NOTHING,
  openingProfile: null,
  serverSays: null,
  purpose: 'ask',
};

/** Returns the account that a pasted key names, as text; '' if it names none. */
export function peekedPartner({ reading }: Inspection): string {
  const partnerId = reading?.readable === true ? reading.explanation.partnerId : reading?.partnerId;
  return partnerId == null ? '' : String(partnerId);
}
