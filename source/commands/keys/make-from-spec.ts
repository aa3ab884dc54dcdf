import {
  hasOnlyPracticeCredentials,
  hasWrongPracticeToken,
  PRACTICE_CREDENTIALS,
} from '../../kaltura/accounts/practice-account.js';
import { regionLabel } from '../../kaltura/accounts/regions.js';
import { ApiError } from '../../kaltura/api/errors.js';
import { type Http, isAborted } from '../../kaltura/api/http.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import { type KeySpec, requestFor } from '../../kaltura/sign-in/key-spec.js';
import { readCode } from '../../kaltura/typed-values.js';
import { stageText } from '../../messages/stage.js';
import { abortOnSignal } from '../../operations/abort.js';
import { MakeKeyError, type Making, makeKeyAt, makeKeyWithCode } from '../../operations/make-key.js';
import { createPracticeServers, type PracticeServers, type PracticeUse } from '../../operations/practice-servers.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { askHidden, canAsk } from '../secrets/hidden-prompt.js';
import type { CommandRun } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { missing } from '../shared/missing.js';
import type { Report } from '../shared/report.js';
import type { ProbeResults } from './diagnose.js';

/** No key was created, with what was found out about the reason. */
export class DiagnosedMakeKeyError extends MakeKeyError {
  constructor(
    { reason, request }: MakeKeyError,
    readonly regionLabel: string,
    readonly probes: ProbeResults,
  ) {
    super(reason, request);
  }
}

interface MakingDeps extends CommandRun {
  readonly http: Http;
  /** The practice server that the command already uses, and that the key must belong to. */
  readonly practiceUrl?: string | null;
}

/** Asks for a one-time code. Returns null if the server rejected the last one and the user can't be asked for another. */
async function askCode(isRejected: boolean, run: CommandRun): Promise<Secret | null> {
  const { runtime, report } = run;
  if (!canAsk(run)) {
    if (isRejected) return null;
    throw missing([{ what: 'the one-time code', from: SECRET_VARIABLES.code }], {
      more: 'kaltura-ks can’t ask for it here.',
    });
  }
  if (isRejected) report.say('The server did not accept that code. It changes every 30 seconds.');
  for (;;) {
    const code = await askHidden('One-time code from your authenticator app (not shown)', runtime);
    const { problem, text } = readCode(code);
    if (problem === null) return new Secret(text);
    report.say(problem);
  }
}

/** Returns the practice server to use; null if the key is not created on one. */
function practiceUseOf({ region }: KeySpec, { signIn }: KeyRequest): PracticeUse | null {
  if (region !== 'practice' || signIn.method === 'local') return null;
  return hasOnlyPracticeCredentials(signIn) ? 'any' : 'own';
}

const wrongPracticeToken = (): UsageError =>
  new UsageError(
    'This is not the value of a practice app token, so it was not sent. Copy all 32 characters. If the value is lost, create another app token.',
  );

/** Says why a practice server that this command started doesn't know an app token. */
function reportUnknownToken({ reason, request }: MakeKeyError, practice: PracticeServers, report: Report): void {
  if (!(reason instanceof ApiError) || reason.code !== 'APP_TOKEN_ID_NOT_FOUND') return;
  if (practice.isJoined(request.serviceUrl)) return;
  const { tokenId, fixedTokenId } = PRACTICE_CREDENTIALS;
  report.say(
    `A practice server was started for this command. It knows only the app tokens ${tokenId} and ${fixedTokenId}: others end with the server that created them. To keep one running: kaltura-ks practice`,
  );
}

/**
 * Creates the key of a complete spec. Never repeats a login, except with a one-time code that the server wants.
 * @param secret the account secret, the password or the app token's value
 * @throws {DiagnosedMakeKeyError}
 * @throws {UsageError} if the server wants a one-time code and the user can't be asked, or if a practice app token has a wrong value
 */
export async function makeFromSpec(spec: KeySpec, secret: Secret, deps: MakingDeps): Promise<Making> {
  const { runtime, http, report, practiceUrl } = deps;
  const { now, randomBytes } = runtime;
  const code = runtime.secretVariables.get(SECRET_VARIABLES.code) ?? null;
  const request = requestFor(spec, { secret, code });
  if (spec.region === 'practice' && hasWrongPracticeToken(request.signIn)) throw wrongPracticeToken();
  const practice = createPracticeServers(runtime);
  const onStage = (stage: Parameters<typeof stageText>[0]): void => report.detail(stageText(stage));
  try {
    return await makeKeyWithCode(
      request,
      (each) =>
        abortOnSignal(runtime, (signal) => {
          const making = { http, now, randomBytes, practice, signal, onStage };
          const use = practiceUseOf(spec, each);
          return use === 'any' && practiceUrl != null
            ? makeKeyAt({ ...each, serviceUrl: practiceUrl }, null, making)
            : makeKeyAt(each, use, making);
        }),
      (isRejected) => askCode(isRejected, deps),
    );
  } catch (error) {
    if (!(error instanceof MakeKeyError)) throw error;
    if (spec.region === 'practice') reportUnknownToken(error, practice, report);
    runtime.linkPagesOf(error.request.serviceUrl);
    const context = { request: error.request, regionLabel: regionLabel(spec.region) };
    const { probeFailure } = await import('./diagnose.js');
    const probes = await abortOnSignal(runtime, (signal) => probeFailure(error.reason, context, { ...deps, signal }));
    throw new DiagnosedMakeKeyError(error, context.regionLabel, probes);
  } finally {
    await practice.close();
  }
}

/** Checks whether the user cancelled. */
export const isCancelled = (error: unknown): boolean => error instanceof MakeKeyError && isAborted(error.reason);
