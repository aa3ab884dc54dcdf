import type { HolderId } from '../holders.js';
import type { SessionType } from '../ks/fields.js';
import { weightOf } from '../privileges/effects.js';
import { lastValueOf } from '../privileges/limits.js';
import { privilegePairs } from '../privileges/privileges.js';
import { isLimitingRole } from '../privileges/roles.js';
import { type KeySpec, versionOf } from '../sign-in/key-spec.js';

/** The parts of a `KeySpec` that its risks depend on. A key that exists already may have an unknown type and holder: null. */
export interface KeyPlan extends Pick<KeySpec, 'serviceUrl' | 'signIn' | 'userId' | 'lifetime' | 'privileges'> {
  readonly type: SessionType | null;
  readonly holder: HolderId | null;
  /** What the use case of the key needs: no advice speaks against it. Left out without a use case. */
  readonly needed?: Pick<KeySpec, 'type' | 'lifetime' | 'privileges'> | null | undefined;
}

/** Returns the type; null if it is unknown, or if the user who logs in decides it. */
export const typeOf = ({ signIn, type }: KeyPlan): SessionType | null => (signIn.method === 'login' ? null : type);

export const isAdmin = (plan: KeyPlan): boolean => typeOf(plan) === 'ADMIN';

/** Returns whether people outside the account get the key. */
export const isExposed = (plan: KeyPlan): boolean => plan.holder === 'browser' || plan.holder === 'vendor';

export const usesSecret = ({ signIn }: KeyPlan): boolean => signIn.method === 'server' || signIn.method === 'local';

/** Returns whether the key has no user from the server's point of view (docs/kaltura-facts.md 1.7). */
export const isAnonymous = (plan: KeyPlan): boolean => plan.userId === '' || plan.userId === '0';

/**
 * Names the secrets that an ADMIN key can read. A user can be an administrator of other accounts
 * (docs/kaltura-products.md 4.4). An app token can set a user that is unknown here.
 */
export const readableSecrets = (plan: KeyPlan): string =>
  isAnonymous(plan) && plan.signIn.method !== 'app-token'
    ? 'the secrets of this account and its child accounts'
    : 'the secrets of this account, its child accounts and the other accounts where its user is an administrator';

const valueIn = ({ privileges }: KeyPlan, name: string): string | undefined => lastValueOf(privileges, name);

export const hasPrivilege = (plan: KeyPlan, name: string): boolean => valueIn(plan, name) !== undefined;

/**
 * Returns whether the privileges contain `name:*`. The server searches the whole text, so names with the same ending
 * match too (docs/kaltura-facts.md 2.2).
 */
export const grantsAny = (plan: KeyPlan, name: string): boolean => plan.privileges.includes(`${name}:*`);

/**
 * Returns whether `*` or `all:*` acts as a wildcard: it must be alone, version 1 accepts only `*`, and keys of an app
 * token never qualify because they always have more privileges (docs/kaltura-facts.md 0.9, 2.2, 5.8).
 */
export function isWildcard(plan: KeyPlan): boolean {
  const text = plan.privileges.trim();
  if (plan.signIn.method === 'app-token') return false;
  return text === '*' || (text === 'all:*' && !isVersion1(plan));
}

export const isVersion1 = ({ signIn }: KeyPlan): boolean => versionOf(signIn) === 1;

/**
 * Returns whether the key disables entitlement: the name in lower case, without a value, and without
 * `enableentitlement` (docs/kaltura-facts.md 5.10).
 */
export const disablesEntitlement = (plan: KeyPlan): boolean =>
  valueIn(plan, 'disableentitlement') === '' && valueIn(plan, 'enableentitlement') !== '';

/** Returns whether entitlement limits the key to what its user sees in one privacy context (docs/kaltura-facts.md 5.10). */
export const isInContext = (plan: KeyPlan): boolean =>
  valueIn(plan, 'enableentitlement') === '' && (valueIn(plan, 'privacycontext') ?? '') !== '';

/** Returns the role of `setrole`, which replaces all other permissions (docs/kaltura-facts.md 2.7). */
export const roleOf = (plan: KeyPlan): string | undefined => valueIn(plan, 'setrole');

/**
 * Returns whether a known role keeps an ADMIN key away from account secrets and most actions (docs/kaltura-facts.md
 * 8a).
 */
export function isLimitedByRole(plan: KeyPlan): boolean {
  const role = roleOf(plan);
  return role !== undefined && isLimitingRole(role);
}

const LIMITS = ['sview', 'setrole', 'restrictingrole', 'iprestrict', 'urirestrict', 'actionslimit'];

/** Returns whether any privilege limits what the key can do, where it works, or how often. */
export const isNarrowed = (plan: KeyPlan): boolean =>
  privilegePairs(plan.privileges).some(
    ([name, value]) => LIMITS.includes(name) && weightOf(name, value) === 'restricts',
  );

export type RiskWeight = 'danger' | 'caution' | 'note';

export interface Risk {
  readonly id: string;
  /** A danger must be accepted before the key is created. */
  readonly weight: RiskWeight;
  readonly message: string;
}

export const isDanger = ({ weight }: Pick<Risk, 'weight'>): boolean => weight === 'danger';

interface Rule {
  readonly id: string;
  readonly applies: (plan: KeyPlan) => boolean;
  readonly message: (plan: KeyPlan) => string;
}

/** A rule for one risk. Every danger has a confirmation word; cautions and notes have none. */
export type RiskRule =
  | (Rule & { readonly weight: 'danger'; readonly word: string })
  | (Rule & { readonly weight: 'caution' | 'note' });

export type Applies = Rule['applies'];
type Message = string | Rule['message'];

const toMessage = (message: Message): Rule['message'] => (typeof message === 'string' ? () => message : message);

export const danger = (id: string, word: string, applies: Applies, message: Message): RiskRule => ({
  id,
  weight: 'danger',
  word,
  applies,
  message: toMessage(message),
});

const ruleOfWeight =
  (weight: 'caution' | 'note') =>
  (id: string, applies: Applies, message: Message): RiskRule => ({
    id,
    weight,
    applies,
    message: toMessage(message),
  });

export const caution = ruleOfWeight('caution');
export const note = ruleOfWeight('note');

export const audienceOf = (plan: KeyPlan): string =>
  plan.holder === 'vendor' ? 'for a vendor' : 'in a browser or an app';

export const accountName = ({ signIn }: KeyPlan): string =>
  signIn.partnerId === null ? 'the account' : `partner ${signIn.partnerId}`;
