import type { CheckReport } from '../../kaltura/sessions/check.js';
import type { ContentId, LookUp } from '../../kaltura/sessions/content-lookup.js';
import type { Revealed } from '../../kaltura/sessions/entitlement.js';

/** What was found out with the key so far. */
export interface Checking {
  readonly report: CheckReport | null;
  /** The ID of an entry or a category, as typed. */
  readonly typedId: string;
  readonly found: FoundContent | null;
}

/** What the server said of one ID. */
export interface FoundContent {
  readonly id: ContentId;
  readonly outcome: LookUp;
  /** What a key that entitlement does not bind was told of it; null until it was asked. */
  readonly behind: Revealed | null;
  /** Whether the account enforces entitlement: undefined until it was asked, null where the key may not ask. */
  readonly isEnforced?: boolean | null;
}

export const NO_CHECKING: Checking = { report: null, typedId: '', found: null };
