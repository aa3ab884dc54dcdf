import { callApi, wrongShape } from '../api/client.js';
import { type SecretSignIn, startParameters } from '../api/parameters.js';
import { factsContainSecret, parseKs } from '../api/responses.js';
import { factsAsRequested, factsInKey } from '../ks/facts.js';
import type { KeyRequest, MadeKey, MakeKeyDeps } from './key-request.js';

/**
 * Creates a key with `session.start` (docs/kaltura-facts.md 5.1). The server can silently shorten the lifetime,
 * depending on its cache (docs/kaltura-facts.md 5.3). So the facts are read from the key itself if the secret opens
 * it.
 */
export async function signInWithSecret(request: KeyRequest, signIn: SecretSignIn, deps: MakeKeyDeps): Promise<MadeKey> {
  deps.onStage?.({ name: 'starting-session' });
  const now = deps.now();
  const parameters = startParameters(request, signIn);
  const ks = parseKs(await callApi(deps.http, request.serviceUrl, 'session.start', parameters, deps.signal), [
    signIn.secret,
  ]);
  const facts = factsInKey(ks, [signIn.secret]);
  // A server that has the secret can put it into the key as a user ID or privilege.
  if (facts !== null && factsContainSecret(facts, [signIn.secret, ks])) {
    throw wrongShape();
  }
  return facts === null
    ? { ks, facts: factsAsRequested(request, ks, now), confirmedBy: null }
    : { ks, facts, confirmedBy: 'key' };
}
