import { readPartnerId } from '../../kaltura/accounts/partner-id.js';
import { regionLabel } from '../../kaltura/accounts/regions.js';
import { isRegionConfirmed } from '../../kaltura/diagnosis/probe.js';
import { probesFor } from '../../kaltura/diagnosis/probes.js';
import { findingOfEarlierAnswers } from '../../kaltura/diagnosis/region-probe.js';
import type { State } from '../engine/state.js';
import { type Diagnosing, NO_PROBING } from './diagnosing.js';

/** Returns the state of the diagnosis at its start, with the result of an earlier region search. */
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
  // Show the server's error unless the finding explains it.
  return {
    ...NO_PROBING,
    asked: ['region'],
    finding: finding.settles ? finding : null,
    isRegionConfirmed: isRegionConfirmed(finding),
  };
}
