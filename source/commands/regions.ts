import { findRegions, type RegionAnswer, type RegionVerdict, regionVerdict } from '../kaltura/accounts/find-region.js';
import { readPartnerId } from '../kaltura/accounts/partner-id.js';
import { HOSTED_REGIONS, serviceUrlOfRegion } from '../kaltura/accounts/regions.js';
import { isAborted } from '../kaltura/api/http.js';
import { indentedItem } from '../messages/paragraph.js';
import { findingPlanText, outcomeText, verdictParagraphs } from '../messages/region-search.js';
import { abortOnSignal } from '../operations/abort.js';
import { padTo, widestOf } from '../terminal/width.js';
import { timeoutOf } from './answers/duration-flags.js';
import type { CommandRun } from './shared/command-call.js';
import { CancelledError, EXIT, UsageError } from './shared/exit-codes.js';
import { printResult } from './shared/report.js';
import { wrapProse } from './shared/wrap-prose.js';

/**
 * Asks all hosted regions which of them knows an account.
 * @returns 0 if exactly one does, and it is certain that the account is not blocked
 */
export async function regions({ names, flags, runtime, report }: CommandRun): Promise<number> {
  const { text, problem, warning } = readPartnerId(names[0] ?? '');
  if (problem !== null) throw new UsageError(problem);
  if (warning !== null) report.say(`caution: ${warning}`);
  const partnerId = Number(text);
  const http = runtime.httpWithin(timeoutOf(flags));
  report.say(findingPlanText(partnerId));
  const answers = await abortOnSignal(runtime, (signal) => findRegions(partnerId, { http, signal })).catch(
    cancelledIfAborted,
  );
  const verdict = regionVerdict(answers);
  const output = wrapProse(`${tableOf(answers)}\n\n${verdictText(answers, partnerId)}`, runtime.stdout);
  printResult(factsOf(partnerId, answers, verdict), [output], { flags, runtime });
  return verdict.kind === 'one' && verdict.isBlocked === false ? EXIT.ok : EXIT.failure;
}

const cancelledIfAborted = (error: unknown): never => {
  throw isAborted(error) ? new CancelledError() : error;
};

function tableOf(answers: readonly RegionAnswer[]): string {
  const width = widestOf(Object.values(HOSTED_REGIONS).map(({ host }) => host));
  return answers
    .map((answer) => {
      const { label, host } = HOSTED_REGIONS[answer.region];
      return `${label}  ${padTo(host, width)}  ${outcomeText(answer)}`;
    })
    .join('\n');
}

const verdictText = (answers: readonly RegionAnswer[], partnerId: number): string =>
  verdictParagraphs(answers, partnerId, 'Use --region practice.')
    .map(({ text }) => indentedItem(text))
    .join('\n');

/** Returns the result for JSON. Scripts depend on these names: never rename them. */
const factsOf = (partnerId: number, answers: readonly RegionAnswer[], verdict: RegionVerdict) => ({
  partnerId,
  region: verdict.kind === 'one' ? verdict.region : null,
  verdict: verdict.kind,
  answers: answers.map((answer) => ({
    region: answer.region,
    serviceUrl: serviceUrlOfRegion(answer.region),
    outcome: answer.outcome,
    text: outcomeText(answer),
  })),
});
