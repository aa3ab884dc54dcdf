import { type KeyRequest, type MadeKey, type MakeKeyDeps, UnsuitableRequestError } from './key-request.js';

export type { MakeKeyDeps } from './key-request.js';

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
      return (await import('./secret.js')).signInWithSecret(request, signIn, deps);
    case 'local':
      return (await import('./local.js')).signLocally(request, signIn, deps);
    case 'login':
      return (await import('./login.js')).signInWithLogin(request, signIn, deps);
    case 'app-token':
      return (await import('./app-token.js')).signInWithAppToken(request, signIn, deps);
  }
}
