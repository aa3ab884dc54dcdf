import { regionLabel } from '../../kaltura/accounts/regions.js';
import { ApiError } from '../../kaltura/api/errors.js';
import { ConnectionError, type Http } from '../../kaltura/api/http.js';
import type { Secret } from '../../kaltura/secret.js';
import type { KeyRequest, MadeKey } from '../../kaltura/sign-in/key-request.js';
import { makeKey } from '../../kaltura/sign-in/make-key.js';
import { readCode } from '../../kaltura/typed-values.js';
import { stageText } from '../../messages/probe.js';
import type { Runtime } from '../../operations/runtime.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import type { FormState } from '../../wizard/form/form.js';
import { usesPracticeAccount } from '../../wizard/form/practice.js';
import { credentialsFor, requestOf } from '../../wizard/form/reading.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { askHidden, canAsk } from '../shared/hidden-prompt.js';
import { PRACTICE_ACCOUNT } from '../shared/practice-account.js';
import type { Report } from '../shared/report.js';
import type { Diagnosis } from './diagnose.js';

/** Making a key failed; kept with the request, for the advice is about both, and with what was found out of it. */
export class MakeKeyError extends Error {
  override readonly name = 'MakingFailed';
  constructor(
    readonly reason: unknown,
    readonly request: KeyRequest,
    readonly draft: FormState,
    readonly diagnosis: Diagnosis,
  ) {
    super('No key was made.');
  }
}

export interface Making {
  readonly made: MadeKey;
  readonly request: KeyRequest;
  /** Epoch milliseconds at which it was asked for. */
  readonly askedAt: number;
}

interface MakingDeps {
  readonly runtime: Runtime;
  readonly http: Http;
  readonly report: Report;
  readonly flags: Flags;
}

/** Wrong codes count as wrong logins: not more often than this. */
const CODES_ASKED = 2;

const wantsCode = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.code === 'MISSING_OTP' || error.code === 'INVALID_OTP');

async function askCode({ runtime, report, flags }: MakingDeps): Promise<Secret> {
  if (flags['input'] === false || !canAsk(runtime)) {
    throw new UsageError(`missing: the one-time code (${SECRET_VARIABLES.code}); it cannot be asked here.`);
  }
  for (;;) {
    const code = await askHidden('One-time code of your authenticator app, not shown', runtime);
    const { problem } = readCode(code.reveal());
    if (problem === null) return code;
    report.say(problem);
  }
}

async function attempt(draft: FormState, practiceUrl: string | null, deps: MakingDeps): Promise<Making> {
  const { runtime, http, report } = deps;
  const request = requestOf(draft, practiceUrl);
  const abort = new AbortController();
  const forget = runtime.onSignal(() => abort.abort());
  const askedAt = runtime.now();
  try {
    const made = await makeKey(request, {
      http,
      now: runtime.now,
      randomBytes: runtime.randomBytes,
      signal: abort.signal,
      onStage: (stage) => report.detail(stageText(stage)),
    });
    return { made, request, askedAt };
  } catch (reason) {
    const context = { request, regionLabel: regionLabel(draft.region) };
    const { diagnosisOf } = await import('./diagnose.js');
    const diagnosis = await diagnosisOf(reason, context, { ...deps, signal: abort.signal });
    throw new MakeKeyError(reason, request, draft, diagnosis);
  } finally {
    forget();
  }
}

async function withCode(draft: FormState, practiceUrl: string | null, deps: MakingDeps): Promise<Making> {
  const code = deps.runtime.secretVariables.get(SECRET_VARIABLES.code);
  let tried = draft.method === 'login' && code !== undefined ? { ...draft, code } : draft;
  for (let asked = 0; ; asked += 1) {
    try {
      return await attempt(tried, practiceUrl, deps);
    } catch (error) {
      const isAsking = error instanceof MakeKeyError && wantsCode(error.reason) && asked < CODES_ASKED;
      if (!isAsking) throw error;
      const isRefused = (error.reason as ApiError).code === 'INVALID_OTP';
      if (isRefused && (deps.flags['input'] === false || !canAsk(deps.runtime))) throw error;
      if (isRefused) deps.report.say('The server did not accept that code. It changes every half minute.');
      tried = { ...tried, code: await askCode(deps) };
    }
  }
}

/** Another window's practice server ended between the look at it and the question. */
const isPracticeGone = (error: unknown): boolean =>
  error instanceof MakeKeyError &&
  error.reason instanceof ConnectionError &&
  (error.reason.fault === 'refused' || error.reason.fault === 'reset');

/** The practice server runs while the key is made; the key is good at every one that follows. */
async function makeInPractice(draft: FormState, deps: MakingDeps): Promise<Making> {
  const { managePracticeServers } = await import('../../practice/open-practice.js');
  const { now, randomBytes } = deps.runtime;
  // Another program's server is asked only while nothing but what is pretended is sent to it.
  const mayJoin = usesPracticeAccount(draft, PRACTICE_ACCOUNT, credentialsFor(draft));
  const practice = managePracticeServers({ now, randomBytes });
  try {
    return await withCode(draft, await practice.url({ mayJoin }), deps);
  } catch (error) {
    if (!isPracticeGone(error)) throw error;
    return await withCode(draft, await practice.url({ mayJoin, replaceLost: true }), deps);
  } finally {
    await practice.close();
  }
}

/**
 * Makes the key that a complete draft asks for. No login is tried again, but for a one-time code that the server wants.
 *
 * @throws {MakeKeyError}
 */
export async function makeFromForm(draft: FormState, deps: MakingDeps): Promise<Making> {
  if (draft.region === 'practice' && draft.method !== 'local') return makeInPractice(draft, deps);
  return withCode(draft, null, deps);
}

/** Whether the person gave up. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof MakeKeyError && error.reason instanceof ConnectionError && error.reason.fault === 'aborted';
