import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';

/** The search for the region that knows an account. */
export interface RegionSearch {
  readonly partnerId: string;
  readonly answers: readonly RegionAnswer[] | null;
  /** The screen that wants to know. */
  readonly by: 'region' | 'key-region';
}

export const NO_REGION_SEARCH: RegionSearch = { partnerId: '', answers: null, by: 'region' };
