import type { SessionType } from '../ks/fields.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { KeyRequest, MadeKey } from '../sign-in/key-request.js';

/** One way in which a key is not what was asked for. */
export type Difference =
  /** Seconds; what was got is 0 or less where the key has already ended. */
  | { readonly kind: 'shorter-life' | 'longer-life'; readonly asked: number; readonly got: number }
  /** As `name` or `name:value`. */
  | { readonly kind: 'privileges-missing' | 'privileges-added'; readonly privileges: readonly string[] }
  | { readonly kind: 'another-user'; readonly asked: string; readonly got: string }
  | { readonly kind: 'another-account'; readonly asked: number; readonly got: number }
  | { readonly kind: 'weaker-type'; readonly asked: SessionType; readonly got: SessionType }
  /** The loud one: the key can do more than its holder was to be allowed. */
  | { readonly kind: 'stronger-type'; readonly asked: SessionType; readonly got: SessionType };

/** Seconds that the way to the server and clocks may cost. */
const TOLERANCE = 60;
/** A key whose privileges hold this word ends at the next multiple of 300 seconds (docs/kaltura-facts.md 1.5). */
const ROUNDED = { word: 'downloadasset', to: 300 };

/**
 * Compares a key with what was asked for; the worst first. What is not known of the key is not compared.
 *
 * @param madeAt when it was asked for, in epoch milliseconds
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
  // A login makes a key for whoever logs in; no other user is asked for.
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

/** '' and '0' both mean nobody in particular (docs/kaltura-facts.md 5.4). */
const normalizedUser = (userId: string): string => (userId === '0' ? '' : userId);

function compareLifetimes(request: KeyRequest, expiresAt: number, madeAt: number): Difference[] {
  const asked = request.lifetime;
  const got = expiresAt - Math.floor(madeAt / 1000);
  const rounding = request.privileges.includes(ROUNDED.word) ? ROUNDED.to : 0;
  // A life of less than the tolerance must still be told from one that is over.
  if (got < asked - TOLERANCE || got <= 0) return [{ kind: 'shorter-life', asked, got }];
  return got > asked + TOLERANCE + rounding ? [{ kind: 'longer-life', asked, got }] : [];
}

function comparePrivileges(asked: string, got: string): Difference[] {
  const wanted = singlePrivileges(asked);
  const given = singlePrivileges(got);
  const missing = [...wanted].filter((privilege) => !covers(given, privilege));
  // Every key of an app token carries these two (docs/kaltura-facts.md 5.8): they group it with the token and open nothing.
  const added = [...given].filter((one) => !covers(wanted, one) && !/^(sessionid|apptoken):/.test(one));
  return [
    ...(added.length > 0 ? [{ kind: 'privileges-added' as const, privileges: added }] : []),
    ...(missing.length > 0 ? [{ kind: 'privileges-missing' as const, privileges: missing }] : []),
  ];
}

/** The whole text: a wildcard. Next to others it is `all:*`, and does nothing (docs/kaltura-facts.md 0.9). */
const EVERYTHING = '*';
const INEFFECTIVE_WILDCARD = 'all:*';

/** One for each value of a list, as `edit:a/b` is `edit:a` and `edit:b`; the paths of `urirestrict` are no list (docs/kaltura-facts.md 1.4). */
function singlePrivileges(privileges: string): Set<string> {
  const single = new Set(
    privilegePairs(privileges).flatMap(([name, value]) => {
      if (value === '') return [name];
      return name === 'urirestrict' ? [`${name}:${value}`] : value.split('/').map((one) => `${name}:${one}`);
    }),
  );
  // As the server writes it where it stands alone (docs/kaltura-facts.md 1.4).
  return single.size === 1 && single.has(INEFFECTIVE_WILDCARD) ? new Set([EVERYTHING]) : single;
}

/**
 * The names whose values a wildcard stands for, for the server checks them by `verifyPrivileges` (docs/kaltura-facts.md 2.2, 2.3), and the two of
 * playlists, which open nothing that the wildcard does not. All others act by being there, and no `*` puts them there: entitlement, roles,
 * accounts, limits.
 */
const OPENED_BY_WILDCARD =
  'edit sview view list download downloadasset edituser editadmintags caption editplaylist sviewplaylist'.split(' ');

/** Whether one of these is the privilege, or means it. */
function covers(held: ReadonlySet<string>, privilege: string): boolean {
  if (held.has(privilege)) return true;
  if (privilege === INEFFECTIVE_WILDCARD) return held.has(EVERYTHING);
  const [name = ''] = privilege.split(':');
  return OPENED_BY_WILDCARD.includes(name) && (held.has(EVERYTHING) || held.has(`${name}:*`));
}
