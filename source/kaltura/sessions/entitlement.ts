import { ApiError, callApi } from '../api/client.js';
import { secretsOf } from '../diagnosis/advice.js';
import type { SessionType } from '../ks/fields.js';
import { lastValueOf } from '../privileges/limits.js';
import type { Secret } from '../secret.js';
import type { KeyRequest, MadeKey, MakeKeyDeps, SignInMethod } from '../sign-in/key-request.js';
import { makeKey } from '../sign-in/make-key.js';
import { type ContentId, type LookUpDeps, lookUp } from './content-lookup.js';

const FEATURE = 'FEATURE_ENTITLEMENT';

/**
 * Whether the account enforces entitlement by default (docs/kaltura-facts.md 5.10). Only an ADMIN key may ask, as a rule. One of the two answers holds
 * the account’s secrets: one field is taken of it, and the rest is dropped here.
 *
 * @returns null where the key may not ask, or the server does not say
 * @throws {ApiError} any other refusal
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function isEntitlementEnforced(
  serviceUrl: string,
  ks: Secret,
  { http, signal }: LookUpDeps,
): Promise<boolean | null> {
  try {
    const byDefault = enforcementIn(await callApi(http, serviceUrl, 'partner.getInfo', { ks }, signal));
    if (byDefault !== true) return byDefault;
    const permission = { ks, permissionName: FEATURE };
    return isActive(await callApi(http, serviceUrl, 'permission.get', permission, signal));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'SERVICE_FORBIDDEN') return null;
    // An account without the feature does not have the object.
    if (error.code === 'INVALID_OBJECT_ID' && error.args['ID'] === FEATURE) return false;
    throw error;
  }
}

const fieldOf = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;

function enforcementIn(account: unknown): boolean | null {
  const value = fieldOf(account, 'defaultEntitlementEnforcement');
  return typeof value === 'boolean' ? value : null;
}

/** Whether a permission is switched on. */
const isActive = (permission: unknown): boolean | null => {
  const status = fieldOf(permission, 'status');
  return typeof status === 'number' ? status === 1 : null;
};

/**
 * Whether entitlement cannot hide this from a key with these privileges: then what it does not find is not there (docs/kaltura-facts.md 5.10). Exactly as
 * the server reads them: in lower case, without a value, and `enableentitlement` wins.
 */
export function bypassesEntitlement(privileges: string, { kind, id }: ContentId): boolean {
  if (requestsEntitlement(privileges)) return false;
  if (lastValueOf(privileges, 'disableentitlement') === '') return true;
  return kind === 'entry' && lastValueOf(privileges, 'disableentitlementforentry')?.split('/').includes(id) === true;
}

/** Whether the key is bound even where the account enforces nothing by default. */
export const requestsEntitlement = (privileges: string): boolean =>
  lastValueOf(privileges, 'enableentitlement') !== undefined;

/** What lets a key see what entitlement hides. */
export type RevealOption =
  /** This entry and its parents, and nothing else. */
  | { readonly kind: 'this-entry'; readonly privileges: string }
  /** The key’s user becomes a member, and the key names the privacy context; categories without one disappear then. */
  | { readonly kind: 'membership'; readonly privileges: string }
  /** Everything in the account. `forLists`: what a USER key needs to see it in lists too. */
  | { readonly kind: 'whole-account'; readonly privileges: string; readonly forLists: string | null };

/**
 * What may be given to a key so that it finds this, the narrowest first (docs/kaltura-facts.md 5.10).
 *
 * @param type of the key; null where it is not known
 */
export function findRevealOptions({ kind, id }: ContentId, type: SessionType | null): readonly RevealOption[] {
  return [
    ...(kind === 'entry' ? [{ kind: 'this-entry', privileges: `disableentitlementforentry:${id}` } as const] : []),
    { kind: 'membership', privileges: 'privacycontext:<label>' },
    {
      kind: 'whole-account',
      privileges: 'disableentitlement',
      forLists: type === 'ADMIN' ? null : 'list:*,disableentitlement',
    },
  ];
}

// The live lesson on entitlement: the same id is asked for once more, by a key that entitlement does not bind (docs/kaltura-facts.md 5.10).

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
   * privilege, for what is stored with its user wins over what is asked for (docs/kaltura-facts.md 4.3).
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
  return { verdict: isPrivilegeConfirmed(made, request) ? 'not-there-either' : 'unknown', name: null, isEnded };
}

function isPrivilegeConfirmed({ facts, confirmedBy }: MadeKey, { signIn }: KeyRequest): boolean {
  if (confirmedBy === null && signIn.method === 'login') return false;
  return facts.privileges !== null && lastValueOf(facts.privileges, PRIVILEGE) === '';
}

/** Once, and never again (docs/kaltura-facts.md 5.5). With a `sessionid`, which a login may bring along, other keys would end too. */
async function end({ ks, facts }: MadeKey, { serviceUrl }: KeyRequest, { http }: MakeKeyDeps): Promise<boolean> {
  if (lastValueOf(facts.privileges ?? '', 'sessionid') !== undefined) return false;
  try {
    await callApi(http, serviceUrl, 'session.end', { ks });
    return true;
  } catch {
    return false;
  }
}
