import { DAY, HOUR } from '../lifetime.js';
import { PRIVILEGES } from '../privileges/catalogue.js';
import { weightOf } from '../privileges/effects.js';
import { actionsLimitIn } from '../privileges/limits.js';
import { privilegePairs } from '../privileges/privileges.js';
import {
  type Applies,
  accountName,
  audienceOf,
  caution,
  disablesEntitlement,
  grantsAny,
  hasPrivilege,
  isAdmin,
  isAnonymous,
  isExposed,
  isLimitedByRole,
  isNarrowed,
  isVersion1,
  isWildcard,
  type KeyPlan,
  note,
  type RiskRule,
  readableSecrets,
  roleOf,
  typeOf,
  usesSecret,
} from './rule.js';

const hasCautiousRole: Applies = (plan) =>
  roleOf(plan) !== undefined && weightOf('setrole', roleOf(plan) as string) === 'caution';

const EXCEPTIONS = ['disableentitlementforentry', 'disableentitlementforplaylist'];

/** Checks whether the use case itself has the role. */
const isNeededRole = (plan: KeyPlan): boolean =>
  plan.needed != null && roleOf({ ...plan, privileges: plan.needed.privileges }) === roleOf(plan);

const LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i;

export const CAUTIONS: readonly RiskRule[] = [
  caution(
    'admin',
    (plan) => isAdmin(plan) && !isExposed(plan),
    (plan) =>
      isLimitedByRole(plan)
        ? `ADMIN with setrole:${roleOf(plan)}: the role limits its actions, but the key isn’t limited to one owner’s content.`
        : `An ADMIN key can read, change and delete everything in ${accountName(plan)}. It can also read ${readableSecrets(plan)}.`,
  ),
  caution(
    'calls-refused',
    ({ privileges }) => actionsLimitIn(privileges) === 'unusable',
    (plan) =>
      actionsLimitIn(plan.needed?.privileges ?? '') === 'unusable'
        ? 'actionslimit:-1 is intended: KAF accepts the key, and the API refuses every call with it (INVALID_ACTIONS_LIMIT).'
        : 'actionslimit:-1: the API refuses every call with this key (INVALID_ACTIONS_LIMIT). Only KAF accepts such a key.',
  ),
  caution(
    'upload-role',
    (plan) => roleOf(plan) === 'UPLOAD_BASE_ROLE',
    (plan) =>
      `setrole:UPLOAD_BASE_ROLE forbids media.add and media.addContent. Upload with media.addFromUploadedFile${isNeededRole(plan) ? '' : ', or leave the role out'}.`,
  ),
  caution(
    'type-unknown-exposed',
    (plan) => typeOf(plan) === null && isExposed(plan),
    (plan) =>
      plan.needed?.type === 'ADMIN'
        ? 'The login decides the type: only an administrator’s login gives the ADMIN key that this use case needs.'
        : `The login decides the type: an administrator’s login gives an ADMIN key, which must not be ${audienceOf(plan)}.`,
  ),
  caution(
    'over-30-days',
    (plan) => !isAdmin(plan) && plan.lifetime > 30 * DAY,
    'This key is valid for more than 30 days. It is easy to forget who has it. Create keys with a shorter lifetime, or use an app token.',
  ),
  caution(
    'over-24-hours',
    (plan) => !isAdmin(plan) && plan.lifetime > DAY && plan.lifetime <= 30 * DAY,
    'This key is valid for more than 24 hours. The longer a key is valid, the more likely it leaks.',
  ),
  caution(
    'browser-over-an-hour',
    (plan) =>
      plan.holder === 'browser' && plan.lifetime > Math.max(HOUR, plan.needed?.lifetime ?? 0) && plan.lifetime <= DAY,
    'Over an hour in a browser or an app: 15 minutes to an hour is enough, because a page can request a new key.',
  ),
  caution(
    'browser-without-limits',
    (plan) => plan.holder === 'browser' && !isAdmin(plan) && !isNarrowed(plan),
    (plan) =>
      plan.needed == null
        ? 'Nothing limits this key in a browser or an app: add sview:<entry> with setrole:PLAYBACK_BASE_ROLE, or actionslimit.'
        : 'In a browser or an app, anyone who sees this key can do everything that its user can, until it expires.',
  ),
  caution(
    'vendor-by-secret',
    (plan) => plan.holder === 'vendor' && usesSecret(plan),
    'Give the vendor only this key, never the secret: only Kaltura can change the secret. You can delete an app token and block a login yourself.',
  ),
  caution(
    'entitlement-exceptions',
    (plan) => EXCEPTIONS.some((name) => hasPrivilege(plan, name)),
    (plan) => {
      const names = EXCEPTIONS.filter((name) => hasPrivilege(plan, name));
      return `${names.join(' and ')}: this key sees what entitlement hides there.`;
    },
  ),
  caution(
    'unknown-role',
    (plan) => hasCautiousRole(plan) && !isLimitedByRole(plan),
    (plan) => `setrole:${roleOf(plan)}: check in KMC what this role allows before you share the key.`,
  ),
  caution(
    'role-reaches-further',
    (plan) => !isAdmin(plan) && hasCautiousRole(plan) && isLimitedByRole(plan),
    (plan) => `setrole:${roleOf(plan)}: its permissions replace the usual ones, and may allow more than a USER key.`,
  ),
  caution(
    'token-drops-privileges',
    (plan) => plan.signIn.method === 'app-token' && tokenOnlyPrivileges(plan).length > 0,
    (plan) =>
      `${tokenOnlyPrivileges(plan).join(', ')}: ignored without an error, unless the app token itself has that privilege with the value * .`,
  ),
  caution(
    'plain-http',
    (plan) => plan.signIn.method !== 'local' && /^http:/i.test(plan.serviceUrl) && !LOOPBACK.test(plan.serviceUrl),
    'http is not encrypted: others on the network can read the credentials and the key.',
  ),
];

