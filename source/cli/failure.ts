import { DiagnosedMakeKeyError, isCancelled } from '../commands/keys/make-from-draft.js';
import { adviceReport, fixesOf, SHOW_ANSWER_HINT, sentence } from '../commands/shared/diagnosis-report.js';
import {
  CancelledError,
  CommandError,
  type ErrorReport,
  EXIT,
  type ReportedFix,
  UsageError,
} from '../commands/shared/exit-codes.js';
import { jsonText } from '../commands/shared/report.js';
import { type Advice, adviseOn } from '../kaltura/diagnosis/diagnose.js';
import type { Finding } from '../kaltura/diagnosis/probes.js';
import { findingParagraphs } from '../messages/probe.js';
import { ProfileStoreError } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';

/** How a failed command ends. */
export interface Failure {
  readonly exit: number;
  /** The text for standard error, in lines; empty after Ctrl+C. */
  readonly lines: readonly string[];
  /** What `--json` prints on standard output. */
  readonly error: ErrorReport;
}

const CANCELLED: Failure = {
  exit: EXIT.cancelled,
  lines: [],
  error: { code: 'cancelled', headline: 'Cancelled.', causes: [], fixes: [] },
};

function onMaking({ reason, request, regionLabel, diagnosis }: DiagnosedMakeKeyError): Failure {
  const advice = adviseOn(reason, { request, regionLabel });
  const { findings, offers } = diagnosis;
  // What is proven takes the place of the guesses.
  const main = findings.find(({ settles }) => settles) ?? findings.findLast(({ isSure }) => isSure) ?? null;
  return {
    exit: EXIT.failure,
    lines: makingLines(advice, main, findings, offers),
    error: makingReport(advice, main, offers),
  };
}

function makingLines(
  advice: Advice,
  main: Finding | null,
  findings: readonly Finding[],
  offers: readonly string[],
): readonly string[] {
  const others = findings.filter((finding) => finding !== main);
  return [
    sentence(advice.headline),
    ...others.flatMap(({ headline, explanation, isSure }) => [sentence(headline), ...(isSure ? [] : [explanation])]),
    ...(main === null ? [advice.explanation, ...advice.causes.map((cause) => `· ${cause}`)] : textsOf(main)),
    ...nextLines(fixesOf((main ?? advice).remedies)),
    ...(advice.isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
    ...(offers.length === 0 ? [] : [`The same with --diagnose finds out: ${offers.join(' ')}`]),
  ].map((line) => (line.startsWith('· ') ? `  ${line}` : line));
}

const textsOf = (finding: Finding): string[] => findingParagraphs(finding).map(({ text }) => text);

function nextLines(fixes: readonly ReportedFix[]): string[] {
  const texts = fixes.map(({ text, option }) => (option === null ? text : `${text} (${option})`));
  return texts.length === 0 ? [] : [`Then: ${texts.join('; ')}.`];
}

function makingReport(advice: Advice, main: Finding | null, offers: readonly string[]): ErrorReport {
  const report = adviceReport(main === null ? advice : { ...advice, remedies: main.remedies });
  const diagnose = offers.map((text): ReportedFix => ({ action: 'diagnose', text, option: '--diagnose' }));
  return {
    ...report,
    causes: main === null ? report.causes : [sentence(main.headline), ...main.causes],
    fixes: [...report.fixes, ...diagnose],
  };
}

/** The lines below the first one are causes, unless the error reports them itself. */
function plainFailure(exit: number, { message, code, details }: UsageError | CommandError): Failure {
  const [headline = '', ...causes] = message.split('\n');
  return { exit, lines: [message], error: { code, headline, causes, fixes: [], ...details } };
}

function onSecretSource({ fault, message, remedy }: SecretSourceError): Failure {
  if (fault === 'cancelled') return CANCELLED;
  return {
    exit: EXIT.failure,
    lines: [message, remedy],
    error: {
      code: `secret-source-${fault}`,
      headline: message,
      causes: [],
      fixes: [{ action: 'check-secret-source', text: remedy, option: null }],
    },
  };
}

/** Explains why a command failed. Contains no stack trace, and no message of an unexpected error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return plainFailure(EXIT.usage, error);
  if (error instanceof CommandError) return plainFailure(EXIT.failure, error);
  if (error instanceof CancelledError || isCancelled(error)) return CANCELLED;
  if (error instanceof DiagnosedMakeKeyError) return onMaking(error);
  if (error instanceof SecretSourceError) return onSecretSource(error);
  if (error instanceof ProfileStoreError) {
    return plainFailure(EXIT.failure, new CommandError(error.message, `profile-store-${error.fault}`));
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `an unexpected fault of this program (${name}). Please report it with the command, without its secrets.`;
  return plainFailure(EXIT.failure, new CommandError(message, 'internal-error'));
}

/** Formats a failure as `--json` prints it on standard output. */
export const failureJson = ({ error, exit }: Failure): string => `${jsonText({ error, exit })}\n`;
