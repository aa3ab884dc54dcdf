import type { Http } from '../../kaltura/api/http.js';
import type { AdviceContext } from '../../kaltura/diagnosis/diagnose.js';
import { type Finding, type Probe, probesFor, runProbe } from '../../kaltura/diagnosis/probes.js';
import { probeParagraphs } from '../../messages/probe.js';
import { isAborted } from '../../operations/abort.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Flags } from '../shared/command-call.js';
import { CancelledError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** What was found out of a failure, or could be. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** The questions that `--diagnose` would have answered; none where it was given, or is no flag of the command. */
  readonly offers: readonly string[];
}

export interface DiagnosisDeps {
  readonly runtime: Runtime;
  readonly http: Http;
  readonly report: Report;
  readonly flags: Flags;
  readonly signal: AbortSignal;
}

const FLAG = 'diagnose';

/**
 * Finds out why no key was made, where `--diagnose` consents to it. What is sent for that is said first.
 *
 * @param failure whatever `makeKey` threw
 * @throws {CancelledError} where the person gives up meanwhile
 */
export async function diagnosisOf(failure: unknown, context: AdviceContext, deps: DiagnosisDeps): Promise<Diagnosis> {
  const { flags, report } = deps;
  const probes = probesFor(failure, context);
  if (flags[FLAG] !== true) {
    return { findings: [], offers: FLAG in flags ? probes.map(({ question }) => question) : [] };
  }
  const findings: Finding[] = [];
  for (const probe of probes) {
    reportWhatIsSent(probe, report);
    const finding = await found(probe, context, deps);
    findings.push(finding);
    if (finding.settles) break;
  }
  return { findings, offers: [] };
}

function reportWhatIsSent(probe: Probe, report: Report): void {
  const code = probe.code === null ? '' : ` (${probe.code})`;
  report.say(`no key was made${code}. ${probe.question} To find out, this is sent:`);
  for (const { text } of probeParagraphs(probe)) report.say(`  ${text}`);
}

async function found(probe: Probe, context: AdviceContext, { runtime, http, signal }: DiagnosisDeps): Promise<Finding> {
  const { now, randomBytes } = runtime;
  try {
    return await runProbe(probe, context, { http, now, randomBytes, signal });
  } catch (error) {
    throw isAborted(error) ? new CancelledError() : error;
  }
}
