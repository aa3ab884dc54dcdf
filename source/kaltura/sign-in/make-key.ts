import { signInWithAppToken } from './app-token.js';
import type { KeyRequest, MadeKey } from './key-request.js';
import { type MakeKeyDeps, UnsuitableRequestError } from './key-request.js';
import { signLocally } from './local.js';
import { signInWithLogin } from './login.js';
import { signInWithSecret } from './secret.js';

export { type MakeKeyDeps, type Stage, type TokenHash, UnsuitableRequestError } from './key-request.js';

/**
 * Creates a key. Never retries, because each wrong password counts towards a lock (docs/kaltura-facts.md 4.3).
 *
 * @throws {UnsuitableRequestError} before anything is sent, if the request is invalid
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError} also if `deps.signal` aborts
 */
export async function makeKey(request: KeyRequest, deps: MakeKeyDeps): Promise<MadeKey> {
  if (!Number.isSafeInteger(request.lifetime) || request.lifetime <= 0) throw new UnsuitableRequestError('lifetime');
  const { signIn } = request;
  switch (signIn.method) {
    case 'server':
      return signInWithSecret(request, signIn, deps);
    case 'local':
      return signLocally(request, signIn, deps);
    case 'login':
      return signInWithLogin(request, signIn, deps);
    case 'app-token':
      return signInWithAppToken(request, signIn, deps);
  }
}
