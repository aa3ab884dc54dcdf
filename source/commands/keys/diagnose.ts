import { type Http, isAborted } from '../../kaltura/api/http.js';
import type { MakingContext } from '../../kaltura/diagnosis/diagnosis.js';
import { type Finding, isRegionConfirmed, type Probe, withRegionConfirmed } from '../../kaltura/diagnosis/probe.js';
import { probesFor, runProbe } from '../../kaltura/diagnosis/probes.js';
import { probeParagraphs, probeQuestion } from '../../messages/probe.js';
import type { CommandRun } from '../shared/command-call.js';
import { CancelledError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** The findings about a failure, and the questions of the probes that are possible. */
export interface ProbeResults {
  readonly findings: readonly Finding[];
  /** The questions that `--diagnose` would answer; empty if it was given, or the command doesn't have it. */
  readonly offers: readonly string[];
}

interface ProbingDeps extends CommandRun {
  readonly http: Http;
  readonly signal: AbortSignal;
}

const FLAG = 'diagnose';

/**
 * Finds out why no key was created, if `--diagnose` allows it. Says first what is sent.
 * @param failure any error of `makeKey`
 * @throws {CancelledError} if the user cancels
 */
export async function probeFailure(failure: unknown, context: MakingContext, deps: ProbingDeps): Promise<ProbeResults> {
  const { flags, report } = deps;
  const probes = probesFor(failure, context);
  if (flags[FLAG] !== true) {
    return { findings: [], offers: FLAG in flags ? probes.map(probeQuestion) : [] };
  }
  const findings: Finding[] = [];
  for (const probe of probes) {
    reportWhatIsSent(probe, report);
    const finding = await found(probe, context, deps);
    findings.push(finding);
    if (finding.settles) break;
  }
  return { findings: findings.some(isRegionConfirmed) ? findings.map(withRegionConfirmed) : findings, offers: [] };
}

function reportWhatIsSent(probe: Probe, report: Report): void {
  const code = probe.code === null ? '' : ` (${probe.code})`;
  report.say(`No key was created${code}. ${probeQuestion(probe)} To find out, this is sent:`);
  for (const { text } of probeParagraphs(probe)) report.say(`  ${text}`);
}

async function found(probe: Probe, context: MakingContext, { runtime, http, signal }: ProbingDeps): Promise<Finding> {
  const { now, randomBytes } = runtime;
  try {
    return await runProbe(probe, context, { http, now, randomBytes, signal });
  } catch (error) {
    throw isAborted(error) ? new CancelledError() : error;
  }
}
