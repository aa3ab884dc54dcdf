import { ApiError, callApi, urlOfAction, wrongShape } from '../api/client.js';
import { isRequestError, type RequestError } from '../api/errors.js';
import type { CallDeps } from '../api/http.js';
import { addressesIn, allowsPath, lastValueOf, pathsIn } from '../privileges/limits.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';

/** The result of revoking a key. */
export type RevokeReport =
  /** Revoked: the server rejected the key in a second call. */
  | { readonly outcome: 'ended' }
  /** The server accepted the call, but the result could not be verified. */
  | { readonly outcome: 'ended-unproved'; readonly why: RequestError }
  /** Nothing to revoke: the key had expired, or the key, its group or its app token was already revoked. */
  | { readonly outcome: 'already-ended'; readonly reason: 'EXPIRED' | 'LOGOUT' }
  /** The server accepted the call and still accepts the key. */
  | { readonly outcome: 'still-works' }
  | { readonly outcome: 'refused'; readonly error: ApiError };

export interface RevokeCall extends CallDeps {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly ks: Secret;
}

/**
 * Revokes a key and verifies the result (docs/kaltura-facts.md 5.5).
 *
 * Never retries the first call. To verify, it deliberately calls `session.end` again: the server checks the key first,
 * so it rejects a revoked key. This action works for every role and for every `urirestrict` that allows revoking at
 * all (the server checks the path before it checks for revocation), and its answers are never cached.
 *
 * @throws {ConnectionError} if `session.end` gets no answer. If `mayHaveArrived` is true, the key may be revoked
 * @throws {NotKalturaError} if the answer is not from the API
 */
export async function revokeKey(call: RevokeCall): Promise<RevokeReport> {
  try {
    await sendEnd(call);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = invalidKeyReason(error);
    return reason === 'EXPIRED' || reason === 'LOGOUT'
      ? { outcome: 'already-ended', reason }
      : { outcome: 'refused', error };
  }
  return verifyRevoked(call);
}

async function verifyRevoked(call: RevokeCall): Promise<RevokeReport> {
  try {
    await sendEnd(call);
    return { outcome: 'still-works' };
  } catch (error) {
    if (error instanceof ApiError) {
      const reason = invalidKeyReason(error);
      if (reason === 'LOGOUT' || reason === 'EXPIRED') return { outcome: 'ended' };
    }
    if (!isRequestError(error)) throw error;
    return { outcome: 'ended-unproved', why: error };
  }
}

async function sendEnd({ http, serviceUrl, ks, signal }: RevokeCall): Promise<void> {
  const answer = await callApi(http, serviceUrl, 'session.end', { ks }, signal);
  // The API answers with null (recording 188). Any other answer did not revoke a key.
  if (answer !== null) throw wrongShape();
}

/** The server's reasons for rejecting a readable key, sent in place of the key (docs/kaltura-facts.md 4.2). */
const REASONS = [
  'EXPIRED',
  'LOGOUT',
  'EXCEEDED_ACTIONS_LIMIT',
  'EXCEEDED_RESTRICTED_IP',
  'EXCEEDED_RESTRICTED_URI',
] as const;

export type InvalidKeyReason = (typeof REASONS)[number];

/** Returns whether the key may be revoked in spite of the error, because the server failed while it worked on the call. */
export const isEndUncertain = ({ code }: ApiError): boolean => code.startsWith('INTERNAL_');

/** Returns why the server rejects a readable key; null for any other error or an unreadable key. */
export function invalidKeyReason({ code, args }: ApiError): InvalidKeyReason | null {
  if (code !== 'INVALID_KS') return null;
  return REASONS.find((reason) => args['KSID'] === reason || args['ERR_DESC'] === reason) ?? null;
}

/**
 * What stops working together with a revoked key, for at least 24 hours. This includes keys created during that time
 * (docs/kaltura-facts.md 5.5).
 */
export type AlsoRevoked =
  | { readonly kind: 'alone' }
  /** Every key of the account with this `sessionid`. */
  | { readonly kind: 'group'; readonly sessionId: string }
  /** Every key of this app token, and every key that is made from it later: the token is out of action. */
  | { readonly kind: 'token'; readonly tokenId: string }
  /** The key cannot be read here. */
  | { readonly kind: 'unknown' };

