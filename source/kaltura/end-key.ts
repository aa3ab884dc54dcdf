import { ApiError, callApi, NotKalturaError } from './api-client.js';
import type { Http } from './http.js';
import { ConnectionError } from './http.js';
import type { Secret } from './secret.js';

export { type EndDoubt, type EndObstacle, type EndPlan, type EndsWith, groupOf, planEnd } from './end-plan.js';

/** What became of a key that was to be ended. */
export type EndReport =
  /** The server refuses it now: it was asked. */
  | { readonly outcome: 'ended' }
  /** The server took the order, and the proof could not be had. */
  | { readonly outcome: 'ended-unproved'; readonly why: ApiError | NotKalturaError | ConnectionError }
  /** There was nothing to end: its time was over, or it (or its group, or its app token) had been ended. */
  | { readonly outcome: 'already-ended'; readonly reason: 'EXPIRED' | 'LOGOUT' }
  /** The server took the order, and takes the key as well. */
  | { readonly outcome: 'still-works' }
  | { readonly outcome: 'refused'; readonly error: ApiError };

export interface EndCall {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly ks: Secret;
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Ends a key, and proves it (facts 5.5).
 *
 * The order is never repeated. The proof is `session.end` once more, on purpose: the server looks at the key before all else, so a key that has
 * ended is refused. Any other action would do for most keys; this one is also among the paths of a key with `urirestrict` that could be
 * ended at all (the server looks at the path before it looks up what was ended), it is open to every role, and no stored answer is given for it.
 *
 * @throws {ConnectionError} `session.end` was not answered; where `mayHaveArrived`, the key may have ended
 * @throws {NotKalturaError} what answered is not the API
 */
export async function endKey(call: EndCall): Promise<EndReport> {
  try {
    await sendEnd(call);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = invalidKeyReason(error);
    return reason === 'EXPIRED' || reason === 'LOGOUT'
      ? { outcome: 'already-ended', reason }
      : { outcome: 'refused', error };
  }
  return prove(call);
}

async function prove(call: EndCall): Promise<EndReport> {
  try {
    await sendEnd(call);
    return { outcome: 'still-works' };
  } catch (error) {
    if (error instanceof ApiError) {
      const reason = invalidKeyReason(error);
      if (reason === 'LOGOUT' || reason === 'EXPIRED') return { outcome: 'ended' };
    }
    const isForeseen =
      error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
    if (!isForeseen) throw error;
    return { outcome: 'ended-unproved', why: error };
  }
}

async function sendEnd({ http, serviceUrl, ks, signal }: EndCall): Promise<void> {
  const answer = await callApi(http, serviceUrl, 'session.end', { ks }, signal);
  // Nothing is what it answers with (recording 188). Whatever says something else has not ended a key.
  if (answer !== null) throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
}

/** The words for a key that can be read and is not valid, which stand in the place of the key (facts 4.2). */
const REASONS = [
  'EXPIRED',
  'LOGOUT',
  'EXCEEDED_ACTIONS_LIMIT',
  'EXCEEDED_RESTRICTED_IP',
  'EXCEEDED_RESTRICTED_URI',
] as const;

export type InvalidKeyReason = (typeof REASONS)[number];

/** Why the server refuses a key that it can read; null for any other error, and where it cannot read it. */
export function invalidKeyReason({ code, args }: ApiError): InvalidKeyReason | null {
  if (code !== 'INVALID_KS') return null;
  return REASONS.find((reason) => args['KSID'] === reason || args['ERR_DESC'] === reason) ?? null;
}
