import { SHOW_ANSWER_HINT } from '../commands/keys/ask-server.js';
import { DiagnosedMakeKeyError, isCancelled } from '../commands/keys/make-from-draft.js';
import { CancelledError, CommandError, EXIT, UsageError } from '../commands/shared/exit-codes.js';
import { adviseOn, type Remedy, type RemedyTarget } from '../kaltura/diagnosis/diagnose.js';
import type { Finding } from '../kaltura/diagnosis/probes.js';
import { findingParagraphs } from '../messages/probe.js';
import { ProfileStoreError } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';

/** How a command ends that could not be carried out. */
export interface Failure {
  readonly code: number;
  /** What to say, a line each; nothing to someone who gave up. */
  readonly lines: readonly string[];
}

function makingLines({ reason, request, regionLabel, diagnosis }: DiagnosedMakeKeyError): string[] {
  const advice = adviseOn(reason, { request, regionLabel });
  const { findings, offers } = diagnosis;
  // What is proven takes the place of the guesses.
  const main = findings.find(({ settles }) => settles) ?? findings.findLast(({ isSure }) => isSure) ?? null;
  const others = findings.filter((finding) => finding !== main);
  return [
    sentence(advice.headline),
    ...others.flatMap(({ headline, explanation, isSure }) => [sentence(headline), ...(isSure ? [] : [explanation])]),
    ...(main === null ? [advice.explanation, ...advice.causes.map((cause) => `· ${cause}`)] : textsOf(main)),
    ...nextLines((main ?? advice).remedies),
    ...(advice.isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
    ...(offers.length === 0 ? [] : [`The same with --diagnose finds out: ${offers.join(' ')}`]),
  ].map((line) => (line.startsWith('· ') ? `  ${line}` : line));
}

const textsOf = (finding: Finding): string[] => findingParagraphs(finding).map(({ text }) => text);

const sentence = (text: string): string => `${text}.`.replace(/([.!?])\.$/, '$1');

/** What leads to the steps of the wizard, in the words of flags. */
function nextLines(remedies: readonly Remedy[]): string[] {
  const ways = remedies.flatMap((remedy) => {
    const flag = flagFor(remedy);
    return flag === null ? [] : [`${remedy.label}${flag === '' ? '' : ` (${flag})`}`];
  });
  return ways.length === 0 ? [] : [`Then: ${ways.join('; ')}.`];
}

/** '' where no flag belongs to it; null where it leads nowhere from here. */
function flagFor({ goTo, change }: Remedy): string | null {
  if (change === 'make-user') return '--type user';
  if (change !== undefined) return `--region ${change.region}`;
  return FLAGS[goTo];
}

const FLAGS: Readonly<Record<RemedyTarget, string | null>> = {
  region: '--region',
  address: '--url',
  'sign-in': '--method',
  credentials: '',
  code: 'KALTURA_CODE',
  type: '--type',
  user: '--user',
  privileges: '--privilege',
  review: null,
  retry: '',
};

/** What went wrong, in plain words: never a stack trace, and never the message of an error that nobody foresaw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: EXIT.usage, lines: [error.message] };
  if (error instanceof CancelledError || isCancelled(error)) return { code: EXIT.cancelled, lines: [] };
  if (error instanceof DiagnosedMakeKeyError) return { code: EXIT.failure, lines: makingLines(error) };
  if (error instanceof CommandError || error instanceof ProfileStoreError) {
    return { code: EXIT.failure, lines: [error.message] };
  }
  if (error instanceof SecretSourceError) {
    if (error.fault === 'cancelled') return { code: EXIT.cancelled, lines: [] };
    return { code: EXIT.failure, lines: [error.message, error.remedy] };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    code: EXIT.failure,
    lines: [`an unexpected fault of this program (${name}). Please report it with the command, without its secrets.`],
  };
}
