import { plannedRegionCalls, type RegionAnswer, regionVerdict } from '../kaltura/accounts/find-region.js';
import { isPracticeAccount } from '../kaltura/accounts/practice-account.js';
import { HOSTED_REGIONS, type HostedRegionId, serviceUrlOfRegion } from '../kaltura/accounts/regions.js';
import { diagnoseUse } from '../kaltura/diagnosis/diagnose.js';
import { type Explanation, explain } from './diagnosis/diagnosis.js';
import { causeParagraphs, caution, good, lowerFirst, type Paragraph, plain } from './paragraph.js';

const labels = (regions: readonly HostedRegionId[]): string =>
  regions.map((region) => HOSTED_REGIONS[region].label).join(', ');

/** Describes what the search sends, and to which hosts. */
export function findingPlanText(partnerId: number): string {
  const hosts = [...new Set(plannedRegionCalls(partnerId).map(({ host }) => host))];
  return `Asks ${hosts.join(', ')} for a public session of partner ${partnerId} (widgetId=_${partnerId}), and uses that session once to check whether the account is blocked. Your secret and your keys are not sent.`;
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

/** Describes the answer of one region in a few words that follow its name. */
export function outcomeText(answer: RegionAnswer): string {
  const reason = outcomeReason(answer);
  return `${outcomeWords(answer)}${reason === '' ? '' : `: ${lowerFirst(reason)}`}`;
}

/** Says why a region gave no usable answer; '' if it gave one. */
export const outcomeReason = (answer: RegionAnswer): string =>
  answer.outcome === 'unreachable' || answer.outcome === 'unclear' ? explainAnswer(answer).headline : '';

/** Describes the answer of one region, without the reason. */
export function outcomeWords(answer: RegionAnswer): string {
  switch (answer.outcome) {
    case 'known':
      return 'has the account';
    case 'exists':
      return 'has the account; block status unknown';
    case 'blocked':
      return 'has the account, but blocked it';
    case 'unknown':
      return 'doesn’t have the account';
    case 'unreachable':
      return 'not reached';
    case 'unclear':
      return 'gave an unclear answer';
  }
}

/**
 * Says which region has the account, as far as the answers show, and what to do.
 * @param practiceFix how to use the practice account, which no region has
 */
export function verdictParagraphs(
  answers: readonly RegionAnswer[],
  partnerId: number,
  practiceFix = 'Its region is Practice.',
): Paragraph[] {
  const practice = isPracticeAccount(partnerId) ? [plain(`${partnerId} is the practice account. ${practiceFix}`)] : [];
  const verdict = regionVerdict(answers);
  switch (verdict.kind) {
    case 'one': {
      const { label } = HOSTED_REGIONS[verdict.region];
      return [...oneRegion(label, verdict.isBlocked, partnerId), ...unclearRegionsText(verdict.unclear, true)];
    }
    case 'several':
      return [
        caution(`More than one region has an account with partner ID ${partnerId}: ${labels(verdict.regions)}.`),
        plain(
          'Each region assigns its own partner IDs, so these are different accounts. Compare them with the URL where you sign in to KMC. A secret works only in its own region.',
        ),
        ...unclearRegionsText(verdict.unclear, true),
      ];
    case 'none':
      return [
        caution(
          verdict.unclear.length === 0
            ? `No region has partner ${partnerId}, not even as a blocked account.`
            : `No region that answered has partner ${partnerId}.`,
        ),
        ...practice,
        plain(
          'Compare the partner ID with KMC → Settings → Integration settings → Account info: use the partner ID, not the Sub Partner ID. An account of a self-hosted Kaltura server is in none of these regions.',
        ),
        ...unclearRegionsText(verdict.unclear, false),
      ];
    case 'all-unclear':
      return noAnswerParagraphs(answers, practice);
  }
}

/** @param isBlocked null if unknown */
function oneRegion(label: string, isBlocked: boolean | null, partnerId: number): Paragraph[] {
  if (isBlocked === true) {
    return [
      caution(`Partner ${partnerId} is in ${label}, and is blocked or closed there.`),
      plain('Keys can’t be created for it now. Only Kaltura support can tell you why, and unblock it.'),
    ];
  }
  const found = `Partner ${partnerId} is in ${label}`;
  return [
    isBlocked === null ? caution(`${found}. Could not check whether the account is blocked there.`) : good(`${found}.`),
    plain('If your KMC page shows another region, check the partner ID: this may be another customer’s account.'),
  ];
}

function unclearRegionsText(unclear: readonly HostedRegionId[], isFound: boolean): Paragraph[] {
  if (unclear.length === 0) return [];
  const names = labels(unclear).replace(/, (?=\w+$)/, ' and ');
  const may = `${unclear.length === 1 ? 'It' : 'They'} may have`;
  const rest = isFound ? 'an account with this ID too.' : 'the account: ask again later.';
  return [caution(`${names} gave no clear answer. ${may} ${rest}`)];
}

/** If no region answered, this computer's network is usually at fault. The fault of the first region stands for all. */
function noAnswerParagraphs(answers: readonly RegionAnswer[], practice: readonly Paragraph[]): Paragraph[] {
  const [first] = answers;
  if (first === undefined) return [];
  const { explanation, causes } = explainAnswer(first);
  return [
    // The practice account is known without an answer.
    ...(practice.length > 0
      ? practice
      : [caution('No region gave a clear answer, so kaltura-ks can’t tell which region has the account.')]),
    plain(`It’s unlikely that every region is down. Check this computer’s network connection first. ${explanation}`),
    ...causeParagraphs(causes, explanation),
  ];
}
