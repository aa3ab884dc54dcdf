import { readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { regionLabel } from '../../kaltura/accounts/regions.js';
import { isPlaceProven } from '../../kaltura/diagnosis/probe.js';
import { probesFor } from '../../kaltura/diagnosis/probes.js';
import { findingOfEarlierAnswers } from '../../kaltura/diagnosis/region-probe.js';
import type { State } from '../engine/state.js';
import { type Diagnosing, NO_PROBING } from './diagnosing.js';

/** Begins to look for the cause of a failure, with what the regions have already answered about the account. */
export function startProbing(
  { form, diagnosis: { regionSearch } }: State,
  { cause, request }: NonNullable<Diagnosing['failure']>,
): Diagnosing['probing'] {
  const { answers, partnerId } = regionSearch;
  if (answers === null || readPartnerId(partnerId).text !== String(request.signIn.partnerId)) return NO_PROBING;
  const context = { request, regionLabel: regionLabel(form.region) };
  const probe = probesFor(cause, context).find(({ kind }) => kind === 'region');
  const finding = probe === undefined ? null : findingOfEarlierAnswers(probe, answers, context);
  if (finding === null) return NO_PROBING;
  // One that doesn't settle it would hide the server's error.
  return {
    ...NO_PROBING,
    asked: ['region'],
    finding: finding.settles ? finding : null,
    isPlaceProven: isPlaceProven(finding),
  };
}
