import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';
import type { Finding, Probe, ProbeKind } from '../../kaltura/diagnosis/probe.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { ScreenId } from '../engine/state.js';

/** The search for an account's region. */
export interface RegionSearch {
  readonly partnerId: string;
  readonly answers: readonly RegionAnswer[] | null;
  /** The screen that started the search. */
  readonly by: 'region' | 'key-region' | 'explain-error';
}

const NO_REGION_SEARCH: RegionSearch = { partnerId: '', answers: null, by: 'region' };

/** The chosen probe, and what the last one found. */
interface Probing {
  readonly probe: Probe | null;
  readonly finding: Finding | null;
  /** The probes that are not offered again, because their result is known. */
  readonly asked: readonly ProbeKind[];
  /** Whether the server of the request is known to have the account. */
  readonly isRegionConfirmed: boolean;
}

export const NO_PROBING: Probing = { probe: null, finding: null, asked: [], isRegionConfirmed: false };

/** A text that was pasted to explain the errors in it. */
interface ErrorPaste {
  readonly text: Secret;
  /** The index of the error that is shown. */
  readonly shown: number;
  /** The screen to go back to. */
  readonly returnTo: ScreenId;
}

export const NO_ERROR_PASTE: ErrorPaste = { text: new Secret(''), shown: 0, returnTo: 'region' };

/** Why no key was created, and what was done to find out. */
export interface Diagnosing {
  readonly failure: { readonly cause: unknown; readonly request: KeyRequest } | null;
  readonly regionSearch: RegionSearch;
  readonly probing: Probing;
  readonly errorPaste: ErrorPaste;
}

export const NO_DIAGNOSIS: Diagnosing = {
  failure: null,
  regionSearch: NO_REGION_SEARCH,
  probing: NO_PROBING,
  errorPaste: NO_ERROR_PASTE,
};