/** Why revoking a key has no effect. */
export type RevokeObstacle =
  /** The key has expired. */
  | { readonly kind: 'over' }
  /**
   * Anyone can create such a key, so the server never checks whether it is revoked (docs/kaltura-facts.md 5.5, 5.7).
   */
  | { readonly kind: 'widget' }
  /** The key works only on these paths, which do not include `session.end`. */
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /** The server refuses every call with the key, because its `actionslimit` is 0, negative or text (docs/kaltura-facts.md 2.3). */
  | { readonly kind: 'limit'; readonly limit: string };

/** Why revoking can fail, depending on where and how often the key is used. */
export type RevokeDoubt =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** Revoking uses one of the allowed calls. */
  | { readonly kind: 'uses'; readonly limit: string };

export interface RevokePlan {
  readonly endsWith: AlsoRevoked;
  readonly obstacle: RevokeObstacle | null;
  readonly doubts: readonly RevokeDoubt[];
}

/** `urirestrict` compares only the path of a URL. */
const END_URL = urlOfAction('https://any', 'session.end');

/**
 * Predicts the effect of revoking a key (docs/kaltura-facts.md 2.3, 5.5).
 *
 * @param facts null if the key cannot be read
 * @param now epoch seconds
 */
export function planRevoke(facts: KeyFacts | null, now: number): RevokePlan {
  return { endsWith: endsWith(facts), obstacle: obstacle(facts, now), doubts: doubts(facts) };
}

function endsWith(facts: KeyFacts | null): AlsoRevoked {
  if (facts === null || facts.privileges === null) return { kind: 'unknown' };
  const sessionId = firstValueOf(facts.privileges, 'sessionid');
  if (sessionId === '') return { kind: 'alone' };
  return firstValueOf(facts.privileges, 'apptoken') === sessionId
    ? { kind: 'token', tokenId: sessionId }
    : { kind: 'group', sessionId };
}

/** Returns the `sessionid` of the keys that are revoked together; null if there is none or it is unknown. */
export function groupOf(endsWith: AlsoRevoked): string | null {
  if (endsWith.kind === 'token') return endsWith.tokenId;
  return endsWith.kind === 'group' ? endsWith.sessionId : null;
}

/**
 * Returns the first value of a privilege, which the server uses here (docs/kaltura-facts.md 5.5); '' if there is none.
 */
function firstValueOf(privileges: string, name: string): string {
  const [, value = ''] = privilegePairs(privileges).find(([other]) => other === name) ?? [];
  return value.split('/')[0] ?? '';
}

function obstacle(facts: KeyFacts | null, now: number): RevokeObstacle | null {
  if (facts === null) return null;
  if (facts.expiresAt !== null && facts.expiresAt <= now) return { kind: 'over' };
  if (isWidgetKey(facts)) return { kind: 'widget' };
  const limit = lastValueOf(facts.privileges ?? '', 'actionslimit');
  if (limit !== undefined && !/^\+?\d*[1-9]/.test(limit)) return { kind: 'limit', limit };
  const paths = pathsIn(facts.privileges ?? '');
  return paths === null || allowsPath(paths, END_URL) ? null : { kind: 'paths', paths };
}

/**
 * Detects a widget session like the server: USER, no user, and this text anywhere in the privileges
 * (docs/kaltura-facts.md 1.7).
 */
const isWidgetKey = ({ type, userId, privileges }: KeyFacts): boolean =>
  type === 'USER' && (userId === '' || userId === '0') && (privileges ?? '').includes('widget:1');

function doubts(facts: KeyFacts | null): readonly RevokeDoubt[] {
  const privileges = facts?.privileges ?? '';
  const addresses = addressesIn(privileges);
  const limit = lastValueOf(privileges, 'actionslimit');
  return [
    ...(addresses === null ? [] : [{ kind: 'addresses' as const, addresses }]),
    ...(limit === undefined ? [] : [{ kind: 'uses' as const, limit }]),
  ];
}
