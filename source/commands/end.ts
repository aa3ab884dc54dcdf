import type { Http } from '../kaltura/api/http.js';
import type { UseContext } from '../kaltura/diagnosis/diagnose.js';
import { invalidKeyReason, planRevoke, type RevokePlan, type RevokeReport } from '../kaltura/sessions/end.js';
import { endParagraphs, endPlanParagraphs, endQuestion } from '../messages/end.js';
import { indentedItem } from '../messages/paragraph.js';
import { endKey } from '../operations/end-key.js';
import { timeoutOf } from './answers/duration-flags.js';
import { InputProblems } from './answers/input-problems.js';
import { askServer } from './keys/ask-server.js';
import { dropRevoked } from './keys/drop-revoked.js';
import { type GivenKey, withGivenKey } from './keys/given-key.js';
import { isPractice, practiceNote } from './keys/key-server.js';
import { requireYes } from './secrets/hidden-prompt.js';
import { type CommandRun, hasKeyFlag } from './shared/command-call.js';
import { EXIT, UsageError } from './shared/exit-codes.js';
import { printResult } from './shared/report.js';

/** The facts for scripts. */
interface Outcome {
  readonly outcome: RevokeReport['outcome'] | 'cannot-end';
  /** The server's error code, or the obstacle. */
  readonly reason: string | null;
  readonly endsWith: RevokePlan['endsWith'];
  /** The profiles whose saved key was removed. */
  readonly dropped: readonly string[];
}

/** Revokes a key or a session group, says before what ends with it, and verifies the result. */
export async function end(run: CommandRun): Promise<number> {
  const { flags, runtime } = run;
  if (flags['group'] !== undefined) return (await import('./end-group.js')).endGroup(run);
  if (flags['secret-file'] !== undefined) {
    throw new UsageError(
      '--secret-file needs --group. To revoke a key, only the key is needed.',
      'conflicting-options',
    );
  }
  const problems = new InputProblems();
  const timeout = problems.collect(() => timeoutOf(flags), 0);
  return withGivenKey(run, { mayMake: false, problems }, (key) => endGiven(key, runtime.httpWithin(timeout), run));
}

async function endGiven(key: GivenKey, http: Http, run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const { ks, facts, serviceUrl, regionLabel } = key;
  const plan = planRevoke(facts, runtime.now() / 1000);
  for (const { text } of endPlanParagraphs(plan)) report.say(text);
  const { obstacle, endsWith } = plan;
  if (obstacle !== null && obstacle.kind !== 'over') {
    const outcome: Outcome = { outcome: 'cannot-end', reason: obstacle.kind, endsWith, dropped: [] };
    printResult(outcome, [], run);
    return EXIT.failure;
  }
  // The server's clock counts, so ask it even if the key looks expired here.
  if (obstacle === null) await requireYes(endQuestion(plan), 'The key was not revoked', run);

  const context: UseContext = { action: 'session.end', serviceUrl, regionLabel, secrets: [ks] };
  // With a given key, a profile only names the server.
  const fromProfile = hasKeyFlag(flags) ? null : (key.profile?.name ?? null);
  const toEnd = { ks, facts, serviceUrl, fromProfile, isPractice: isPractice(key) };
  const endIt = (signal: AbortSignal) => endKey(toEnd, { http, now: runtime.now, signal });
  const { report: endReport, revoked } = await askServer(endIt, context, run);
  const dropped = await dropRevoked(revoked, run);
  const lines = endParagraphs(endReport, context).map(({ text }) => indentedItem(text));
  const outcome: Outcome = { outcome: endReport.outcome, reason: reasonOf(endReport), endsWith, dropped };
  printResult(outcome, lines, run);
  if (revoked?.isPractice === true) report.say(practiceNote('forgets revoked keys', key));
  return revoked === null ? EXIT.failure : EXIT.ok;
}

function reasonOf(report: RevokeReport): string | null {
  if (report.outcome === 'already-ended') return report.reason;
  return report.outcome === 'refused' ? (invalidKeyReason(report.error) ?? (report.error.code || null)) : null;
}
