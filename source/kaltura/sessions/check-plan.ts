import { type PlannedCall, plannedCall, plannedWithKey } from '../api/planned-calls.js';
import {
  actionsLimitIn,
  addressesIn,
  allowsPath,
  lastValueOf,
  pathsIn,
  type RoleReach,
  reachOfRole,
} from '../privileges/limits.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { type ContentId, plannedLookup } from './content-lookup.js';

/** The actions that can check a key. */
export type CheckAction = 'session.get' | 'baseEntry.count';

export interface CheckCall extends PlannedCall {
  readonly action: CheckAction;
  /** `unless-limited`: skipped if the previous answer shows an `actionslimit`. */
  readonly when: 'always' | 'unless-limited';
}

/** The calls that the check uses up (docs/kaltura-facts.md 5.6). */
export type CheckCost =
  | { readonly kind: 'nothing' }
  /** The privileges are unknown. If they contain an `actionslimit`, the check uses this many calls of it. */
  | { readonly kind: 'unknown'; readonly uses: number }
  /** `limit` is the limit at creation. The number of calls left is unknown. */
  | { readonly kind: 'calls'; readonly uses: number; readonly limit: number };

/** Returns whether the check uses the last call that the key allows. */
export const usesUpKey = (cost: CheckCost): boolean => cost.kind === 'calls' && cost.uses >= cost.limit;

/** Reasons why the server can reject calls of a valid key. */
export type CheckObstacle =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /** `nothing`: the call will be rejected, and the rejection proves that the key is valid. */
  | { readonly kind: 'role'; readonly role: string; readonly reach: Exclude<RoleReach, 'all'> }
  | { readonly kind: 'removing-role'; readonly role: string };

/** Why no check is possible: the allowed paths exclude every check call, or the server rejects every call. */
export type NoCheckReason = 'paths' | 'unusable-limit';

export interface CheckPlan {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /** Calls with the key, in this order. */
  readonly calls: readonly CheckCall[];
  /** The lookup of the content ID, if one was given. With an `actionslimit`, it replaces the check. */
  readonly lookup: PlannedCall | null;
  /** A call without the key, so it uses up nothing. */
  readonly clock: PlannedCall;
  readonly cost: CheckCost;
  readonly obstacles: readonly CheckObstacle[];
  /** Calls that the key’s paths exclude. */
  readonly excluded: readonly string[];
  /** null if a check is possible. */
  readonly noCheckReason: NoCheckReason | null;
}

const PURPOSES: Readonly<Record<CheckAction, string>> = {
  'session.get': 'reads the type, user, privileges and expiry of the key',
  'baseEntry.count': 'counts the entries that the key can list',
};

/**
 * Plans the cheapest calls that can check this key (docs/kaltura-facts.md 3.2), with their costs and obstacles. A
 * forbidden call proves as much as an answered one, because the server checks signature, expiry and limits first.
 *
 * @param facts the known facts about the key; null if nothing is known
 * @param id content to look up with the key
 */
export function planCheck(facts: KeyFacts | null, serviceUrl: string, id: ContentId | null = null): CheckPlan {
  const privileges = facts?.privileges ?? null;
  const limit = privileges === null ? null : actionsLimitIn(privileges);
  const paths = privileges === null ? null : pathsIn(privileges);
  const allowed = ({ url }: PlannedCall): boolean => allowsPath(paths, url);

  const wanted = callsFor(facts, serviceUrl);
  const wantedLookup = id === null ? null : plannedLookup(serviceUrl, id);
  const lookup = wantedLookup !== null && allowed(wantedLookup) ? wantedLookup : null;
  const free = wanted.filter(allowed);
  // One call proves everything, so use no more than one of a limited number.
  const calls = limit === null ? free : lookup === null ? free.slice(0, 1) : [];
  const planned = {
    serviceUrl,
    clock: plannedCall(serviceUrl, 'system.getTime', 'reads the server’s clock', {}),
    obstacles: privileges === null ? [] : obstaclesIn(privileges),
    excluded: [...wanted, ...(wantedLookup === null ? [] : [wantedLookup])]
      .filter((call) => !allowed(call))
      .map(({ action }) => action),
  };
  if (limit === 'unusable') {
    return { ...planned, calls: [], lookup: null, cost: { kind: 'nothing' }, noCheckReason: 'unusable-limit' };
  }
  const uses = calls.length + (lookup === null ? 0 : 1);
  return {
    ...planned,
    calls,
    lookup,
    cost: costOf(uses, privileges, limit),
    noCheckReason: uses === 0 ? 'paths' : null,
  };
}

function costOf(uses: number, privileges: string | null, limit: number | null): CheckCost {
  if (uses === 0) return { kind: 'nothing' };
  if (privileges === null) return { kind: 'unknown', uses };
  return limit === null ? { kind: 'nothing' } : { kind: 'calls', uses, limit };
}

function callsFor(facts: KeyFacts | null, serviceUrl: string): CheckCall[] {
  const when = (facts?.privileges ?? null) === null ? 'unless-limited' : 'always';
  const call = (action: CheckAction, condition: CheckCall['when']): CheckCall => ({
    ...plannedWithKey(serviceUrl, action, PURPOSES[action]),
    action,
    when: condition,
  });
  const count = (condition: CheckCall['when']): CheckCall => call('baseEntry.count', condition);
  return canReadItself(facts) ? [call('session.get', 'always'), count(when)] : [count('always')];
}

/**
 * Returns whether `session.get` is worth trying. It is for ADMIN keys and administrators’ roles (docs/kaltura-facts.md
 * 3.2, 5.10); unknown keys are tried.
 */
function canReadItself(facts: KeyFacts | null): boolean {
  if (facts === null || facts.type === null) return true;
  const role = facts.privileges === null ? undefined : lastValueOf(facts.privileges, 'setrole');
  const reach = role === undefined ? 'unknown' : reachOfRole(role);
  return reach === 'unknown' ? facts.type === 'ADMIN' : reach === 'all';
}

function obstaclesIn(privileges: string): CheckObstacle[] {
  const found: CheckObstacle[] = [];
  const paths = pathsIn(privileges);
  if (paths !== null) found.push({ kind: 'paths', paths });
  const addresses = addressesIn(privileges);
  if (addresses !== null) found.push({ kind: 'addresses', addresses });
  const role = lastValueOf(privileges, 'setrole');
  const reach = role === undefined ? 'all' : reachOfRole(role);
  if (role !== undefined && reach !== 'all') found.push({ kind: 'role', role, reach });
  const removed = lastValueOf(privileges, 'restrictingrole');
  if (removed !== undefined) found.push({ kind: 'removing-role', role: removed });
  return found;
}
