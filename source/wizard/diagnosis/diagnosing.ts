import type { RegionAnswer } from '../../kaltura/accounts/find-region.js';
import { readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { regionLabel } from '../../kaltura/accounts/regions.js';
import type { MakingContext } from '../../kaltura/diagnosis/diagnosis.js';
import { type Finding, isRegionConfirmed, type Probe, type ProbeKind } from '../../kaltura/diagnosis/probe.js';
import { probesFor } from '../../kaltura/diagnosis/probes.js';
import { findingOfEarlierAnswers } from '../../kaltura/diagnosis/region-probe.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { ScreenId } from '../engine/screen-id.js';
import type { State } from '../engine/state.js';
import type { FormState } from '../form/form.js';

/** An attempt to create a key that failed. */
export interface Failure {
  readonly cause: unknown;
  readonly request: KeyRequest;
}

/** Returns the context that a diagnosis of the failure needs. */
export const contextOf = ({ request }: Failure, { region }: FormState): MakingContext => ({
  request,
  regionLabel: regionLabel(region),
});

/** The search for an account's region. */
export interface RegionSearch {
  readonly partnerId: string;
  readonly answers: readonly RegionAnswer[] | null;
  /** The screen that started the search. */
  readonly by: 'region' | 'key-region' | 'explain-error';
}

export const NO_REGION_SEARCH: RegionSearch = { partnerId: '', answers: null, by: 'region' };

/** The chosen probe, and what the last one found. */
export interface Probing {
  readonly probe: Probe | null;
  readonly finding: Finding | null;
  /** The probes that are not offered again, because their result is known. */
  readonly asked: readonly ProbeKind[];
  /** Whether the server of the request is known to have the account. */
  readonly isRegionConfirmed: boolean;
}

export const NO_PROBING: Probing = { probe: null, finding: null, asked: [], isRegionConfirmed: false };

/** Returns the state of the diagnosis at its start, with the result of an earlier region search. */
export function startProbing({ form, regionSearch }: State, failure: Failure): Probing {
  const { answers, partnerId } = regionSearch;
  if (answers === null || readPartnerId(partnerId).text !== String(failure.request.signIn.partnerId)) return NO_PROBING;
  const context = contextOf(failure, form);
  const probe = probesFor(failure.cause, context).find(({ kind }) => kind === 'region');
  const finding = probe === undefined ? null : findingOfEarlierAnswers(probe, answers, context);
  if (finding === null) return NO_PROBING;
  // Show the server's error unless the finding explains it.
  return {
    ...NO_PROBING,
    asked: ['region'],
    finding: finding.settles ? finding : null,
    isRegionConfirmed: isRegionConfirmed(finding),
  };
}

/** A text that was pasted to explain the errors in it. */
export interface ErrorPaste {
  readonly text: Secret;
  /** The index of the error that is shown. */
  readonly shown: number;
  /** The screen to go back to. */
  readonly returnTo: ScreenId;
}

export const NO_ERROR_PASTE: ErrorPaste = { text: new Secret(''), shown: 0, returnTo: 'region' };
