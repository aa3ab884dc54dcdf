import { isPracticeKey, isRefused, type KsExplanation } from '../../kaltura/ks/explain.js';
import type { Secret } from '../../kaltura/secret.js';
import { type KeyAnswer, readKeyOnServer } from '../../kaltura/sessions/read-on-server.js';
import type { Profile } from '../../profiles/profile.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { askServer } from '../keys/ask-server.js';
import { type KeyOfServer, type KeyServer, openKeyServer } from '../keys/key-server.js';
import { canAsk, requireYes } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** The result of asking the key's server. */
export interface ServerReply {
  /** null if it was not asked, or did not respond. */
  readonly response: KeyAnswer | null;
  readonly serviceUrl: string | null;
  /** Why it did not respond. */
  readonly failure: CommandError | null;
}

export const NOT_ASKED: ServerReply = { response: null, serviceUrl: null, failure: null };

export interface SealedKey {
  readonly ks: Secret;
  readonly explanation: KsExplanation;
  readonly profile: Profile | null;
}

/** For a secret that was given and doesn't fit. */
const HINT_AFTER_SECRET =
  'With --ask-server (and --region or --url), the key is sent to its server, which returns the details if it accepts the key.';

const HINT =
  'To decrypt the key, use --profile, --secret-file, --secret-stdin or KALTURA_ADMIN_SECRET. With --ask-server (and --region or --url), the key is sent to its server, which returns the details.';

/**
 * Refuses flags for the server if it will not be asked.
 * @throws {UsageError}
 */
export function refuseIdleServerFlags(run: CommandRun): void {
  const { flags } = run;
  if (flags['ask-server'] === true || canAsk(run)) return;
  const idle = ['region', 'url', 'timeout'].find((name) => flags[name] !== undefined);
  if (idle === undefined) return;
  throw new UsageError(`--${idle} needs --ask-server: without it, nothing is sent.`, 'conflicting-options');
}

const NO_REPLY: Report = { say: () => {}, detail: () => {} };

/** Returns the server to ask, if the user agrees; else null. */
async function agreedServer(key: SealedKey, run: CommandRun): Promise<KeyServer | null> {
  const { explanation, profile } = key;
  const asked = { profile, partnerId: explanation.partnerId, mayJoinPractice: isPracticeKey(key.ks) };
  if (run.flags['ask-server'] === true) return openKeyServer(asked, run);
  // Don't send a key that can be read, or that every server refuses, unless a flag asks for it.
  if (explanation.facts !== null || isRefused(explanation)) return null;
  const server = canAsk(run) ? await knownServer(asked, run) : null;
  if (server === null) {
    run.report.say(explanation.checkedWith === null ? HINT : HINT_AFTER_SECRET);
    return null;
  }
  const { regionLabel, serviceUrl } = server;
  const host = serviceUrl.includes(regionLabel) ? serviceUrl : `${regionLabel} (${serviceUrl})`;
  const question = `Ask ${host} for the details of this key? The key is sent there, and this counts as a request.`;
  try {
    await requireYes(question, 'The server was not asked', run);
    return server;
  } catch (error) {
    await server.close();
    if (error instanceof CommandError) return null;
    throw error;
  }
}

/** Returns the key's server; null if it is unknown. */
async function knownServer(asked: KeyOfServer, run: CommandRun): Promise<KeyServer | null> {
  try {
    return await openKeyServer({ ...asked, isConfirmedLater: true }, { ...run, report: NO_REPLY });
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/**
 * Asks the key's server about the key, if `--ask-server` is given or the user agrees.
 * @throws {UsageError} if `--ask-server` is given and the server is unknown
 * @throws {CancelledError}
 */
export async function askServerAbout(key: SealedKey, run: CommandRun): Promise<ServerReply> {
  const timeout = timeoutOf(run.flags);
  const server = await agreedServer(key, run);
  if (server === null) return NOT_ASKED;
  const { ks } = key;
  const { serviceUrl, regionLabel } = server;
  run.report.detail(`Asking ${serviceUrl}: session.get`);
  const http = run.runtime.httpWithin(timeout);
  const context = { action: 'session.get', serviceUrl, regionLabel, secrets: [ks] };
  try {
    const ask = (signal: AbortSignal) => readKeyOnServer(serviceUrl, ks, { http, signal });
    return { response: await askServer(ask, context, run), serviceUrl, failure: null };
  } catch (failure) {
    // Still report what could be read of the key.
    if (!(failure instanceof CommandError)) throw failure;
    return { response: null, serviceUrl, failure };
  } finally {
    await server.close();
  }
}
