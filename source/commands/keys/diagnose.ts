import { type Http, isAborted } from '../../kaltura/api/http.js';
import type { AdviceContext } from '../../kaltura/diagnosis/diagnose.js';
import { type Finding, type Probe, probesFor, runProbe } from '../../kaltura/diagnosis/probes.js';
import { probeParagraphs } from '../../messages/probe.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Flags } from '../shared/command-call.js';
import { CancelledError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** The findings about a failure, and the probes that are possible. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** The questions that `--diagnose` would answer; empty if it was given, or the command doesn't have it. */
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
 * Finds out why no key was created, if `--diagnose` allows it. Says first what is sent.
 * @param failure any error of `makeKey`
 * @throws {CancelledError} if the user cancels
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
