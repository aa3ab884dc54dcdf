import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';

/** The search for an account's region. */
export interface RegionSearch {
  readonly partnerId: string;
  readonly answers: readonly RegionAnswer[] | null;
  /** The screen that started the search. */
  readonly by: 'region' | 'key-region';
}

export const NO_REGION_SEARCH: RegionSearch = { partnerId: '', answers: null, by: 'region' };
