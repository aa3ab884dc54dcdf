import { credentials, otherPlace, partnerName, type Remedy, retry } from './advice/advice.js';
import { partnerIdCause } from './advice/evidence.js';
import type { AdviceContext } from './error-advice.js';
import {
  askOneServer,
  findRegions,
  planOfAsking,
  planOfFinding,
  type RegionAnswer,
  serviceUrlOfRegion,
} from './find-region.js';
import { askedHost, type Finding, notFoundOut, type Probe, type ProbeDeps } from './probe.js';
import { onceKnown } from './probe-known-account.js';
import { verdictOf } from './region-verdict.js';
import { HOSTED_REGIONS, type HostedRegionId } from './regions.js';

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
      return {
        headline: `${host} does not know ${partnerName(context.request)}`,
        explanation: 'It would know it even if it were blocked. So',
        causes: [partnerIdCause(context.request), 'the account lives on another server'],
        remedies: [credentials('Check the partner ID'), otherPlace(context)],
        isSure: true,
        settles: true,
      };
    default:
      return notFoundOut(failure, context);
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
  if (verdict.kind === 'nobody') return notFoundOut(answers[0]?.failure, context);
  const asked = answers.find(({ region }) => serviceUrlOfRegion(region) === context.request.serviceUrl);
  const others = answers.filter(
    ({ region, outcome }) => region !== asked?.region && (outcome === 'known' || outcome === 'blocked'),
  );
  if (asked?.outcome === 'blocked') return blockedThere(labelOf(asked.region), others, context);
  if (asked?.outcome !== 'known') return elsewhere(asked, others, verdict.unasked, context);
  return others.length === 0
    ? onceKnown(code, labelOf(asked.region), context)
    : hereAndElsewhere(asked.region, others, context);
}

const labelOf = (region: HostedRegionId): string => HOSTED_REGIONS[region].label;

const labels = (regions: readonly HostedRegionId[]): string => regions.map(labelOf).join(', ');

const take = ({ region }: RegionAnswer): Remedy => ({
  label: `Take the region ${labelOf(region)}`,
  goTo: 'review',
  change: { region },
});

const checkNumber = credentials('Check the partner ID');

const SAME_NUMBER = 'each region gives its numbers by itself, so the same number elsewhere is another account';

function blockedThere(place: string, others: readonly RegionAnswer[], { request }: AdviceContext): Finding {
  const elsewhereToo = others.map(({ region }) => `yours is the account of this number in ${labelOf(region)}`);
  return {
    headline: `${place} knows ${partnerName(request)}, and has blocked it`,
    explanation: 'It opens a public session for it, and refuses to let it be used. So it is not the secret:',
    causes: ['the account is blocked or closed: only Kaltura’s support can say why, and change it', ...elsewhereToo],
    remedies: [...others.map(take), checkNumber],
    isSure: true,
    settles: true,
  };
}

function hereAndElsewhere(asked: HostedRegionId, others: readonly RegionAnswer[], { request }: AdviceContext): Finding {
  const regions = labels([asked, ...others.map(({ region }) => region)]);
  return {
    headline: `More than one region knows ${partnerName(request)}: ${regions}`,
    explanation: 'They are different accounts. Compare with the address where you log in to KMC. So either',
    causes: [
      `yours is in ${labels(others.map(({ region }) => region))}: ${SAME_NUMBER}`,
      `yours is in ${labelOf(asked)}, and what was sent with the number is wrong`,
    ],
    remedies: [...others.map(take), credentials('Enter the credentials again')],
    isSure: false,
    settles: false,
  };
}

/** The region that was asked does not know it, or could not be asked now. */
function elsewhere(
  asked: RegionAnswer | undefined,
  others: readonly RegionAnswer[],
  unasked: readonly HostedRegionId[],
  context: AdviceContext,
): Finding {
  const { request, regionLabel } = context;
  const name = partnerName(request);
  const open = unasked.length === 0 ? '' : ` ${labels(unasked)} could not be asked.`;
  const isSure = unasked.length === 0 && others.length < 2;
  if (others.length === 0) {
    return {
      headline: unasked.length === 0 ? `No region knows ${name}` : `No region that answered knows ${name}`,
      explanation: `Each would know it even if it were blocked.${open} So`,
      causes: [partnerIdCause(request), 'the account lives on a server of your own, not in one of Kaltura’s regions'],
      remedies: [checkNumber, ...(unasked.length === 0 ? [] : [retry]), otherPlace(context)],
      isSure,
      settles: true,
    };
  }
  const found = labels(others.map(({ region }) => region));
  const blocked = others.filter(({ outcome }) => outcome === 'blocked').map(({ region }) => region);
  return {
    headline:
      `${name} is known in ${found}${asked?.outcome === 'unknown' ? `, and not in ${regionLabel}` : ''}`.replace(
        /^p/,
        'P',
      ),
    explanation: `It was looked for in all regions.${open} So`,
    causes: [
      others.length === 1
        ? `the account lives in ${found}`
        : `the account lives in one of them: compare with the address where you log in to KMC, for ${SAME_NUMBER}`,
      ...(blocked.length === 0 ? [] : [`in ${labels(blocked)} it is blocked or closed: Kaltura’s support can tell`]),
      'or the number is mistyped, and happens to be another account’s',
    ],
    remedies: [...others.map(take), checkNumber],
    isSure,
    settles: true,
  };
}
