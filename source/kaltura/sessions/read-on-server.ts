import { ApiError, callApi } from '../api/client.js';
import type { Http } from '../api/http.js';
import { parseSessionInfo } from '../api/responses.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { type InvalidKeyReason, invalidKeyReason } from './end.js';

/** It works, but not for this question from here. */
type RestrictionReason = Extract<InvalidKeyReason, 'EXCEEDED_RESTRICTED_IP' | 'EXCEEDED_RESTRICTED_URI'>;

/** What the server says of a key that is shown to it. */
export type KeyAnswer =
  | { readonly answer: 'facts'; readonly facts: KeyFacts }
  /** The key is right and lives. The server tells what it is to ADMIN keys alone, unless a role says otherwise (docs/kaltura-facts.md 3.2). */
  | { readonly answer: 'user-key' }
  /** The key is right, and over. */
  | { readonly answer: 'ended'; readonly reason: Exclude<InvalidKeyReason, RestrictionReason> }
  /** The key is right and may well live; its own privileges do not let it be asked from here, or not this. */
  | { readonly answer: 'held-back'; readonly reason: RestrictionReason }
  /** The server cannot read it: damaged, of an account elsewhere, or not signed with the account's admin secret. */
  | { readonly answer: 'refused' };

const isRestriction = (reason: InvalidKeyReason): reason is RestrictionReason =>
  reason === 'EXCEEDED_RESTRICTED_IP' || reason === 'EXCEEDED_RESTRICTED_URI';

/**
 * Asks the server what a key is, by `session.get` with the key itself (docs/kaltura-facts.md 3.2, 4.2). It counts as one request of a key with `actionslimit`.
 *
 * @param serviceUrl without `/api_v3`
 * @throws {ApiError} the server said no to something else than the key: the account, the role, the network
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function readKeyOnServer(
  serviceUrl: string,
  ks: Secret,
  { http, signal }: { readonly http: Http; readonly signal?: AbortSignal | undefined },
): Promise<KeyAnswer> {
  try {
    const answer = await callApi(http, serviceUrl, 'session.get', { ks }, signal);
    return { answer: 'facts', facts: parseSessionInfo(answer, [ks]).facts };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'SERVICE_FORBIDDEN') return { answer: 'user-key' };
    if (error.code !== 'INVALID_KS') throw error;
    const reason = invalidKeyReason(error);
    if (reason === null) return { answer: 'refused' };
    return isRestriction(reason) ? { answer: 'held-back', reason } : { answer: 'ended', reason };
  }
}
