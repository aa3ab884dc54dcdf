import {
  plannedRegionCalls,
  type RegionAnswer,
  regionVerdict,
  serviceUrlOfRegion,
} from '../kaltura/accounts/find-region.js';
import { HOSTED_REGIONS, type HostedRegionId } from '../kaltura/accounts/regions.js';
import { diagnoseUse } from '../kaltura/diagnosis/diagnose.js';
import { type Explanation, explain } from './diagnosis.js';
import type { Paragraph } from './paragraph.js';
import { lowerFirst } from './paragraph.js';

const labels = (regions: readonly HostedRegionId[]): string =>
  regions.map((region) => HOSTED_REGIONS[region].label).join(', ');

/** What is sent, and to whom; said before it is. */
export function findingPlanText(partnerId: number): string {
  const hosts = [...new Set(plannedRegionCalls(partnerId).map(({ host }) => host))];
  return `Asks ${hosts.join(', ')} for a public session of partner ${partnerId} (widgetId=_${partnerId}), and, where there is one, uses it once to see whether the account is blocked. Nothing else is sent: no secret, no key.`;
}

function explainAnswer({ region, failure }: RegionAnswer): Explanation {
  const { label } = HOSTED_REGIONS[region];
  const diagnosis = diagnoseUse(failure, {
    action: 'session.startWidgetSession',
    serviceUrl: serviceUrlOfRegion(region),
    regionLabel: label,
    secrets: [],
  });
  return explain(diagnosis);
}

/** What one region said, in a few words that follow its name. */
export function outcomeText(answer: RegionAnswer): string {
  const reason = outcomeReason(answer);
  return `${outcomeWords(answer)}${reason === '' ? '' : `: ${lowerFirst(reason)}`}`;
}

/** Why a region gave no answer; '' if it answered. */
export const outcomeReason = (answer: RegionAnswer): string =>
  answer.outcome === 'unreachable' || answer.outcome === 'unclear' ? explainAnswer(answer).headline : '';

/** What one region said, without the reason. */
export function outcomeWords(answer: RegionAnswer): string {
  switch (answer.outcome) {
    case 'known':
      return 'knows it';
    case 'exists':
      return 'knows it; could not check whether it is blocked';
    case 'blocked':
      return 'knows it, and has blocked it';
    case 'unknown':
      return 'does not know it';
    case 'unreachable':
      return 'not reached';
    case 'unclear':
      return 'said neither yes nor no';
  }
}

/** What the answers of all regions come to: what is known, and what to do. */
export function verdictParagraphs(answers: readonly RegionAnswer[], partnerId: number): Paragraph[] {
  const verdict = regionVerdict(answers);
  switch (verdict.kind) {
    case 'one': {
      const { label } = HOSTED_REGIONS[verdict.region];
      return [...oneRegion(label, verdict.isBlocked, partnerId), ...openText(verdict.unasked)];
    }
    case 'several':
      return [
        { tone: 'caution', text: `More than one region knows partner ${partnerId}: ${labels(verdict.regions)}.` },
        plain(
          'Each region gives its numbers by itself, so these are different accounts. Compare them with the address where you log in to KMC; a secret opens the account of its own region alone.',
        ),
        ...openText(verdict.unasked),
      ];
    case 'none':
      return [
        {
          tone: 'caution',
          text:
            verdict.unasked.length === 0
              ? `No region knows partner ${partnerId}, not even as a blocked account.`
              : `No region that answered knows partner ${partnerId}.`,
        },
        plain(
          'Compare the number with KMC → Settings → Integration settings → Account info: the partner ID, not the Sub Partner ID. An account of a self-hosted Kaltura is in none of these regions.',
        ),
        ...openText(verdict.unasked),
      ];
    case 'nobody':
      return noAnswerParagraphs(answers);
  }
}

/** @param isBlocked null if the region did not tell */
function oneRegion(label: string, isBlocked: boolean | null, partnerId: number): Paragraph[] {
  if (isBlocked === true) {
    return [
      { tone: 'caution', text: `Partner ${partnerId} is in ${label}, and is blocked or closed there.` },
      plain('Nobody gets a key for it now. Only Kaltura’s support can say why, and change it.'),
    ];
  }
  const found = `Partner ${partnerId} is in ${label}`;
  return [
    isBlocked === null
      ? { tone: 'caution', text: `${found}. It could not be checked whether the account is blocked there.` }
      : { tone: 'good', text: `${found}.` },
    plain(`If that is not where you log in, the number may be mistyped: ${label} has an account of this number.`),
  ];
}

const plain = (text: string): Paragraph => ({ tone: 'plain', text });

const openText = (unasked: readonly HostedRegionId[]): Paragraph[] =>
  unasked.length === 0
    ? []
    : [{ tone: 'caution', text: `${labels(unasked)} could not be asked, and may know it too: ask again later.` }];

/** If no region answered, usually this computer's network is at fault. The same fault everywhere tells which part. */
function noAnswerParagraphs(answers: readonly RegionAnswer[]): Paragraph[] {
  const [first] = answers;
  if (first === undefined) return [];
  const { explanation, causes } = explainAnswer(first);
  return [
    { tone: 'caution', text: 'No region could be asked, so nothing is known of the account.' },
    plain(`It is hardly all of them: look at the network of this computer first. ${explanation}`),
    ...causes.map((cause) => plain(`· ${cause}`)),
  ];
}
