import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId, LookUp } from '../../kaltura/sessions/content-lookup.js';
import type { RevokeReport } from '../../kaltura/sessions/end.js';
import type { Revealed } from '../../kaltura/sessions/entitlement.js';
import type { EnvFileState } from '../../profiles/env-file.js';

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
interface EnvWriting {
  readonly path: string;
  /** The inspected state; null until the file was inspected. */
  readonly file: EnvFileState | null;
}

const NO_ENV_WRITING: EnvWriting = { path: '.env', file: null };

/** What was done with the key: checked, written to a file, ended. */
export interface KeyUse {
  readonly checking: Checking;
  readonly envWriting: EnvWriting;
  /** The result of ending the key. */
  readonly ending: RevokeReport | null;
}

export const NO_KEY_USE: KeyUse = { checking: NO_CHECKING, envWriting: NO_ENV_WRITING, ending: null };
