import type { PlannedCall } from '../../kaltura/api/planned-calls.js';
import { isoMoment } from '../../kaltura/lifetime.js';
import type { CheckReport, Refusal } from '../../kaltura/sessions/check.js';
import type { CheckPlan } from '../../kaltura/sessions/check-plan.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { refusalParagraphs } from '../../messages/check.js';
import { jsonText } from '../shared/report.js';
import type { CheckedContent } from './content.js';

// Scripts depend on these names: never rename them.

/** Uses our own message: the server's can contain what was sent. */
export const refusalFacts = (refusal: Refusal | null, serviceUrl: string) =>
  refusal === null
    ? null
    : {
        code: refusal.error.code,
        reason: refusal.reason,
        action: refusal.error.action,
        message: refusalParagraphs(refusal, serviceUrl)[0]?.text.replace(/^✖ /, '') ?? '',
        isSignatureRight: refusal.isSignatureRight,
      };

const keyFacts = (facts: KeyFacts | null) =>
  facts === null
    ? null
    : {
        ...facts,
        expiresAtIso: isoMoment(facts.expiresAt),
      };

const isGood = (verdict: CheckReport['verdict']): boolean => verdict === 'works' || verdict === 'genuine';

/** Checks whether a lookup shows that the key works. For a key with limited calls, the lookup replaces the check. */
const isProvedBy = (content: CheckedContent | null): boolean => content !== null && content.outcome !== null;

/** Formats the result of a check as JSON. */
export const resultJson = (report: CheckReport, content: CheckedContent | null, profile: string | null): string =>
  jsonText({
    works: isGood(report.verdict) || isProvedBy(content),
    verdict: report.verdict,
    serviceUrl: report.serviceUrl,
    profile,
    key: keyFacts(report.serverFacts),
    differences: report.differences,
    forbidden: report.forbidden,
    refusal: refusalFacts(report.refusal, report.serviceUrl),
    entries: report.entries,
    clockDifference: report.clockDifference,
    content:
      content === null
        ? null
        : {
            ...content.id,
            found: content.outcome?.found ?? null,
            name: content.outcome?.found === true ? content.outcome.name : null,
            isHiddenByEntitlement: content.isHidden,
            refusal: refusalFacts(content.refusal, report.serviceUrl),
          },
  });

const callFacts = ({ url, action, purpose }: PlannedCall) => ({ url, action, purpose });

/** Formats what would be sent as JSON. */
export const planJson = (
  { calls, lookup, clock, obstacles, excluded, cost, noCheckReason }: CheckPlan,
  toMakeKey: readonly PlannedCall[],
  ifNotFound: readonly PlannedCall[],
  asksClock = true,
): string =>
  jsonText({
    toMakeKey: toMakeKey.map(callFacts),
    calls: [...calls, ...(lookup === null ? [] : [lookup])].map(callFacts),
    ifNotFound: ifNotFound.map(callFacts),
    withoutKey: asksClock ? [callFacts(clock)] : [],
    hindrances: obstacles,
    barred: excluded,
    cost,
    why: noCheckReason,
  });
