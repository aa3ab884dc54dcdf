import type { SessionType } from '../ks/fields.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { KeyRequest, MadeKey } from '../sign-in/key-request.js';

/** A difference between a key and its request. */
export type Difference =
  /** In seconds. `got` is 0 or less if the key has already expired. */
  | { readonly kind: 'shorter-life' | 'longer-life'; readonly asked: number; readonly got: number }
  /** As `name` or `name:value`. */
  | { readonly kind: 'privileges-missing' | 'privileges-added'; readonly privileges: readonly string[] }
  | { readonly kind: 'another-user'; readonly asked: string; readonly got: string }
  | { readonly kind: 'another-account'; readonly asked: number; readonly got: number }
  | { readonly kind: 'weaker-type'; readonly asked: SessionType; readonly got: SessionType }
  /** The most important one: the key can do more than requested. */
  | { readonly kind: 'stronger-type'; readonly asked: SessionType; readonly got: SessionType };

/** Tolerance in seconds for the network and clock differences. */
const TOLERANCE = 60;
/**
 * If the privileges contain this word, the server rounds the expiry up to a multiple of 300 seconds
 * (docs/kaltura-facts.md 1.5).
 */
const ROUNDED = { word: 'downloadasset', to: 300 };

/**
 * Compares a key with its request and returns the differences, most severe first. Skips unknown facts.
 *
 * @param madeAt time of the request in epoch milliseconds
 */
export function compareWithRequest(request: KeyRequest, made: MadeKey, madeAt: number): readonly Difference[] {
  const { facts } = made;
  const differences: Difference[] = [];
  if (facts.type !== null && facts.type !== request.type) {
    const kind = facts.type === 'ADMIN' ? 'stronger-type' : 'weaker-type';
    differences.push({ kind, asked: request.type, got: facts.type });
  }
  const askedPartner = request.signIn.partnerId;
  if (facts.partnerId !== null && askedPartner !== null && facts.partnerId !== askedPartner) {
    differences.push({ kind: 'another-account', asked: askedPartner, got: facts.partnerId });
  }
  // A login always creates a key for its own user.
  if (
    facts.userId !== null &&
    request.signIn.method !== 'login' &&
    normalizedUser(facts.userId) !== normalizedUser(request.userId)
  ) {
    differences.push({ kind: 'another-user', asked: request.userId, got: facts.userId });
  }
  if (facts.privileges !== null) differences.push(...comparePrivileges(request.privileges, facts.privileges));
  if (facts.expiresAt !== null) differences.push(...compareLifetimes(request, facts.expiresAt, madeAt));
  return differences;
}

/** Returns one value for "no user": '' and '0' both mean that (docs/kaltura-facts.md 5.4). */
const normalizedUser = (userId: string): string => (userId === '0' ? '' : userId);

function compareLifetimes(request: KeyRequest, expiresAt: number, madeAt: number): Difference[] {
  const asked = request.lifetime;
  const got = expiresAt - Math.floor(madeAt / 1000);
  const rounding = request.privileges.includes(ROUNDED.word) ? ROUNDED.to : 0;
  // A requested lifetime below the tolerance must still be told apart from an expired key.
  if (got < asked - TOLERANCE || got <= 0) return [{ kind: 'shorter-life', asked, got }];
  return got > asked + TOLERANCE + rounding ? [{ kind: 'longer-life', asked, got }] : [];
}

function comparePrivileges(asked: string, got: string): Difference[] {
  const wanted = singlePrivileges(asked);
  const given = singlePrivileges(got);
  const missing = [...wanted].filter((privilege) => !covers(given, privilege));
  // The server adds these two to every key of an app token (docs/kaltura-facts.md 5.8). They allow nothing.
  const added = [...given].filter((one) => !covers(wanted, one) && !/^(sessionid|apptoken):/.test(one));
  return [
    ...(added.length > 0 ? [{ kind: 'privileges-added' as const, privileges: added }] : []),
    ...(missing.length > 0 ? [{ kind: 'privileges-missing' as const, privileges: missing }] : []),
  ];
}

/**
 * A wildcard if it is the whole text. Next to other privileges it becomes `all:*`, which has no effect
 * (docs/kaltura-facts.md 0.9).
 */
const EVERYTHING = '*';
const INEFFECTIVE_WILDCARD = 'all:*';

/**
 * Splits lists into single privileges: `edit:a/b` becomes `edit:a` and `edit:b`. The paths of `urirestrict` are not a
 * list (docs/kaltura-facts.md 1.4).
 */
function singlePrivileges(privileges: string): Set<string> {
  const single = new Set(
    privilegePairs(privileges).flatMap(([name, value]) => {
      if (value === '') return [name];
      return name === 'urirestrict' ? [`${name}:${value}`] : value.split('/').map((one) => `${name}:${one}`);
    }),
  );
  // The server writes a lone wildcard like this (docs/kaltura-facts.md 1.4).
  return single.size === 1 && single.has(INEFFECTIVE_WILDCARD) ? new Set([EVERYTHING]) : single;
}

/**
 * Privileges that a wildcard includes, because the server checks them with `verifyPrivileges` (docs/kaltura-facts.md
 * 2.2, 2.3), and the two playlist privileges, which allow nothing beyond it. All others (entitlement, roles, accounts,
 * limits) must be present themselves.
 */
const OPENED_BY_WILDCARD =
  'edit sview view list download downloadasset edituser editadmintags caption editplaylist sviewplaylist'.split(' ');

/** Returns whether the privileges contain this one or include it. */
function covers(held: ReadonlySet<string>, privilege: string): boolean {
  if (held.has(privilege)) return true;
  if (privilege === INEFFECTIVE_WILDCARD) return held.has(EVERYTHING);
  const [name = ''] = privilege.split(':');
  return OPENED_BY_WILDCARD.includes(name) && (held.has(EVERYTHING) || held.has(`${name}:*`));
}
