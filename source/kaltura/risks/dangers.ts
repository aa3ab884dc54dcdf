import { explainPrivilege, weightOf } from '../privileges/catalogue.js';
import {
  type Applies,
  account,
  caution,
  DAY,
  danger,
  grantsAny,
  has,
  isAdmin,
  isExposed,
  isHeldByRole,
  isWildcard,
  liftsEntitlement,
  type RiskRule,
  roleOf,
  where,
} from './rule.js';

/** ADMIN first: where it is dangerous, it is ADMIN that one must mean (docs/kaltura-facts.md 2.4, 8a, and the article's warning). */
export const ADMIN_RULES: readonly RiskRule[] = [
  danger(
    'admin-exposed',
    'admin',
    (plan) => isAdmin(plan) && isExposed(plan),
    (plan) =>
      isHeldByRole(plan)
        ? `ADMIN ${where(plan)}: only setrole:${roleOf(plan)} holds it back. Make it a USER key.`
        : `ADMIN ${where(plan)}: strangers can read, change and delete everything in ${account(plan)}, and keep its secrets for ever.`,
  ),
  danger(
    'admin-disableentitlement',
    'admin',
    (plan) => isAdmin(plan) && liftsEntitlement(plan),
    (plan) =>
      isHeldByRole(plan)
        ? `ADMIN with disableentitlement: sees every category; setrole:${roleOf(plan)} limits what it can do there.`
        : 'ADMIN with disableentitlement: sees every category, can change everything, can read the account’s secrets.',
  ),
  danger(
    'admin-over-30-days',
    'admin',
    (plan) => isAdmin(plan) && plan.lifetime > 30 * DAY,
    'ADMIN for over 30 days: easily forgotten, and good to anyone who finds it. Make short ones, often.',
  ),
  danger(
    'admin-over-24-hours',
    'admin',
    (plan) => isAdmin(plan) && plan.lifetime > DAY && plan.lifetime <= 30 * DAY,
    'ADMIN for over 24 hours: good to anyone who finds it in that time. Make short ones, often.',
  ),
  danger(
    'administrator-role',
    'admin',
    (plan) => !isAdmin(plan) && roleOf(plan) !== undefined && weightOf('setrole', roleOf(plan) as string) === 'danger',
    (plan) => `setrole:${roleOf(plan)} makes it an administrator’s key, whatever its type.`,
  ),
];

interface Wide {
  readonly name: string;
  readonly applies: Applies;
  readonly gives: string;
}

const any = (name: string): Wide => ({
  name,
  applies: (plan) => grantsAny(plan, name),
  gives: `${name}:* lets it ${explainPrivilege(name, '*').summary}.`,
});

/** What is dangerous on a key that is not ADMIN, whoever holds it (docs/kaltura-facts.md 2.4). */
const DANGEROUS: readonly Wide[] = [
  { name: 'everything', applies: isWildcard, gives: '* lets a USER key pass every privilege check.' },
  {
    name: 'disableentitlement',
    applies: liftsEntitlement,
    gives: 'disableentitlement opens every category and entry of the account by its ID, hidden ones too.',
  },
  ...['edit', 'list', 'download', 'edituser'].map(any),
];

/** What is a caution in one's own hands, and too wide in those of others. */
const WIDE: readonly Wide[] = [
  ...['sview', 'downloadasset', 'enablechangeaccount', 'editadmintags'].map(any),
  {
    name: 'disablesessiontypecheck',
    applies: (plan) => has(plan, 'disablesessiontypecheck'),
    gives: 'disablesessiontypecheck lets it pass access rules about the type of key.',
  },
];

const isKept: Applies = (plan) => !isAdmin(plan) && !isExposed(plan);
const isShared: Applies = (plan) => !isAdmin(plan) && isExposed(plan);

export const WIDE_RULES: readonly RiskRule[] = [
  ...DANGEROUS.map(({ name, applies, gives }) =>
    danger(`user-${name}`, 'everything', (plan) => isKept(plan) && applies(plan), gives),
  ),
  ...[...DANGEROUS, ...WIDE].map(({ name, applies, gives }) =>
    danger(
      `shared-${name}`,
      'share',
      (plan) => isShared(plan) && applies(plan),
      (plan) => `Too wide ${where(plan)}: ${gives}`,
    ),
  ),
  ...WIDE.map(({ name, applies, gives }) => caution(`wide-${name}`, (plan) => isKept(plan) && applies(plan), gives)),
];
