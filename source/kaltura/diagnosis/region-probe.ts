import {
  askOneServer,
  findRegions,
  planOfAsking,
  planOfFinding,
  serviceUrlOfRegion,
  verdictOf,
} from '../accounts/find-region.js';
import { regionLabel } from '../accounts/regions.js';
import type { AdviceContext } from './diagnose.js';
import { askedHost, type Finding, inconclusive, type Probe, type ProbeDeps } from './probe.js';
import { blockedThere, elsewhere, hereAndElsewhere, onceKnown, unknownThere } from './region-findings.js';

const NOTHING_SECRET = 'No secret is sent. The public session is thrown away.';

export const regionProbe = (partnerId: number, code: string): Probe => ({
  kind: 'region',
  question: `Which region knows partner ${partnerId}?`,
  sends: planOfFinding(partnerId),
  sideEffect: NOTHING_SECRET,
  code,
});

export const serverProbe = (serviceUrl: string, partnerId: number, code: string): Probe => ({
  kind: 'server',
  question: `Does ${new URL(serviceUrl).host} know partner ${partnerId}?`,
  sends: planOfAsking(serviceUrl, partnerId),
  sideEffect: NOTHING_SECRET,
  code,
});

/** @throws {ConnectionError} where the person gave it up */
export async function probeServer(
  { code }: Probe,
  partnerId: number,
  context: AdviceContext,
  deps: ProbeDeps,
): Promise<Finding> {
  const { outcome, failure } = await askOneServer(context.request.serviceUrl, partnerId, deps);
  const host = askedHost(context);
  switch (outcome) {
    case 'known':
      return onceKnown(code, host, context);
    case 'blocked':
      return blockedThere(host, [], context);
    case 'unknown':
      return unknownThere(host, context);
    default:
      return inconclusive(failure, context);
  }
}

/** @throws {ConnectionError} where the person gave it up */
export async function probeRegions(
  { code }: Probe,
  partnerId: number,
  context: AdviceContext,
  deps: ProbeDeps,
): Promise<Finding> {
  const answers = await findRegions(partnerId, deps);
  const verdict = verdictOf(answers);
  const asked = answers.find(({ region }) => serviceUrlOfRegion(region) === context.request.serviceUrl);
  if (verdict.kind === 'nobody') return inconclusive((asked ?? answers[0])?.failure, context);
  const others = answers.filter(
    ({ region, outcome }) => region !== asked?.region && (outcome === 'known' || outcome === 'blocked'),
  );
  if (asked?.outcome === 'blocked') return blockedThere(regionLabel(asked.region), others, context);
  if (asked?.outcome !== 'known') return elsewhere(asked, others, verdict.unasked, context);
  return others.length === 0
    ? onceKnown(code, regionLabel(asked.region), context)
    : hereAndElsewhere(asked.region, others, context);
}
