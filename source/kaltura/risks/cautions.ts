import { PRIVILEGES, weightOf } from '../privileges/catalogue.js';
import { actionsLimitIn } from '../privileges/limits.js';
import { privilegePairs } from '../privileges/privileges.js';
import {
  type Applies,
  accountName,
  audienceOf,
  caution,
  DAY,
  disablesEntitlement,
  grantsAny,
  HOUR,
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
  roleOf,
  typeOf,
  usesSecret,
} from './rule.js';

const hasCautiousRole: Applies = (plan) =>
  roleOf(plan) !== undefined && weightOf('setrole', roleOf(plan) as string) === 'caution';

const EXCEPTIONS = ['disableentitlementforentry', 'disableentitlementforplaylist'];

const LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i;

export const CAUTIONS: readonly RiskRule[] = [
  caution(
    'admin',
    (plan) => isAdmin(plan) && !isExposed(plan),
    (plan) =>
      isLimitedByRole(plan)
        ? `ADMIN with setrole:${roleOf(plan)}: the role limits its actions; within them nothing is asked about owners.`
        : `ADMIN: can read, change and delete everything in ${accountName(plan)}, and can read the secrets of the account, its child accounts and the login’s other accounts.`,
  ),
  caution(
    'calls-refused',
    ({ privileges }) => actionsLimitIn(privileges) === 'unusable',
    'actionslimit:-1: the API refuses every call with this key (INVALID_ACTIONS_LIMIT). Only KAF accepts such a key.',
  ),
  caution(
    'upload-role',
    (plan) => roleOf(plan) === 'UPLOAD_BASE_ROLE',
    'setrole:UPLOAD_BASE_ROLE forbids media.add and media.addContent, which an upload needs to create its entry. A USER key without a role can upload.',
  ),
  caution(
    'type-unknown-exposed',
    (plan) => typeOf(plan) === null && isExposed(plan),
    (plan) =>
      `The login decides the type: an administrator’s login gives an ADMIN key, which must not be ${audienceOf(plan)}.`,
  ),
  caution(
    'over-30-days',
    (plan) => !isAdmin(plan) && plan.lifetime > 30 * DAY,
    'Over 30 days: such a key outlives the memory of who has it. Make shorter ones, or use an app token.',
  ),
  caution(
    'over-24-hours',
    (plan) => !isAdmin(plan) && plan.lifetime > DAY && plan.lifetime <= 30 * DAY,
    'Over 24 hours: the longer it lives, the more places it may be found in.',
  ),
  caution(
    'browser-over-an-hour',
    (plan) => plan.holder === 'browser' && plan.lifetime > HOUR && plan.lifetime <= DAY,
    'Over an hour in a browser or an app: 15 minutes to an hour is enough, a page can ask for a new one.',
  ),
  caution(
    'browser-without-limits',
    (plan) => plan.holder === 'browser' && !isAdmin(plan) && !isNarrowed(plan),
    'Nothing limits this key in a browser or an app: add sview:<entry> with setrole:PLAYBACK_BASE_ROLE, or actionslimit.',
  ),
  caution(
    'vendor-by-secret',
    (plan) => plan.holder === 'vendor' && usesSecret(plan),
    'Give the vendor this key at most, never the secret: it cannot be changed or blocked. An app token or a login of their own can.',
  ),
  caution(
    'entitlement-exceptions',
    (plan) => EXCEPTIONS.some((name) => hasPrivilege(plan, name)),
    (plan) => {
      const names = EXCEPTIONS.filter((name) => hasPrivilege(plan, name));
      return `${names.join(' and ')}: what entitlement hides there is open to this key.`;
    },
  ),
  caution(
    'unknown-role',
    (plan) => hasCautiousRole(plan) && !isLimitedByRole(plan),
    (plan) =>
      `setrole:${roleOf(plan)}: what this role allows cannot be known here. Look it up in KMC before you share the key.`,
  ),
  caution(
    'role-reaches-further',
    (plan) => !isAdmin(plan) && hasCautiousRole(plan) && isLimitedByRole(plan),
    (plan) =>
      `setrole:${roleOf(plan)}: its permissions replace the usual ones, and may reach further than a USER key’s.`,
  ),
  caution(
    'token-drops-privileges',
    (plan) => plan.signIn.method === 'app-token' && tokenOnlyPrivileges(plan).length > 0,
    (plan) =>
      `${tokenOnlyPrivileges(plan).join(', ')}: dropped without a word, unless the app token itself carries that name with * .`,
  ),
  caution(
    'plain-http',
    (plan) => plan.signIn.method !== 'local' && /^http:/i.test(plan.serviceUrl) && !LOOPBACK.test(plan.serviceUrl),
    'http without s: the credentials and the key can be read on the way to the server.',
  ),
];

