import { ApiError, callApi } from './api-client.js';
import type { ContentId, LookUpDeps } from './content-lookup.js';
import { valueIn } from './key-limits.js';
import type { SessionType } from './ks-fields.js';
import type { Secret } from './secret.js';

const FEATURE = 'FEATURE_ENTITLEMENT';

/**
 * Whether the account enforces entitlement by default (facts 5.10). Only an ADMIN key may ask, as a rule. One of the two answers holds
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
 * Whether entitlement cannot hide this from a key with these privileges: then what it does not find is not there (facts 5.10). Exactly as
 * the server reads them: in lower case, without a value, and `enableentitlement` wins.
 */
export function seesPastEntitlement(privileges: string, { kind, id }: ContentId): boolean {
  if (wishesEntitlement(privileges)) return false;
  if (valueIn(privileges, 'disableentitlement') === '') return true;
  return kind === 'entry' && valueIn(privileges, 'disableentitlementforentry')?.split('/').includes(id) === true;
}

/** Whether the key is bound even where the account enforces nothing by default. */
export const wishesEntitlement = (privileges: string): boolean =>
  valueIn(privileges, 'enableentitlement') !== undefined;

/** What lets a key see what entitlement hides. */
export type WayToShow =
  /** This entry and its parents, and nothing else. */
  | { readonly kind: 'this-entry'; readonly privileges: string }
  /** The key’s user becomes a member, and the key names the privacy context; categories without one disappear then. */
  | { readonly kind: 'membership'; readonly privileges: string }
  /** Everything in the account. `forLists`: what a USER key needs to see it in lists too. */
  | { readonly kind: 'whole-account'; readonly privileges: string; readonly forLists: string | null };

/**
 * What may be given to a key so that it finds this, the narrowest first (facts 5.10).
 *
 * @param type of the key; null where it is not known
 */
export function waysToShow({ kind, id }: ContentId, type: SessionType | null): readonly WayToShow[] {
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
