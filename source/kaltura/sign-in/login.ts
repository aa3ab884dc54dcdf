import { ApiError, callApi } from '../api/client.js';
import { type LoginSignIn, loginParameters } from '../api/parameters.js';
import { parseKs, parseSessionInfo } from '../api/responses.js';
import { factsAsRequested, factsInKey } from '../ks/facts.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts, KeyRequest, MadeKey, MakeKeyDeps } from './key-request.js';

/**
 * With these privileges, the server could reject the call, or it would use up one of few calls (docs/kaltura-facts.md
 * 2.3, 5.6).
 */
const RESTRICTING_CALLS = ['actionslimit', 'urirestrict', 'iprestrict', 'setrole'];

/** Time limit in milliseconds for reading the facts about the new key. */
const FACTS_TIMEOUT = 5000;

/** Returns whether a key with these privileges can read the facts about itself. */
export function canFetchKeyFacts(privileges: string): boolean {
  return !privilegePairs(privileges).some(([name]) => RESTRICTING_CALLS.includes(name));
}

/**
 * Creates a key with `user.loginByLoginId`. The user who logs in decides the type, the user and perhaps the privileges
 * (docs/kaltura-facts.md 4.3).
 *
 * @param askingLimit time limit in milliseconds for reading the facts. After it, the key is returned unconfirmed
 */
export async function signInWithLogin(
  request: KeyRequest,
  signIn: LoginSignIn,
  deps: MakeKeyDeps,
  askingLimit = FACTS_TIMEOUT,
): Promise<MadeKey> {
  deps.onStage?.({ name: 'logging-in' });
  const now = deps.now();
  const parameters = loginParameters(request, signIn);
  const answer = await callApi(deps.http, request.serviceUrl, 'user.loginByLoginId', parameters, deps.signal);
  const sent = signIn.code === null ? [signIn.password] : [signIn.password, signIn.code];
  const ks = parseKs(answer, sent);

  const ownFacts = factsInKey(ks, []);
  if (ownFacts !== null) return { ks, facts: ownFacts, confirmedBy: 'key' };
  const serverFacts = canFetchKeyFacts(request.privileges)
    ? await fetchKeyFacts(ks, sent, request, deps, askingLimit)
    : null;
  if (serverFacts === null) return { ks, facts: factsAsRequested(request, ks, now), confirmedBy: null };
  if (serverFacts !== 'forbidden') return { ks, facts: serverFacts, confirmedBy: 'server' };
  // An administrator's key without such a role can do no more than a USER key either.
  return { ks, facts: { ...factsAsRequested(request, ks, now), type: 'USER' }, confirmedBy: null };
}

/**
 * Reads the facts with `session.get`, which is allowed for ADMIN keys only (docs/kaltura-facts.md 3.2). The key
 * already exists, so every failure is ignored.
 *
 * @returns `forbidden` for a USER key; null if nothing was learned
 */
async function fetchKeyFacts(
  ks: Secret,
  sent: readonly Secret[],
  request: KeyRequest,
  { http, signal, onStage }: MakeKeyDeps,
  limit: number,
): Promise<KeyFacts | 'forbidden' | null> {
  onStage?.({ name: 'reading-the-key' });
  // A timeout signal doesn't keep the process alive.
  const limits = [AbortSignal.timeout(limit), ...(signal === undefined ? [] : [signal])];
  try {
    const answer = await callApi(http, request.serviceUrl, 'session.get', { ks }, AbortSignal.any(limits));
    return parseSessionInfo(answer, [...sent, ks]).facts;
  } catch (error) {
    return error instanceof ApiError && error.code === 'SERVICE_FORBIDDEN' ? 'forbidden' : null;
  }
}
