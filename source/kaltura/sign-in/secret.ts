import { callApi, NotKalturaError } from '../api/client.js';
import { type SecretSignIn, startParameters } from '../api/parameters.js';
import { factsContainSecret, parseKs } from '../api/responses.js';
import { factsAsRequested, factsInKey } from '../ks/facts.js';
import type { KeyRequest, MadeKey, MakeKeyDeps } from './key-request.js';

/**
 * `session.start` (docs/kaltura-facts.md 5.1). The server may shorten the life without a word, or not, by the state of its cache (docs/kaltura-facts.md 5.3): so the
 * facts are read in the key, wherever the secret at hand opens it.
 */
export async function signInWithSecret(request: KeyRequest, signIn: SecretSignIn, deps: MakeKeyDeps): Promise<MadeKey> {
  deps.onStage?.({ name: 'starting-session' });
  const now = deps.now();
  const parameters = startParameters(request, signIn);
  const ks = parseKs(await callApi(deps.http, request.serviceUrl, 'session.start', parameters, deps.signal), [
    signIn.secret,
  ]);
  const facts = factsInKey(ks, [signIn.secret]);
  // Whoever has the secret can seal it into a key, in the place of a name.
  if (facts !== null && factsContainSecret(facts, [signIn.secret, ks])) {
    throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
  }
  return facts === null
    ? { ks, facts: factsAsRequested(request, ks, now), confirmedBy: null }
    : { ks, facts, confirmedBy: 'key' };
}
