import { callApi } from '../api/client.js';
import { type LoginSignIn, loginParameters } from '../api/parameters.js';
import { parseKs, parseSessionInfo } from '../api/responses.js';
import { factsAsRequested, factsInKey } from '../ks/facts.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts, KeyRequest, MadeKey, MakeKeyDeps } from './key-request.js';

/** With these the question would be refused, or would use up one of the key's few calls (docs/kaltura-facts.md 2.3, 5.6). */
const RESTRICTING_CALLS = ['actionslimit', 'urirestrict', 'iprestrict', 'setrole'];

/** Milliseconds: the key is made, and only what is said of it waits. */
const FACTS_TIMEOUT = 5000;

/** Whether a key with these privileges can be asked what it is. */
export function canFetchKeyFacts(privileges: string): boolean {
  return !privilegePairs(privileges).some(([name]) => RESTRICTING_CALLS.includes(name));
}

/**
 * `user.loginByLoginId`: the type, the user and perhaps the privileges are decided by who logs in (docs/kaltura-facts.md 4.3).
 *
 * @param askingLimit milliseconds that the server has to say what the key is; after that the key is given unconfirmed
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
  if (serverFacts !== null) return { ks, facts: serverFacts, confirmedBy: 'server' };
  return { ks, facts: factsAsRequested(request, ks, now), confirmedBy: null };
}

/** `session.get` answers to ADMIN keys; a USER key is forbidden it (docs/kaltura-facts.md 3.2). The key is made: no failure here matters. */
async function fetchKeyFacts(
  ks: Secret,
  sent: readonly Secret[],
  request: KeyRequest,
  { http, signal, onStage }: MakeKeyDeps,
  limit: number,
): Promise<KeyFacts | null> {
  onStage?.({ name: 'asking-the-key' });
  // Such a timer keeps no program alive, and goes with its signal.
  const limits = [AbortSignal.timeout(limit), ...(signal === undefined ? [] : [signal])];
  try {
    const answer = await callApi(http, request.serviceUrl, 'session.get', { ks }, AbortSignal.any(limits));
    return parseSessionInfo(answer, [...sent, ks]).facts;
  } catch {
    return null;
  }
}
