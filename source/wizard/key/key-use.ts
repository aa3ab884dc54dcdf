import type { RegionId } from '../../kaltura/accounts/regions.js';
import type { KsReading } from '../../kaltura/ks/explain.js';
import { Secret } from '../../kaltura/secret.js';
import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId, LookUp } from '../../kaltura/sessions/content-lookup.js';
import type { Revealed } from '../../kaltura/sessions/hidden-content.js';
import type { KeyAnswer } from '../../kaltura/sessions/read-on-server.js';
import type { EnvFileState } from '../../profiles/env-file.js';
import type { ScreenId } from '../engine/screen-id.js';

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
  /** A typed Administrator Secret, or the passphrase of the profile's encrypted file. */
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

/** The results of checks with the key so far. */
export interface Checking {
  readonly report: CheckReport | null;
  /** The ID of an entry or category, as typed. */
  readonly typedId: string;
  readonly found: FoundContent | null;
}

/** The server's response for one ID. */
export interface FoundContent {
  readonly id: ContentId;
  readonly outcome: LookUp;
  /** The response to a key that entitlement doesn't limit; null until it was asked. */
  readonly revealed: Revealed | null;
  /** Whether the account enforces entitlement: undefined until it was asked, null if the key may not ask. */
  readonly isEnforced?: boolean | null;
}

export const NO_CHECKING: Checking = { report: null, typedId: '', found: null };

/** An .env file to write the key to. */
export interface EnvWriting {
  readonly path: string;
  /** The inspected state; null until the file was inspected. */
  readonly file: EnvFileState | null;
}

export const NO_ENV_WRITING: EnvWriting = { path: '.env', file: null };

/** The typed word, whether the code was printed, and the trail of screens. */
export interface KeyUse {
  /** The word typed to put an ADMIN key into a link or a page. */
  readonly stepWord: string;
  /** Whether code was printed since the key was created or opened. */
  readonly isCodePrinted: boolean;
  /** The screens before the current one, oldest first. Esc returns to the last. */
  readonly trail: readonly ScreenId[];
}

export const NO_KEY_USE: KeyUse = {
  stepWord: '',
  isCodePrinted: false,
  trail: [],
};
