import { isSameKey, type KeySpec, type SignInSpec } from '../sign-in/key-spec.js';
import { CAUTIONS, NOTES } from './cautions.js';
import { ADMIN_RULES, WIDE_RULES } from './dangers.js';
import { isDanger, type KeyPlan, type Risk, type RiskRule, type RiskWeight } from './rule.js';

export { isDanger, type KeyPlan, type Risk, type RiskRule } from './rule.js';

export const RISK_RULES: readonly RiskRule[] = [...ADMIN_RULES, ...WIDE_RULES, ...CAUTIONS, ...NOTES];

const ORDER: readonly RiskWeight[] = ['danger', 'caution', 'note'];

const rulesFor = (plan: KeyPlan): RiskRule[] => RISK_RULES.filter((rule) => rule.applies(plan));

/** Returns the risks of a planned key, most severe first. */
export function risksOf(plan: KeyPlan): Risk[] {
  return rulesFor(plan)
    .toSorted((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight))
    .map(({ id, weight, message }) => ({ id, weight, message: message(plan) }));
}

/** Returns the word to type before this key is created; null if no confirmation is needed. */
export function confirmationWord(plan: KeyPlan): string | null {
  const rule = rulesFor(plan).find((candidate) => candidate.weight === 'danger');
  return rule?.weight === 'danger' ? rule.word : null;
}

/** Returns the IDs of the dangers of a planned key, sorted. All of them must be accepted. */
export function dangerIds(plan: KeyPlan): string[] {
  return rulesFor(plan)
    .filter(isDanger)
    .map((rule) => rule.id)
    .toSorted();
}

/** Leaves out the login ID and the app token ID: no risk depends on them. */
function withoutIds({ signIn }: KeySpec): SignInSpec {
  if (signIn.method === 'login') return { ...signIn, loginId: '' };
  return signIn.method === 'app-token' ? { ...signIn, tokenId: '' } : signIn;
}

/** Checks whether the specs are equal in everything that a risk can depend on, so that risks accepted for one count for the other. */
export const hasSameRisks = (one: KeySpec, other: KeySpec): boolean =>
  one.holder === other.holder &&
  isSameKey({ ...one, signIn: withoutIds(one) }, { ...other, signIn: withoutIds(other) });