/** Returns the privileges that only an app token itself can grant (docs/kaltura-facts.md 5.8). */
const tokenOnlyPrivileges = (plan: KeyPlan): string[] =>
  privilegePairs(plan.privileges)
    .map(([name]) => name)
    .filter((name) => PRIVILEGES.some((known) => known.name === name));

/** Returns whether the privileges contain `*` or `all:*` without the effect of a wildcard. */
const hasIneffectiveWildcard: Applies = (plan) => hasPrivilege(plan, 'all') && !isWildcard(plan);

/** Privileges that matter only for USER keys: ADMIN keys pass these checks without them (docs/kaltura-facts.md 2.2). */
const CHECKED_FOR_USERS = ['edit', 'list', 'edituser', 'editadmintags'];

export const NOTES: readonly RiskRule[] = [
  note('wildcard-does-nothing', hasIneffectiveWildcard, (plan) => {
    const text = privilegePairs(plan.privileges).length > 1 ? plan.privileges : null;
    const star = plan.privileges.includes('all:*') ? 'all:*' : '*';
    if (text !== null) return `${text}: the ${star} adds nothing, it works only alone.`;
    return plan.signIn.method === 'app-token'
      ? `${star} does nothing in a key made from an app token, which always carries more.`
      : 'all:* does nothing in a version 1 key.';
  }),
  note(
    'wildcard-on-admin',
    (plan) => isAdmin(plan) && isWildcard(plan),
    '* gives an ADMIN key nothing: it passes those checks anyway, and entitlement stays.',
  ),
  note(
    'admin-passes-anyway',
    (plan) => isAdmin(plan) && CHECKED_FOR_USERS.some((name) => hasPrivilege(plan, name)),
    (plan) => {
      const names = CHECKED_FOR_USERS.filter((name) => hasPrivilege(plan, name));
      return `${names.join(', ')}: meant for USER keys, an ADMIN key passes these checks anyway.`;
    },
  ),
  note(
    'enableentitlement-wins',
    (plan) => hasPrivilege(plan, 'enableentitlement') && hasPrivilege(plan, 'disableentitlement'),
    'enableentitlement wins: disableentitlement does nothing beside it.',
  ),
  note(
    'lists-own-only',
    (plan) => typeOf(plan) === 'USER' && disablesEntitlement(plan) && !grantsAny(plan, 'list') && !isWildcard(plan),
    'A USER key with disableentitlement still lists only its own entries: add list:* to list all.',
  ),
  note(
    'context-hides',
    (plan) => hasPrivilege(plan, 'privacycontext'),
    'With privacycontext, categories that have no context disappear, and hidden ones open to their members only.',
  ),
  note(
    'user-role',
    (plan) => typeOf(plan) === 'USER' && !isAnonymous(plan) && roleOf(plan) === undefined,
    (plan) =>
      `If ${plan.userId} is a user with a role, the key has that role: an administrator’s ID gives administrator actions.`,
  ),
  note(
    'admin-user-role',
    (plan) => isAdmin(plan) && !isAnonymous(plan) && roleOf(plan) === undefined,
    (plan) => `If ${plan.userId} is a user with a narrow role, this ADMIN key may do only what that role may.`,
  ),
  note('anonymous', (plan) => usesSecret(plan) && isAnonymous(plan), 'This key has no user, so it owns no content.'),
  note(
    'type-decided-elsewhere',
    (plan) => plan.signIn.method === 'login' || plan.signIn.method === 'app-token',
    (plan) =>
      plan.signIn.method === 'login'
        ? 'The user decides the type: ADMIN for an administrator. Privileges stored with the user replace yours.'
        : 'What the app token fixes (type, user, privileges) wins: the key can come out stronger than asked for.',
  ),
  note(
    'version-1-readable',
    isVersion1,
    'A version 1 key is readable by anyone: the user ID and the privileges stand in it in clear.',
  ),
  note(
    'local-unchecked',
    (plan) => plan.signIn.method === 'local',
    'Signed here: the account’s longest lifetime does not hold it back, and nothing is checked before the first use.',
  ),
  note(
    'local-role-unchecked',
    (plan) => plan.signIn.method === 'local' && roleOf(plan) !== undefined,
    'Whether the role exists shows only at the first use of the key.',
  ),
  note(
    'server-may-shorten',
    (plan) => plan.signIn.method !== 'local' && plan.lifetime > DAY,
    'The server may end it sooner: most accounts allow 24 hours. The result says what it became.',
  ),
  note(
    'downloadasset-rounding',
    (plan) => plan.privileges.includes('downloadasset'),
    'downloadasset: the server rounds the end of the key up to five minutes.',
  ),
];
