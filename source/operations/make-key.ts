import { ApiError } from '../kaltura/api/errors.js';
import type { Secret } from '../kaltura/secret.js';
import type { KeyRequest, MadeKey, MakeKeyDeps } from '../kaltura/sign-in/key-request.js';
import { makeKey } from '../kaltura/sign-in/make-key.js';
import type { PracticeServers, PracticeUse } from './practice-servers.js';

/** No key was created. */
export class MakeKeyError extends Error {
  override readonly name: string = 'MakingFailed';
  constructor(
    /** What `makeKey` threw. */
    readonly reason: unknown,
    /** With the service URL that was used. */
    readonly request: KeyRequest,
  ) {
    super('No key was created.');
  }
}

export interface Making {
  readonly made: MadeKey;
  /** With the service URL that was used. */
  readonly request: KeyRequest;
  /** Epoch milliseconds at which it was requested. */
  readonly askedAt: number;
}

export interface MakingDeps extends MakeKeyDeps {
  readonly practice: PracticeServers;
}

/**
 * Creates a key at the server of the request, or at the practice server.
 *
 * @throws {MakeKeyError}
 */
export async function makeKeyAt(request: KeyRequest, use: PracticeUse | null, deps: MakingDeps): Promise<Making> {
  let sent = request;
  try {
    return await deps.practice.runOn({ serviceUrl: request.serviceUrl, practice: use }, async (serviceUrl) => {
      sent = { ...request, serviceUrl };
      const askedAt = deps.now();
      return { made: await makeKey(sent, deps), request: sent, askedAt };
    });
  } catch (reason) {
    throw new MakeKeyError(reason, sent);
  }
}

/** Wrong codes count towards the lock of the login (docs/kaltura-facts.md 4.3), so ask for no more than this. */
const MAX_CODES = 2;

/**
 * Makes a key, and asks for a one-time code if the server wants one.
 *
 * @param askCode asks for a code; `isRejected` if the server did not accept the last one. Returns null if the user can't be asked
 * @throws {MakeKeyError}
 */
export async function makeKeyWithCode(
  request: KeyRequest,
  make: (request: KeyRequest) => Promise<Making>,
  askCode: (isRejected: boolean) => Promise<Secret | null>,
): Promise<Making> {
  let { signIn } = request;
  for (let asked = 0; ; asked += 1) {
    try {
      return await make({ ...request, signIn });
    } catch (error) {
      const code = error instanceof MakeKeyError && error.reason instanceof ApiError ? error.reason.code : '';
      const isRejected = code === 'INVALID_OTP';
      if (signIn.method !== 'login' || (code !== 'MISSING_OTP' && !isRejected) || asked === MAX_CODES) throw error;
      const typed = await askCode(isRejected);
      if (typed === null) throw error;
      signIn = { ...signIn, code: typed };
    }
  }
}
