import type { PlannedCall } from '../api/planned-calls.js';
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
import { plannedWithKey, plannedWithoutKey } from './check-call.js';
import { type ContentId, plannedLookup } from './content-lookup.js';

/** What a key can be asked about itself with. */
export type CheckAction = 'session.get' | 'baseEntry.count';

export interface CheckCall extends PlannedCall {
  readonly action: CheckAction;
  /** `unless-limited`: left out where the answer before it tells of an `actionslimit`. */
  readonly when: 'always' | 'unless-limited';
}

/** What the check takes from the key itself (docs/kaltura-facts.md 5.6). */
export type CheckCost =
  | { readonly kind: 'nothing' }
  /** Its privileges are not known: if they have an `actionslimit`, that many calls of it. */
  | { readonly kind: 'unknown'; readonly uses: number }
  /** `limit` is what the key was made with: how many of them are left, nobody can say. */
  | { readonly kind: 'calls'; readonly uses: number; readonly limit: number };

/** What may keep a good key from being answered. */
export type CheckObstacle =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  /** `nothing`: it will be refused, and the refusal is the proof. */
  | { readonly kind: 'role'; readonly role: string; readonly reach: Exclude<RoleReach, 'all'> }
  | { readonly kind: 'removing-role'; readonly role: string };

/** Why nothing can be asked: the paths leave no call that checks, or every call is refused. */
export type NoCheckReason = 'paths' | 'unusable-limit';

export interface CheckPlan {
  /** In this order, with the key. */
  readonly calls: readonly CheckCall[];
  /** What is asked for by its id, where that was wished. With an `actionslimit` it takes the place of the check. */
  readonly lookup: PlannedCall | null;
  /** Without the key: costs nothing. */
  readonly clock: PlannedCall;
  readonly cost: CheckCost;
  readonly hindrances: readonly CheckObstacle[];
  /** Calls that would be made if the key’s paths allowed them. */
  readonly barred: readonly string[];
  /** null where something can be asked. */
  readonly why: NoCheckReason | null;
}

const PURPOSES: Readonly<Record<CheckAction, string>> = {
  'session.get': 'asks the server what the key is',
  'baseEntry.count': 'counts the entries that the key sees',
};

/**
 * The cheapest calls that a key of this kind is allowed (docs/kaltura-facts.md 3.2), and what is to be known before they are made. A call that is forbidden
 * proves as much as one that is answered: the server looks at signature, life and limits first.
 *
 * @param facts what is known of the key; null for nothing
 * @param id what the key is to be asked for besides
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
  // One call proves all, and of a limited number no more is spent.
  const calls = limit === null ? free : lookup === null ? free.slice(0, 1) : [];
  const planned = {
    clock: plannedWithoutKey(serviceUrl, 'system.getTime', 'asks for the server’s clock'),
    hindrances: privileges === null ? [] : obstaclesIn(privileges),
    barred: [...wanted, ...(wantedLookup === null ? [] : [wantedLookup])]
      .filter((call) => !allowed(call))
      .map(({ action }) => action),
  };
  if (limit === 'unusable') {
    return { ...planned, calls: [], lookup: null, cost: { kind: 'nothing' }, why: 'unusable-limit' };
  }
  const uses = calls.length + (lookup === null ? 0 : 1);
  return { ...planned, calls, lookup, cost: costOf(uses, privileges, limit), why: uses === 0 ? 'paths' : null };
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

/** `session.get` is for ADMIN keys and administrators’ roles (docs/kaltura-facts.md 3.2, 5.10); who is not known is tried. */
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