/** Returns the privileges that only an app token itself can grant (docs/kaltura-facts.md 5.8). */
const tokenOnlyPrivileges = (plan: KeyPlan): string[] =>
  privilegePairs(plan.privileges)
    .map(([name]) => name)
    .filter((name) => PRIVILEGES.some((known) => known.name === name));

/** Returns whether the privileges contain `*` or `all:*` without the effect of a wildcard. */
const hasIneffectiveWildcard: Applies = (plan) =>
  privilegePairs(plan.privileges).some(([name, value]) => name === 'all' && value === '*') && !isWildcard(plan);

/** Privileges that matter only for USER keys: ADMIN keys pass these checks without them (docs/kaltura-facts.md 2.2). */
const CHECKED_FOR_USERS = ['edit', 'list', 'edituser', 'editadmintags'];

export const NOTES: readonly RiskRule[] = [
  note('wildcard-does-nothing', hasIneffectiveWildcard, (plan) => {
    const text = privilegePairs(plan.privileges).length > 1 ? plan.privileges : null;
    const star = plan.privileges.includes('all:*') ? 'all:*' : '*';
    if (text !== null) return `${text}: the ${star} does nothing, because it works only when it is the only privilege.`;
    return plan.signIn.method === 'app-token'
      ? `${star} does nothing in a key from an app token, which always has other privileges too.`
      : 'all:* does nothing in a version 1 key.';
  }),
  note(
    'wildcard-on-admin',
    (plan) => isAdmin(plan) && isWildcard(plan),
    '* does nothing in an ADMIN key: it passes these checks anyway, and entitlement still applies.',
  ),
  note(
    'admin-passes-anyway',
    (plan) => isAdmin(plan) && CHECKED_FOR_USERS.some((name) => hasPrivilege(plan, name)),
    (plan) => {
      const names = CHECKED_FOR_USERS.filter((name) => hasPrivilege(plan, name));
      return `${names.join(', ')}: meant for USER keys. An ADMIN key passes these checks anyway.`;
    },
  ),
  note(
    'enableentitlement-wins',
    (plan) => hasPrivilege(plan, 'enableentitlement') && hasPrivilege(plan, 'disableentitlement'),
    'enableentitlement overrides disableentitlement, which does nothing here.',
  ),
  note(
    'lists-own-only',
    (plan) => typeOf(plan) === 'USER' && disablesEntitlement(plan) && !grantsAny(plan, 'list') && !isWildcard(plan),
    'A USER key with disableentitlement still lists only its own entries: add list:* to list all.',
  ),
  note(
    'context-hides',
    (plan) => hasPrivilege(plan, 'privacycontext'),
    'With privacycontext, categories without a context are not visible, and hidden ones are visible only to their members.',
  ),
  note(
    'user-role',
    (plan) => typeOf(plan) === 'USER' && !isAnonymous(plan) && roleOf(plan) === undefined,
    (plan) =>
      `If “${plan.userId}” is a user with a role, the key has that role. With an administrator’s ID, it has that administrator’s permissions.`,
  ),
  note(
    'admin-user-role',
    (plan) => isAdmin(plan) && !isAnonymous(plan) && roleOf(plan) === undefined,
    (plan) =>
      `If “${plan.userId}” is a user with a narrow role, an ADMIN key with this user can do only what that role allows.`,
  ),
  note(
    'anonymous',
    // With the playback role, a key uploads nothing.
    (plan) => usesSecret(plan) && isAnonymous(plan) && roleOf(plan) !== 'PLAYBACK_BASE_ROLE',
    'This key has no user, so what it uploads has no owner.',
  ),
  note(
    'type-decided-elsewhere',
    (plan) => plan.signIn.method === 'login' || plan.signIn.method === 'app-token',
    (plan) =>
      plan.signIn.method === 'login'
        ? 'Privileges that are stored with the user who signs in replace yours.'
        : 'The app token’s own type, user and privileges override yours: the key can be stronger than requested.',
  ),
  note('version-1-readable', isVersion1, 'Anyone can read a version 1 key, including its user ID and privileges.'),
  note(
    'local-unchecked',
    (plan) => plan.signIn.method === 'local',
    'Signed on this computer: the account’s maximum lifetime does not limit the key, and nothing is checked before the first use.',
  ),
  note(
    'local-role-unchecked',
    (plan) => plan.signIn.method === 'local' && roleOf(plan) !== undefined,
    'Only the first use of the key shows whether the role exists.',
  ),
  note(
    'server-may-shorten',
    (plan) => plan.signIn.method !== 'local' && plan.lifetime > DAY,
    'The server may shorten the lifetime: most accounts allow 24 hours. The result shows the real expiry.',
  ),
  note(
    'downloadasset-rounding',
    (plan) => plan.privileges.includes('downloadasset'),
    'downloadasset: the server rounds the expiry of the key up to five minutes.',
  ),
];
