import { DAY } from '../lifetime.js';
import { explainPrivilege, weightOf } from '../privileges/effects.js';
import {
  type Applies,
  accountName,
  audienceOf,
  caution,
  danger,
  disablesEntitlement,
  grantsAny,
  hasPrivilege,
  isAdmin,
  isExposed,
  isInContext,
  isLimitedByRole,
  isWildcard,
  type KeyPlan,
  type RiskRule,
  readableSecrets,
  roleOf,
} from './rule.js';

/**
 * The ADMIN rules come first: if they apply, the confirmation must be about ADMIN {2.4, 8a, and the article's
 * warning}.
 */
export const ADMIN_RULES: readonly RiskRule[] = [
  danger(
    'admin-exposed',
    'admin',
    (plan) => isAdmin(plan) && isExposed(plan),
    (plan) =>
      isLimitedByRole(plan)
        ? `ADMIN ${audienceOf(plan)}: only setrole:${roleOf(plan)} limits what can be done with it.`
        : `ADMIN ${audienceOf(plan)}: strangers can read, change and delete everything in ${accountName(plan)}. They can also read ${readableSecrets(plan)}.`,
  ),
  danger(
    'admin-disableentitlement',
    'admin',
    (plan) => isAdmin(plan) && disablesEntitlement(plan),
    (plan) =>
      isLimitedByRole(plan)
        ? `ADMIN with disableentitlement: it sees every category, and only setrole:${roleOf(plan)} limits what it can do there.`
        : `ADMIN with disableentitlement: it can see and change everything, and read ${readableSecrets(plan)}.`,
  ),
  danger(
    'admin-over-30-days',
    'admin',
    (plan) => isAdmin(plan) && plan.lifetime > 30 * DAY,
    'This ADMIN key is valid for over 30 days. Anyone who finds it can use it. Create a short-lived key each time instead.',
  ),
  danger(
    'admin-over-24-hours',
    'admin',
    (plan) => isAdmin(plan) && plan.lifetime > DAY && plan.lifetime <= 30 * DAY,
    'This ADMIN key is valid for over 24 hours. Anyone who finds it in that time can use it. Create a short-lived key each time instead.',
  ),
  danger(
    'administrator-role',
    'admin',
    (plan) => !isAdmin(plan) && roleOf(plan) !== undefined && weightOf('setrole', roleOf(plan) as string) === 'danger',
    (plan) => `setrole:${roleOf(plan)} makes it an administrator key, whatever its type.`,
  ),
];

interface WideGrant {
  readonly name: string;
  readonly applies: Applies;
  readonly gives: string;
}

const anyValue = (name: string): WideGrant => ({
  name,
  applies: (plan) => grantsAny(plan, name),
  gives: `${name}:* lets it ${explainPrivilege(name, '*').summary}.`,
});

/** Privileges that are dangerous on any key that is not ADMIN, with any holder (docs/kaltura-facts.md 2.4). */
const DANGEROUS: readonly WideGrant[] = [
  { name: 'everything', applies: isWildcard, gives: '* lets a USER key pass every privilege check.' },
  {
    name: 'disableentitlement',
    applies: disablesEntitlement,
    gives: 'disableentitlement shows every category and entry of the account by its ID, including hidden ones.',
  },
  ...['edit', 'list', 'download', 'edituser'].map(anyValue),
];

/** Privileges that are a caution on a key for your own use, and a danger on a key for others. */
const WIDE: readonly WideGrant[] = [
  ...['sview', 'downloadasset', 'enablechangeaccount'].map(anyValue),
  {
    name: 'disablesessiontypecheck',
    applies: (plan) => hasPrivilege(plan, 'disablesessiontypecheck'),
    gives: 'disablesessiontypecheck lets it pass access rules about the type of key.',
  },
];

const isKeptByAccount: Applies = (plan) => !isAdmin(plan) && !isExposed(plan);
const isShared: Applies = (plan) => !isAdmin(plan) && isExposed(plan);

/** Checks whether entitlement limits `sview:*` to one privacy context. */
const isLimitedToContext = (name: string, plan: KeyPlan): boolean => name === 'sview' && isInContext(plan);

/** Leaves `sview:*` in a privacy context to the lighter rule. */
const isTooWide =
  ({ name, applies }: WideGrant): Applies =>
  (plan) =>
    isShared(plan) && applies(plan) && !isLimitedToContext(name, plan);

export const WIDE_RULES: readonly RiskRule[] = [
  ...DANGEROUS.map(({ name, applies, gives }) =>
    danger(`user-${name}`, 'everything', (plan) => isKeptByAccount(plan) && applies(plan), gives),
  ),
  ...[...DANGEROUS, ...WIDE].map((grant) =>
    danger(`shared-${grant.name}`, 'share', isTooWide(grant), (plan) => `Too wide ${audienceOf(plan)}: ${grant.gives}`),
  ),
  ...WIDE.map(({ name, applies, gives }) =>
    caution(`wide-${name}`, (plan) => isKeptByAccount(plan) && applies(plan) && !isLimitedToContext(name, plan), gives),
  ),
  // Cautions on a key for others too. They open nothing that the account hides from its user: `editadmintags:*` is about entries that the
  // key may change anyway, and in a privacy context entitlement limits `sview:*` (docs/kaltura-facts.md 2.4, docs/kaltura-products.md 1.1).
  caution(
    'wide-editadmintags',
    (plan) => !isAdmin(plan) && grantsAny(plan, 'editadmintags'),
    'editadmintags:* lets it write admin tags.',
  ),
  caution(
    'wide-sview-in-context',
    (plan) => !isAdmin(plan) && grantsAny(plan, 'sview') && isInContext(plan),
    'sview:* lets it play every entry that entitlement shows in its privacy context, protected ones too.',
  ),
];
