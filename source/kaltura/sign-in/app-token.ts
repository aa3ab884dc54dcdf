import { createHash } from 'node:crypto';
import { ApiError, callApi, wrongShape } from '../api/client.js';
import { type AppTokenSignIn, HASH_SESSION_LIFETIME, tokenParameters, widgetParameters } from '../api/parameters.js';
import { parseSessionInfo, parseWidgetKs } from '../api/responses.js';
import { factsInKey } from '../ks/facts.js';
import { Secret } from '../secret.js';
import type { KeyRequest, MadeKey, MakeKeyDeps, TokenHash } from './key-request.js';

/** Hash functions to try, most common first: the server doesn't say which one a token uses. */
const TOKEN_HASHES: readonly TokenHash[] = ['SHA256', 'SHA1', 'SHA512', 'MD5'];

/**
 * Returns the plain hash of KS and token in lower-case hex. It is not an HMAC, although some guides say so
 * (docs/kaltura-facts.md 5.8).
 */
function tokenHash(hash: TokenHash, ks: Secret, token: Secret): Secret {
  return new Secret(createHash(hash.toLowerCase()).update(`${ks.reveal()}${token.reveal()}`, 'utf8').digest('hex'));
}

/**
 * Creates a key from an app token: opens a widget session, then calls `appToken.startSession` with the token's hash
 * (docs/kaltura-facts.md 5.8).
 */
export async function signInWithAppToken(
  request: KeyRequest,
  signIn: AppTokenSignIn,
  deps: MakeKeyDeps,
): Promise<MadeKey> {
  const { http, signal } = deps;
  deps.onStage?.({ name: 'opening-widget-session' });
  const widgetKs = parseWidgetKs(
    await callApi(
      http,
      request.serviceUrl,
      'session.startWidgetSession',
      widgetParameters(signIn.partnerId, HASH_SESSION_LIFETIME),
      signal,
      [signIn.token],
    ),
  );

  let refusal: unknown;
  for (const [index, hash] of TOKEN_HASHES.entries()) {
    deps.onStage?.({ name: 'trying-hash', hash, attempt: index + 1, of: TOKEN_HASHES.length });
    const proof = { ks: widgetKs, tokenHash: tokenHash(hash, widgetKs, signIn.token) };
    try {
      const parameters = tokenParameters(request, signIn, proof);
      const answer = await callApi(http, request.serviceUrl, 'appToken.startSession', parameters, signal, [
        signIn.token,
      ]);
      return parseMadeKey(answer, [signIn.token, proof.ks, proof.tokenHash]);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'INVALID_APP_TOKEN_HASH') throw error;
      refusal = error;
    }
  }
  throw refusal;
}

function parseMadeKey(answer: unknown, sent: readonly Secret[]): MadeKey {
  const { ks, facts } = parseSessionInfo(answer, sent);
  if (ks === null) throw wrongShape();
  const ownFacts = factsInKey(ks, []);
  return ownFacts === null ? { ks, facts, confirmedBy: 'server' } : { ks, facts: ownFacts, confirmedBy: 'key' };
}
