import { secretsOf } from './advice/advice.js';
import { callApi } from './api-client.js';
import { type ContentId, lookUp } from './content-lookup.js';
import { valueIn } from './key-limits.js';
import type { KeyRequest, MadeKey, SignInMethod } from './key-request.js';
import { makeKey } from './make-key.js';
import type { MakeKeyDeps } from './making.js';

// The live lesson on entitlement: the same id is asked for once more, by a key that entitlement does not bind (facts 5.10).

/** Seconds: it is used once, and ended. */
const LIFETIME = 60;

const PRIVILEGE = 'disableentitlement';

/** Why no such key can be made from the credentials at hand. */
export type CannotReveal =
  /** The server drops the privilege without a word, unless it stands in the token itself. */
  | 'app-token'
  /** A one-time code serves once, and has served. */
  | 'one-time-code'
  /** The credentials are those of another account than the key’s. */
  | 'other-account';

/** Why a way to sign in does not lead to such a key, whatever the credentials; null where it does. */
export const cannotRevealBy = (method: SignInMethod): CannotReveal | null => (method === 'app-token' ? method : null);

/**
 * The request for a USER key of a minute that entitlement does not bind, and that can do nothing else that a USER key cannot.
 *
 * @param request what the credentials at hand make keys from. With a secret, one more key is made; with a login, that is one more login
 * @param partnerId the account of the key that did not find it; null where it is not known
 */
export function revealingRequest(
  request: KeyRequest,
  partnerId: number | null = null,
): { readonly request: KeyRequest } | { readonly cannot: CannotReveal } {
  const { signIn } = request;
  if (signIn.method === 'app-token') return { cannot: 'app-token' };
  if (signIn.method === 'login' && signIn.code !== null) return { cannot: 'one-time-code' };
  const own = signIn.partnerId ?? partnerId;
  if (partnerId !== null && own !== partnerId) return { cannot: 'other-account' };
  // A login without an account takes the one last used, which may be another than the key’s.
  const revealing = signIn.method === 'login' ? { ...signIn, partnerId: own } : signIn;
  return {
    request: { ...request, signIn: revealing, type: 'USER', userId: '', lifetime: LIFETIME, privileges: PRIVILEGE },
  };
}

export interface Revealed {
  /**
   * `not-there-either`: it does not exist, or is another account’s. `unknown`: not found, and the login may have made a key without the
   * privilege, for what is stored with its user wins over what is asked for (facts 4.3).
   */
  readonly verdict: 'hidden-by-entitlement' | 'not-there-either' | 'unknown';
  /** Its name, where it was found. */
  readonly name: string | null;
  /** Whether the key of a minute was ended at once; else it ends by itself. */
  readonly isEnded: boolean;
}

/**
 * Makes the key of `revealingRequest`, asks for the same id with it, and ends it.
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
  const isEnded = await end(made, request, deps);
  if (asked.status === 'rejected') throw asked.reason;
  const found = asked.value;
  if (found.found) return { verdict: 'hidden-by-entitlement', name: found.name, isEnded };
  return { verdict: isSurelyUnbound(made, request) ? 'not-there-either' : 'unknown', name: null, isEnded };
}

function isSurelyUnbound({ facts, confirmedBy }: MadeKey, { signIn }: KeyRequest): boolean {
  if (confirmedBy === null && signIn.method === 'login') return false;
  return facts.privileges !== null && valueIn(facts.privileges, PRIVILEGE) === '';
}

/** Once, and never again (facts 5.5). With a `sessionid`, which a login may bring along, other keys would end too. */
async function end({ ks, facts }: MadeKey, { serviceUrl }: KeyRequest, { http }: MakeKeyDeps): Promise<boolean> {
  if (valueIn(facts.privileges ?? '', 'sessionid') !== undefined) return false;
  try {
    await callApi(http, serviceUrl, 'session.end', { ks });
    return true;
  } catch {
    return false;
  }
}
