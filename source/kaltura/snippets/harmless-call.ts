import type { SessionType } from '../ks/fields.js';
import { lastValueOf, reachOfRole } from '../privileges/limits.js';

/** A call that changes nothing and that the key is allowed to make. */
export interface HarmlessCall {
  readonly service: string;
  readonly action: string;
  /** Whether the call lists at most one entry. The answer of any other call is a number. */
  readonly isList: boolean;
  /** What the call does, as part of a sentence. */
  readonly does: string;
}

const LIST: HarmlessCall = {
  service: 'baseEntry',
  action: 'list',
  isList: true,
  does: 'for one entry of the account (baseEntry.list)',
};

const COUNT: HarmlessCall = {
  service: 'baseEntry',
  action: 'count',
  isList: false,
  does: 'how many entries the key can list (baseEntry.count)',
};

const TIME: HarmlessCall = {
  service: 'system',
  action: 'getTime',
  isList: false,
  does: 'for the time (system.getTime)',
};

/**
 * Returns whether a key with these privileges can read content. A role can prevent it (docs/kaltura-facts.md 2.6,
 * 2.7).
 *
 * @param privileges null if unknown: then only the type counts
 */
export function canReadContent(privileges: string | null): boolean {
  if (privileges === null) return true;
  const role = lastValueOf(privileges, 'setrole');
  if (lastValueOf(privileges, 'restrictingrole') !== undefined) return false;
  return role === undefined || reachOfRole(role) === 'all' || reachOfRole(role) === 'reading';
}

/**
 * Chooses a call for the type: an ADMIN key lists entries, a USER key counts the entries that it can list, and any other
 * key reads the server's time (docs/kaltura-facts.md 3.2).
 */
export function harmlessCall(type: SessionType | null, canList: boolean): HarmlessCall {
  if (!canList) return TIME;
  return type === 'ADMIN' ? LIST : COUNT;
}
