import type { HolderId } from '../holders.js';
import type { KsVersion, SessionType } from '../ks/fields.js';
import { ROLES, weightOf } from '../privileges/catalogue.js';
import { privilegePairs } from '../privileges/privileges.js';
import type { SignInMethod } from '../sign-in/key-request.js';

/** What the risks of a key depend on. */
export interface KeyPlan {
  /** null where the login's user or the token decides. */
  readonly type: SessionType | null;
  readonly privileges: string;
  /** Seconds. */
  readonly lifetime: number;
  readonly userId: string;
  readonly holder: HolderId | null;
  readonly method: SignInMethod;
  /** Looked at only where the key is signed here: elsewhere the account decides (docs/kaltura-facts.md 1.1). */
  readonly ksVersion: KsVersion;
  readonly partnerId: number | null;
  readonly serviceUrl: string;
}

export const HOUR = 3600;
export const DAY = 24 * HOUR;

export const isAdmin = (plan: KeyPlan): boolean => plan.type === 'ADMIN';

/** Whether the key leaves the hands and the servers of the account's people. */
export const isExposed = (plan: KeyPlan): boolean => plan.holder === 'browser' || plan.holder === 'vendor';

export const usesSecret = (plan: KeyPlan): boolean => plan.method === 'server' || plan.method === 'local';

/** No user at all, as the server sees it (docs/kaltura-facts.md 1.7). */
export const isAnonymous = (plan: KeyPlan): boolean => plan.userId === '' || plan.userId === '0';

const valueIn = (plan: KeyPlan, name: string): string | undefined =>
  privilegePairs(plan.privileges).findLast(([other]) => other === name)?.[1];

export const hasPrivilege = (plan: KeyPlan, name: string): boolean => valueIn(plan, name) !== undefined;

/** The server looks for this text anywhere, so names that end alike are found too (docs/kaltura-facts.md 2.2). */
export const grantsAny = (plan: KeyPlan, name: string): boolean => plan.privileges.includes(`${name}:*`);

/**
 * Whether `*` or `all:*` acts as a wildcard: alone, not in version 1 spelt `all:*`, and never in keys of an app token, which
 * always carry more (docs/kaltura-facts.md 0.9, 2.2, 5.8).
 */
export function isWildcard(plan: KeyPlan): boolean {
  const text = plan.privileges.trim();
  if (plan.method === 'app-token') return false;
  return text === '*' || (text === 'all:*' && !isVersion1(plan));
}

export const isVersion1 = (plan: KeyPlan): boolean => plan.method === 'local' && plan.ksVersion === 1;

/** Lower case, no value, and no `enableentitlement` beside it (docs/kaltura-facts.md 5.10). */
export const disablesEntitlement = (plan: KeyPlan): boolean =>
  valueIn(plan, 'disableentitlement') === '' && valueIn(plan, 'enableentitlement') !== '';

/** The role that takes the place of all other permissions, where there is one (docs/kaltura-facts.md 2.7). */
export const roleOf = (plan: KeyPlan): string | undefined => valueIn(plan, 'setrole');

/** A known role that takes the account's secrets and most actions out of an ADMIN key's reach (docs/kaltura-facts.md 8a). */
export function isLimitedByRole(plan: KeyPlan): boolean {
  const role = roleOf(plan);
  return role === 'null' || ROLES.some(({ name, administrator }) => name === role && !administrator);
}

const LIMITS = ['sview', 'setrole', 'restrictingrole', 'iprestrict', 'urirestrict', 'actionslimit'];

/** Whether anything narrows what the key may do, where from, or how often. */
export const isNarrowed = (plan: KeyPlan): boolean =>
  privilegePairs(plan.privileges).some(
    ([name, value]) => LIMITS.includes(name) && weightOf(name, value) === 'restricts',
  );

export type RiskWeight = 'danger' | 'caution' | 'note';

export interface Risk {
  readonly id: string;
  readonly weight: RiskWeight;
  readonly message: string;
  /** Whether the key is made only once a word was typed. */
  readonly acknowledge: boolean;
}

interface Rule {
  readonly id: string;
  readonly applies: (plan: KeyPlan) => boolean;
  readonly message: (plan: KeyPlan) => string;
}

/** Every danger is acknowledged with a word that says what it is about; nothing lighter is. */
export type RiskRule =
  | (Rule & { readonly weight: 'danger'; readonly acknowledge: true; readonly word: string })
  | (Rule & { readonly weight: 'caution' | 'note'; readonly acknowledge: false });

export type Applies = Rule['applies'];
type Message = string | Rule['message'];

const toMessage = (message: Message): Rule['message'] => (typeof message === 'string' ? () => message : message);

export const danger = (id: string, word: string, applies: Applies, message: Message): RiskRule => ({
  id,
  weight: 'danger',
  acknowledge: true,
  word,
  applies,
  message: toMessage(message),
});

const ruleOfWeight =
  (weight: 'caution' | 'note') =>
  (id: string, applies: Applies, message: Message): RiskRule => ({
    id,
    weight,
    acknowledge: false,
    applies,
    message: toMessage(message),
  });

export const caution = ruleOfWeight('caution');
export const note = ruleOfWeight('note');

export const audienceOf = (plan: KeyPlan): string =>
  plan.holder === 'vendor' ? 'for a vendor' : 'in a browser or an app';

export const accountName = (plan: KeyPlan): string =>
  plan.partnerId === null ? 'the account' : `partner ${plan.partnerId}`;
