import { urlOfAction } from './api-client.js';
import { addressesIn, allowsPath, pathsIn, valueIn } from './key-limits.js';
import type { KeyFacts } from './key-request.js';
import { privilegePairs } from './privileges.js';

/** What stops working together with a key that is ended, for 24 hours; keys that are made in that time too (facts 5.5). */
export type EndsWith =
  | { readonly kind: 'alone' }
  /** Every key of the account with this `sessionid`. */
  | { readonly kind: 'group'; readonly sessionId: string }
  /** Every key of this app token. The token itself stays. */
  | { readonly kind: 'token'; readonly tokenId: string }
  /** The key cannot be read here. */
  | { readonly kind: 'unknown' };

/** Why ending a key comes to nothing. */
export type EndObstacle =
  /** It has ended by itself. */
  | { readonly kind: 'over'; readonly endedAt: number }
  /** Anyone can make one, so the server never looks up whether it was ended (facts 5.5, 5.7). */
  | { readonly kind: 'widget' }
  /** It may be used on these paths alone, and the one of `session.end` is not among them. */
  | { readonly kind: 'paths'; readonly paths: readonly string[] };

/** What may stand in the way: it depends on where from and how often the key is used. */
export type EndDoubt =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** Ending it is one of so many uses. */
  | { readonly kind: 'uses'; readonly limit: string };

export interface EndPlan {
  readonly endsWith: EndsWith;
  readonly obstacle: EndObstacle | null;
  readonly doubts: readonly EndDoubt[];
}

/** Of the address, `urirestrict` looks at the path alone. */
const END_URL = urlOfAction('https://any', 'session.end');

/**
 * What ending a key will do, as far as it can be told beforehand (facts 2.3, 5.5).
 *
 * @param facts null where the key cannot be read
 * @param now epoch seconds
 */
export function planEnd(facts: KeyFacts | null, now: number): EndPlan {
  return { endsWith: endsWith(facts), obstacle: obstacle(facts, now), doubts: doubts(facts) };
}

function endsWith(facts: KeyFacts | null): EndsWith {
  if (facts === null || facts.privileges === null) return { kind: 'unknown' };
  const sessionId = firstIn(facts.privileges, 'sessionid');
  if (sessionId === '') return { kind: 'alone' };
  return firstIn(facts.privileges, 'apptoken') === sessionId
    ? { kind: 'token', tokenId: sessionId }
    : { kind: 'group', sessionId };
}

/** The `sessionid` of all keys that end together; null where there is none, or it is not known. */
export function groupOf(endsWith: EndsWith): string | null {
  if (endsWith.kind === 'token') return endsWith.tokenId;
  return endsWith.kind === 'group' ? endsWith.sessionId : null;
}

/** The first value of a privilege, which is the one that the server takes of several (facts 5.5); '' where there is none. */
function firstIn(privileges: string, name: string): string {
  const [, value = ''] = privilegePairs(privileges).find(([other]) => other === name) ?? [];
  return value.split('/')[0] ?? '';
}

function obstacle(facts: KeyFacts | null, now: number): EndObstacle | null {
  if (facts === null) return null;
  if (facts.expiresAt !== null && facts.expiresAt <= now) return { kind: 'over', endedAt: facts.expiresAt };
  if (isWidgetKey(facts)) return { kind: 'widget' };
  const paths = pathsIn(facts.privileges ?? '');
  return paths === null || allowsPath(paths, END_URL) ? null : { kind: 'paths', paths };
}

/** As the server tells a widget session: USER, nobody in particular, and this text anywhere in the privileges (facts 1.7). */
const isWidgetKey = ({ type, userId, privileges }: KeyFacts): boolean =>
  type === 'USER' && (userId === '' || userId === '0') && (privileges ?? '').includes('widget:1');

function doubts(facts: KeyFacts | null): readonly EndDoubt[] {
  const privileges = facts?.privileges ?? '';
  const addresses = addressesIn(privileges);
  const limit = valueIn(privileges, 'actionslimit');
  return [
    ...(addresses === null ? [] : [{ kind: 'addresses' as const, addresses }]),
    ...(limit === undefined ? [] : [{ kind: 'uses' as const, limit }]),
  ];
}
