import { ApiError, callApi, NotKalturaError, urlOfAction } from '../api/client.js';
import { ConnectionError, type Http } from '../api/http.js';
import { addressesIn, allowsPath, lastValueOf, pathsIn } from '../privileges/limits.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';

/** What became of a key that was to be ended. */
export type RevokeReport =
  /** The server refuses it now: it was asked. */
  | { readonly outcome: 'ended' }
  /** The server took the order, and the proof could not be had. */
  | { readonly outcome: 'ended-unproved'; readonly why: ApiError | NotKalturaError | ConnectionError }
  /** There was nothing to end: its time was over, or it (or its group, or its app token) had been ended. */
  | { readonly outcome: 'already-ended'; readonly reason: 'EXPIRED' | 'LOGOUT' }
  /** The server took the order, and takes the key as well. */
  | { readonly outcome: 'still-works' }
  | { readonly outcome: 'refused'; readonly error: ApiError };

export interface RevokeCall {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly ks: Secret;
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Ends a key, and proves it (docs/kaltura-facts.md 5.5).
 *
 * The order is never repeated. The proof is `session.end` once more, on purpose: the server looks at the key before all else, so a key that has
 * ended is refused. Any other action would do for most keys; this one is also among the paths of a key with `urirestrict` that could be
 * ended at all (the server looks at the path before it looks up what was ended), it is open to every role, and no stored answer is given for it.
 *
 * @throws {ConnectionError} `session.end` was not answered; where `mayHaveArrived`, the key may have ended
 * @throws {NotKalturaError} what answered is not the API
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
    const isForeseen =
      error instanceof ApiError || error instanceof NotKalturaError || error instanceof ConnectionError;
    if (!isForeseen) throw error;
    return { outcome: 'ended-unproved', why: error };
  }
}

async function sendEnd({ http, serviceUrl, ks, signal }: RevokeCall): Promise<void> {
  const answer = await callApi(http, serviceUrl, 'session.end', { ks }, signal);
  // Nothing is what it answers with (recording 188). Whatever says something else has not ended a key.
  if (answer !== null) throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
}

/** The words for a key that can be read and is not valid, which stand in the place of the key (docs/kaltura-facts.md 4.2). */
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

/** What stops working together with a key that is ended, for 24 hours; keys that are made in that time too (docs/kaltura-facts.md 5.5). */
export type AlsoRevoked =
  | { readonly kind: 'alone' }
  /** Every key of the account with this `sessionid`. */
  | { readonly kind: 'group'; readonly sessionId: string }
  /** Every key of this app token. The token itself stays. */
  | { readonly kind: 'token'; readonly tokenId: string }
  /** The key cannot be read here. */
  | { readonly kind: 'unknown' };

/** Why ending a key comes to nothing. */
export type RevokeObstacle =
  /** It has ended by itself. */
  | { readonly kind: 'over'; readonly endedAt: number }
  /** Anyone can make one, so the server never looks up whether it was ended (docs/kaltura-facts.md 5.5, 5.7). */
  | { readonly kind: 'widget' }
  /** It may be used on these paths alone, and the one of `session.end` is not among them. */
  | { readonly kind: 'paths'; readonly paths: readonly string[] };

/** What may stand in the way: it depends on where from and how often the key is used. */
export type RevokeDoubt =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** Ending it is one of so many uses. */
  | { readonly kind: 'uses'; readonly limit: string };

export interface RevokePlan {
  readonly endsWith: AlsoRevoked;
  readonly obstacle: RevokeObstacle | null;
  readonly doubts: readonly RevokeDoubt[];
}

/** Of the address, `urirestrict` looks at the path alone. */
const END_URL = urlOfAction('https://any', 'session.end');

/**
 * What ending a key will do, as far as it can be told beforehand (docs/kaltura-facts.md 2.3, 5.5).
 *
 * @param facts null where the key cannot be read
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

/** The `sessionid` of all keys that end together; null where there is none, or it is not known. */
export function groupOf(endsWith: AlsoRevoked): string | null {
  if (endsWith.kind === 'token') return endsWith.tokenId;
  return endsWith.kind === 'group' ? endsWith.sessionId : null;
}

/** The first value of a privilege, which is the one that the server takes of several (docs/kaltura-facts.md 5.5); '' where there is none. */
function firstValueOf(privileges: string, name: string): string {
  const [, value = ''] = privilegePairs(privileges).find(([other]) => other === name) ?? [];
  return value.split('/')[0] ?? '';
}

function obstacle(facts: KeyFacts | null, now: number): RevokeObstacle | null {
  if (facts === null) return null;
  if (facts.expiresAt !== null && facts.expiresAt <= now) return { kind: 'over', endedAt: facts.expiresAt };
  if (isWidgetKey(facts)) return { kind: 'widget' };
  const paths = pathsIn(facts.privileges ?? '');
  return paths === null || allowsPath(paths, END_URL) ? null : { kind: 'paths', paths };
}

/** As the server tells a widget session: USER, nobody in particular, and this text anywhere in the privileges (docs/kaltura-facts.md 1.7). */
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
