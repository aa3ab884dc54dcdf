import type { SessionType } from '../ks/fields.js';
import { lastValueOf, reachOfRole } from '../privileges/limits.js';

/** A call that changes nothing and that a key is allowed, as code makes it. */
export interface HarmlessCall {
  readonly service: string;
  readonly action: string;
  /** How many entries of a list are asked for; null for what is no list. */
  readonly pageSize: number | null;
  /** What comes back. */
  readonly answer: 'object' | 'number';
  /** What it does, as a part of a sentence. */
  readonly does: string;
}

const LIST: HarmlessCall = {
  service: 'baseEntry',
  action: 'list',
  pageSize: 1,
  answer: 'object',
  does: 'for one entry of the account (baseEntry.list)',
};

const COUNT: HarmlessCall = {
  service: 'baseEntry',
  action: 'count',
  pageSize: null,
  answer: 'number',
  does: 'how many entries the key sees (baseEntry.count)',
};

const TIME: HarmlessCall = {
  service: 'system',
  action: 'getTime',
  pageSize: null,
  answer: 'number',
  does: 'for the time (system.getTime)',
};

/**
 * Whether a key with these privileges may read content: a role can take that from it (docs/kaltura-facts.md 2.6, 2.7).
 *
 * @param privileges null where they are not known: what the type gives is supposed then
 */
export function canReadContent(privileges: string | null): boolean {
  if (privileges === null) return true;
  const role = lastValueOf(privileges, 'setrole');
  if (lastValueOf(privileges, 'restrictingrole') !== undefined) return false;
  return role === undefined || reachOfRole(role) === 'all' || reachOfRole(role) === 'reading';
}

/** An ADMIN key lists; a USER key counts what it sees, its own entries as a rule (docs/kaltura-facts.md 3.2); any key may ask for the time. */
export function harmlessCall(type: SessionType | null, canList: boolean): HarmlessCall {
  if (!canList) return TIME;
  return type === 'ADMIN' ? LIST : COUNT;
}
