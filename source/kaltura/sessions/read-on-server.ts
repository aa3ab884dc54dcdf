import { ApiError, callApi } from '../api/client.js';
import type { CallDeps } from '../api/http.js';
import { parseSessionInfo } from '../api/responses.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { type InvalidKeyReason, invalidKeyReason } from './end.js';

/** The key is valid, but its restrictions reject this call. */
type RestrictionReason = Extract<InvalidKeyReason, 'EXCEEDED_RESTRICTED_IP' | 'EXCEEDED_RESTRICTED_URI'>;

/** The server's answer about a key. */
export type KeyAnswer =
  | { readonly answer: 'facts'; readonly facts: KeyFacts }
  /**
   * The server forbids the call: usually the key is valid, and is a USER key or has a narrow role (docs/kaltura-facts.md 3.2). A call
   * without a key gets the same answer (4.2).
   */
  | { readonly answer: 'forbidden' }
  /** The signature is valid, but the key has expired or is revoked. */
  | { readonly answer: 'ended'; readonly reason: Exclude<InvalidKeyReason, RestrictionReason> }
  /** The signature is valid, but the key's restrictions reject calls from this address or to this path. */
  | { readonly answer: 'held-back'; readonly reason: RestrictionReason }
  /**
   * The server cannot read it: it is damaged, belongs to an account on another server, or is not signed with the
   * account’s Administrator Secret.
   */
  | { readonly answer: 'refused' };

const isRestriction = (reason: InvalidKeyReason): reason is RestrictionReason =>
  reason === 'EXCEEDED_RESTRICTED_IP' || reason === 'EXCEEDED_RESTRICTED_URI';

/**
 * Reads the facts about a key with `session.get` and the key itself (docs/kaltura-facts.md 3.2, 4.2). Uses one call of
 * a key with `actionslimit`.
 *
 * @param serviceUrl without `/api_v3`
 * @throws {ApiError} if the server rejects something other than the key: the account, the role or the network
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function readKeyOnServer(serviceUrl: string, ks: Secret, { http, signal }: CallDeps): Promise<KeyAnswer> {
  try {
    const answer = await callApi(http, serviceUrl, 'session.get', { ks }, signal);
    return { answer: 'facts', facts: parseSessionInfo(answer, [ks]).facts };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'SERVICE_FORBIDDEN') return { answer: 'forbidden' };
    if (error.code !== 'INVALID_KS') throw error;
    const reason = invalidKeyReason(error);
    if (reason === null) return { answer: 'refused' };
    return isRestriction(reason) ? { answer: 'held-back', reason } : { answer: 'ended', reason };
  }
}
