import { DiagnosedMakeKeyError, isCancelled } from '../commands/keys/make-from-spec.js';
import { errorReport, fixesOf, SHOW_ANSWER_HINT, sentence } from '../commands/shared/diagnosis-report.js';
import {
  CancelledError,
  CommandError,
  type ErrorReport,
  EXIT,
  type ReportedFix,
  UsageError,
} from '../commands/shared/exit-codes.js';
import { jsonText } from '../commands/shared/report.js';
import { type Diagnosis, diagnoseMaking } from '../kaltura/diagnosis/diagnose.js';
import type { Finding } from '../kaltura/diagnosis/probe.js';
import { explain } from '../messages/diagnosis/diagnosis.js';
import { causeParagraphs, indentedItem, lowerFirst } from '../messages/paragraph.js';
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
  /** What the command found before it failed; printed beside the error. */
  readonly result?: Readonly<Record<string, unknown>>;
}

const CANCELLED: Failure = {
  exit: EXIT.cancelled,
  lines: [],
  error: { code: 'cancelled', headline: 'Cancelled.', causes: [], fixes: [] },
};

/** Returns the finding that replaces the guesses: a proven one first. One without causes only says that a check failed. */
const mainFinding = (findings: readonly Finding[]): Finding | null =>
  findings.find(({ settles }) => settles) ??
  findings.findLast(({ isSure }) => isSure) ??
  findings.findLast(({ causes }) => causes.length > 0) ??
  null;

function onMaking({ reason, request, regionLabel, probes }: DiagnosedMakeKeyError): Failure {
  const diagnosis = diagnoseMaking(reason, { request, regionLabel });
  const { findings, offers } = probes;
  const main = mainFinding(findings);
  return {
    exit: EXIT.failure,
    lines: makingLines(diagnosis, main, findings, offers),
    error: makingReport(diagnosis, main, offers),
  };
}

function makingLines(
  diagnosis: Diagnosis,
  main: Finding | null,
  findings: readonly Finding[],
  offers: readonly string[],
): readonly string[] {
  const { headline, explanation, causes } = explain(diagnosis);
  const others = findings.filter((finding) => finding !== main);
  return [
    sentence(headline),
    ...others.flatMap(shortLines),
    ...(main === null
      ? [explanation, ...causeParagraphs(causes, explanation).map(({ text }) => text)]
      : findingParagraphs(main).map(({ text }) => text)),
    ...nextLines(fixesOf(main ?? diagnosis)),
    ...(diagnosis.isAnswerHelpful ? [SHOW_ANSWER_HINT] : []),
    ...(offers.length === 0 ? [] : [`To find the cause, add --diagnose. It checks: ${offers.join(' ')}`]),
  ].map(indentedItem);
}

function shortLines(finding: Finding): readonly string[] {
  const { headline, explanation } = explain(finding);
  return [sentence(headline), ...(finding.isSure ? [] : [explanation])];
}

function nextLines(fixes: readonly ReportedFix[]): string[] {
  const texts = fixes.map(({ text, option }) => (option === null ? text : `${text} (${option})`));
  if (texts.length < 2) return texts.map((text) => `To fix it: ${lowerFirst(text)}.`);
  return ['To fix it, do one of these:', ...texts.map((text) => `· ${text}`)];
}

function makingReport(diagnosis: Diagnosis, main: Finding | null, offers: readonly string[]): ErrorReport {
  const report = errorReport(main === null ? diagnosis : { ...diagnosis, fixes: main.fixes });
  const diagnose = offers.map((text): ReportedFix => ({ action: 'diagnose', text, option: '--diagnose' }));
  const found = main === null ? null : explain(main);
  return {
    ...report,
    causes: found === null ? report.causes : [sentence(found.headline), ...found.causes],
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
  if (error instanceof CommandError) return { ...plainFailure(EXIT.failure, error), result: error.result };
  if (error instanceof CancelledError || isCancelled(error)) return CANCELLED;
  if (error instanceof DiagnosedMakeKeyError) return onMaking(error);
  if (error instanceof SecretSourceError) return onSecretSource(error);
  if (error instanceof ProfileStoreError) {
    return plainFailure(EXIT.failure, new CommandError(error.message, `profile-store-${error.fault}`));
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `Unexpected error in kaltura-ks (${name}). Please report it with the command, but without secrets.`;
  return plainFailure(EXIT.failure, new CommandError(message, 'internal-error'));
}

/** Formats a failure as `--json` prints it on standard output. */
export const failureJson = ({ result, error, exit }: Failure): string => `${jsonText({ ...result, error, exit })}\n`;
