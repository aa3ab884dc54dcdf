import { callApi } from '../api/client.js';
import { lastValueOf } from '../privileges/limits.js';
import { type KeyRequest, type MadeKey, type MakeKeyDeps, secretsOf } from '../sign-in/key-request.js';
import type { SignInMethod } from '../sign-in/key-spec.js';
import { makeKey } from '../sign-in/make-key.js';
import { type ContentId, lookUp } from './content-lookup.js';
import { BYPASS } from './entitlement.js';

/** Finds out whether entitlement hides content: looks it up again with a key that bypasses entitlement (docs/kaltura-facts.md 5.10). */

/** Lifetime in seconds. The key is used once and then revoked. */
const LIFETIME = 60;

/** Why the available credentials can't create such a key. */
export type CannotReveal =
  /** The server silently drops the privilege unless the token itself has it. */
  | 'app-token'
  /** The one-time code was already used. */
  | 'one-time-code'
  /** The credentials belong to a different account than the key. */
  | 'other-account';

/** Returns why a sign-in method can never create such a key; null if it can. */
export const cannotRevealBy = (method: SignInMethod): CannotReveal | null => (method === 'app-token' ? method : null);

/**
 * Returns the request for a one-minute USER key that bypasses entitlement and has no other extra permission.
 *
 * @param request the available credentials. A secret creates one more key; a login counts as one more login
 * @param partnerId the account of the key that didn't find the content; null if unknown
 */
export function revealingRequest(
  request: KeyRequest,
  partnerId: number | null,
): { readonly request: KeyRequest } | { readonly cannot: CannotReveal } {
  const { signIn } = request;
  if (signIn.method === 'app-token') return { cannot: 'app-token' };
  if (signIn.method === 'login' && signIn.code !== null) return { cannot: 'one-time-code' };
  const own = signIn.partnerId ?? partnerId;
  if (partnerId !== null && own !== partnerId) return { cannot: 'other-account' };
  // A login without a partner ID uses the account last used, which may differ from the key’s.
  const revealing = signIn.method === 'login' ? { ...signIn, partnerId: own } : signIn;
  return {
    request: { ...request, signIn: revealing, type: 'USER', userId: '', lifetime: LIFETIME, privileges: BYPASS },
  };
}

export interface Revealed {
  /**
   * `not-there-either`: it doesn't exist or belongs to another account. `unknown`: not found, but the login's key may
   * lack the privilege, because privileges stored with its user override the request (docs/kaltura-facts.md 4.3).
   */
  readonly verdict: 'hidden-by-entitlement' | 'not-there-either' | 'unknown';
  /** The name, if the content was found. */
  readonly name: string | null;
  /** Whether the one-minute key was revoked; otherwise it expires. */
  readonly isRevoked: boolean;
}

/**
 * Creates the key of `revealingRequest`, looks up the content with it, and revokes it.
 *
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function revealHidden(request: KeyRequest, id: ContentId, deps: MakeKeyDeps): Promise<Revealed> {
  const made = await makeKey(request, deps);
  const [asked] = await Promise.allSettled([
    lookUp(request.serviceUrl, made.ks, id, { ...deps, secrets: secretsOf(request) }),
  ]);
  const isRevoked = await revoke(made, request, deps);
  if (asked.status === 'rejected') throw asked.reason;
  const found = asked.value;
  if (found.found) return { verdict: 'hidden-by-entitlement', name: found.name, isRevoked };
  return { verdict: isPrivilegeConfirmed(made, request) ? 'not-there-either' : 'unknown', name: null, isRevoked };
}

function isPrivilegeConfirmed({ facts, confirmedBy }: MadeKey, { signIn }: KeyRequest): boolean {
  if (confirmedBy === null && signIn.method === 'login') return false;
  return facts.privileges !== null && lastValueOf(facts.privileges, BYPASS) === '';
}

/**
 * Revokes the key, without a retry (docs/kaltura-facts.md 5.5). Skips keys with a `sessionid`, which a login can add,
 * because other keys would be revoked too.
 */
async function revoke({ ks, facts }: MadeKey, { serviceUrl }: KeyRequest, { http }: MakeKeyDeps): Promise<boolean> {
  if (lastValueOf(facts.privileges ?? '', 'sessionid') !== undefined) return false;
  try {
    await callApi(http, serviceUrl, 'session.end', { ks });
    return true;
  } catch {
    return false;
  }
}
