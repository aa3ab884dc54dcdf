import {
  findAccountOnServer,
  findRegions,
  plannedRegionCalls,
  plannedServerCalls,
  regionVerdict,
  serviceUrlOfRegion,
} from '../accounts/find-region.js';
import { regionLabel } from '../accounts/regions.js';
import type { AdviceContext } from './diagnose.js';
import { type Finding, inconclusive, type Probe, type ProbeDeps, requestHost } from './probe.js';
import {
  accountBlocked,
  accountExists,
  accountInOtherRegions,
  accountInSeveralRegions,
  accountUnknown,
} from './region-findings.js';

const NOTHING_SECRET = 'No secret is sent. The public session is thrown away.';

export const regionProbe = (partnerId: number, code: string): Probe => ({
  kind: 'region',
  question: `Which region knows partner ${partnerId}?`,
  sends: plannedRegionCalls(partnerId),
  sideEffect: NOTHING_SECRET,
  code,
});

export const serverProbe = (serviceUrl: string, partnerId: number, code: string): Probe => ({
  kind: 'server',
  question: `Does ${new URL(serviceUrl).host} know partner ${partnerId}?`,
  sends: plannedServerCalls(serviceUrl, partnerId),
  sideEffect: NOTHING_SECRET,
  code,
});

/** @throws {ConnectionError} if the user cancels */
export async function probeServer(
  { code }: Probe,
  partnerId: number,
  context: AdviceContext,
  deps: ProbeDeps,
): Promise<Finding> {
  const { outcome, failure } = await findAccountOnServer(context.request.serviceUrl, partnerId, deps);
  const host = requestHost(context);
  switch (outcome) {
    case 'known':
      return accountExists(code, host, context);
    case 'blocked':
      return accountBlocked(host, [], context);
    case 'unknown':
      return accountUnknown(host, context);
    default:
      return inconclusive(failure, context);
  }
}

/** @throws {ConnectionError} if the user cancels */
export async function probeRegions(
  { code }: Probe,
  partnerId: number,
  context: AdviceContext,
  deps: ProbeDeps,
): Promise<Finding> {
  const answers = await findRegions(partnerId, deps);
  const verdict = regionVerdict(answers);
  const asked = answers.find(({ region }) => serviceUrlOfRegion(region) === context.request.serviceUrl);
  if (verdict.kind === 'nobody') return inconclusive((asked ?? answers[0])?.failure, context);
  const others = answers.filter(
    ({ region, outcome }) => region !== asked?.region && (outcome === 'known' || outcome === 'blocked'),
  );
  if (asked?.outcome === 'blocked') return accountBlocked(regionLabel(asked.region), others, context);
  if (asked?.outcome !== 'known') return accountInOtherRegions(asked, others, verdict.unasked, context);
  return others.length === 0
    ? accountExists(code, regionLabel(asked.region), context)
    : accountInSeveralRegions(asked.region, others, context);
}
