import { ApiError, callApi } from '../api/client.js';
import type { PlannedCall } from '../api/planned-calls.js';
import { secretsOf } from '../diagnosis/diagnosis.js';
import { lastValueOf } from '../privileges/limits.js';
import type { Secret } from '../secret.js';
import type { KeyFacts, KeyRequest, MadeKey, MakeKeyDeps } from '../sign-in/key-request.js';
import type { SignInMethod } from '../sign-in/key-spec.js';
import { makeKey } from '../sign-in/make-key.js';
import { plannedWithKey } from './check-call.js';
import { type ContentId, type LookUpDeps, lookUp } from './content-lookup.js';

const FEATURE = 'FEATURE_ENTITLEMENT';

/**
 * Returns whether the account enforces entitlement by default (docs/kaltura-facts.md 5.10). Usually only an ADMIN key
 * can read this. One of the two answers contains the account’s secrets: only one field of it is used.
 *
 * @returns null if the key is not allowed to read this, or the answer doesn't say
 * @throws {ApiError} for any other rejection
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
    // The object doesn't exist in accounts without the feature.
    if (error.code === 'INVALID_OBJECT_ID' && error.args['ID'] === FEATURE) return false;
    throw error;
  }
}

/** Lists the calls of `isEntitlementEnforced`. */
export const plannedEnforcement = (serviceUrl: string): readonly PlannedCall[] => [
  plannedWithKey(serviceUrl, 'partner.getInfo', 'asks whether entitlement is enforced'),
  plannedWithKey(serviceUrl, 'permission.get', 'asks whether the account has entitlement', { permissionName: FEATURE }),
];

const fieldOf = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;

function enforcementIn(account: unknown): boolean | null {
  const value = fieldOf(account, 'defaultEntitlementEnforcement');
  return typeof value === 'boolean' ? value : null;
}

/** Returns whether a permission is active. */
const isActive = (permission: unknown): boolean | null => {
  const status = fieldOf(permission, 'status');
  return typeof status === 'number' ? status === 1 : null;
};

/**
 * Returns whether these privileges bypass entitlement for this content, so that "not found" means that it doesn't
 * exist (docs/kaltura-facts.md 5.10). Follows the server: lower case, no value, and `enableentitlement` wins.
 */
export function bypassesEntitlement(privileges: string, { kind, id }: ContentId): boolean {
  if (requestsEntitlement(privileges)) return false;
  if (lastValueOf(privileges, 'disableentitlement') === '') return true;
  return kind === 'entry' && lastValueOf(privileges, 'disableentitlementforentry')?.split('/').includes(id) === true;
}

/** Returns whether the key asks for entitlement, even if the account doesn't enforce it by default. */
export const requestsEntitlement = (privileges: string): boolean =>
  lastValueOf(privileges, 'enableentitlement') !== undefined;

/** Returns the `privacycontext` of a key, with its value; null if it has none. */
export function contextIn(privileges: string | null): string | null {
  const value = privileges === null ? undefined : lastValueOf(privileges, 'privacycontext');
  return value === undefined ? null : `privacycontext:${value}`;
}

/** A change of its privileges that lets a key see hidden content. */
export type RevealOption =
  /** Without this privilege of the key, which itself hides content without its context. */
  | { readonly kind: 'without-context'; readonly privileges: string }
  /** Shows only this entry and its parents. */
  | { readonly kind: 'this-entry'; readonly privileges: string }
  /**
   * The key’s user becomes a member, and the key names the privacy context. Categories without a context then
   * disappear.
   */
  | { readonly kind: 'membership'; readonly privileges: string }
  /** Shows everything in the account. `forLists` is what a USER key also needs for lists. */
  | { readonly kind: 'whole-account'; readonly privileges: string; readonly forLists: string | null };

/**
 * Lists the privileges that let a key find this content, narrowest first (docs/kaltura-facts.md 5.10).
 *
 * @param facts the type and the privileges of the key; null if unknown
 */
export function findRevealOptions(
  { kind, id }: ContentId,
  { type, privileges }: Pick<KeyFacts, 'type' | 'privileges'>,
): readonly RevealOption[] {
  const context = contextIn(privileges);
  return [
    ...(context === null ? [] : [{ kind: 'without-context', privileges: context } as const]),
    ...(kind === 'entry' ? [{ kind: 'this-entry', privileges: `disableentitlementforentry:${id}` } as const] : []),
    ...(context === null ? [{ kind: 'membership', privileges: 'privacycontext:<label>' } as const] : []),
    {
      kind: 'whole-account',
      privileges: 'disableentitlement',
      forLists: type === 'ADMIN' ? null : 'list:*,disableentitlement',
    },
  ];
}

// Tests entitlement: looks up the same ID again with a key that bypasses entitlement (docs/kaltura-facts.md 5.10).

/** Lifetime in seconds. The key is used once and then revoked. */
const LIFETIME = 60;

const PRIVILEGE = 'disableentitlement';

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
  partnerId: number | null = null,
): { readonly request: KeyRequest } | { readonly cannot: CannotReveal } {
  const { signIn } = request;
  if (signIn.method === 'app-token') return { cannot: 'app-token' };
  if (signIn.method === 'login' && signIn.code !== null) return { cannot: 'one-time-code' };
  const own = signIn.partnerId ?? partnerId;
  if (partnerId !== null && own !== partnerId) return { cannot: 'other-account' };
  // A login without a partner ID uses the account last used, which may differ from the key’s.
  const revealing = signIn.method === 'login' ? { ...signIn, partnerId: own } : signIn;
  return {
    request: { ...request, signIn: revealing, type: 'USER', userId: '', lifetime: LIFETIME, privileges: PRIVILEGE },
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
  readonly isEnded: boolean;
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

/**
 * Revokes the key, without a retry (docs/kaltura-facts.md 5.5). Skips keys with a `sessionid`, which a login can add,
 * because other keys would be revoked too.
 */
async function end({ ks, facts }: MadeKey, { serviceUrl }: KeyRequest, { http }: MakeKeyDeps): Promise<boolean> {
  if (lastValueOf(facts.privileges ?? '', 'sessionid') !== undefined) return false;
  try {
    await callApi(http, serviceUrl, 'session.end', { ks });
    return true;
  } catch {
    return false;
  }
}
