import type { Http } from '../kaltura/api/http.js';
import { type DeleteReport, deleteAppToken } from '../kaltura/app-tokens/manage.js';
import type { Secret } from '../kaltura/secret.js';
import { groupOf, planRevoke, type RevokeReport, revokeKey } from '../kaltura/sessions/end.js';
import type { KeyFacts } from '../kaltura/sign-in/key-request.js';
import type { RevokedKey } from '../profiles/drop-revoked-keys.js';

export interface EndKeyDeps {
  readonly http: Http;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Where the key is used to end something. */
interface KeyOnServer extends Pick<RevokedKey, 'serviceUrl' | 'isPractice'> {
  readonly ks: Secret;
}

/** The server's result, and which keys have ended with it: remove them from the profiles that saved them. */
export interface RevokeResult<Report> {
  readonly report: Report;
  /** null if nothing has ended. */
  readonly revoked: RevokedKey | null;
}

/**
 * Revokes a key and verifies the result.
 *
 * @param key `fromProfile` names the profile that it was read from
 * @throws what `revokeKey` throws
 */
export async function endKey(
  key: KeyOnServer & Pick<RevokedKey, 'fromProfile'> & { readonly facts: KeyFacts | null },
  { http, now, signal }: EndKeyDeps,
): Promise<RevokeResult<RevokeReport>> {
  const { ks, facts, serviceUrl, isPractice, fromProfile } = key;
  const report = await revokeKey({ serviceUrl, ks, http, signal });
  if (report.outcome !== 'ended' && report.outcome !== 'already-ended') return { report, revoked: null };
  // A key that had ended before may have ended alone, by its expiry.
  const sessionId = report.outcome === 'ended' ? groupOf(planRevoke(facts, now() / 1000).endsWith) : null;
  return {
    report,
    revoked: { ks, fromProfile, sessionId, partnerId: facts?.partnerId ?? null, serviceUrl, isPractice },
  };
}

/**
 * Deletes an app token, which ends all keys that were created from it, and verifies the result.
 *
 * @param partnerId the account of the token
 * @throws what `deleteAppToken` throws
 */
export async function deleteTokenAndKeys(
  id: string,
  partnerId: number | null,
  { ks, serviceUrl, isPractice }: KeyOnServer,
  { http, signal }: EndKeyDeps,
): Promise<RevokeResult<DeleteReport>> {
  const report = await deleteAppToken(serviceUrl, ks, id, { http, signal });
  const revoked = { ks: null, fromProfile: null, sessionId: id, partnerId, serviceUrl, isPractice };
  return { report, revoked: report.outcome === 'deleted' ? revoked : null };
}
