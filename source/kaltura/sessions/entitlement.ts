import { ApiError, callApi } from '../api/client.js';
import type { CallDeps } from '../api/http.js';
import { type PlannedCall, plannedWithKey } from '../api/planned-calls.js';
import { lastValueOf } from '../privileges/limits.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import type { ContentId } from './content-lookup.js';

const FEATURE = 'FEATURE_ENTITLEMENT';

/** The privilege that bypasses entitlement for the whole account. */
export const BYPASS = 'disableentitlement';

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
  { http, signal }: CallDeps,
): Promise<boolean | null> {
  try {
    const account = await callApi(http, serviceUrl, 'partner.getInfo', { ks }, signal);
    const byDefault = fieldOf(account, 'defaultEntitlementEnforcement');
    if (byDefault !== true) return byDefault === false ? false : null;
    const permission = await callApi(http, serviceUrl, 'permission.get', { ks, permissionName: FEATURE }, signal);
    const status = fieldOf(permission, 'status');
    // 1 is active.
    return typeof status === 'number' ? status === 1 : null;
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

/**
 * Returns whether these privileges bypass entitlement for this content, so that "not found" means that it doesn't
 * exist (docs/kaltura-facts.md 5.10). Follows the server: lower case, no value, and `enableentitlement` wins.
 */
export function bypassesEntitlement(privileges: string, { kind, id }: ContentId): boolean {
  if (requestsEntitlement(privileges)) return false;
  if (lastValueOf(privileges, BYPASS) === '') return true;
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
  /** Remove `privacycontext`: it hides content without this context. */
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
      privileges: BYPASS,
      forLists: type === 'ADMIN' ? null : `list:*,${BYPASS}`,
    },
  ];
}
