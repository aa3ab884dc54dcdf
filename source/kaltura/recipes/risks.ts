import { isDanger, type Risk, risksOf } from '../risks/risks.js';
import { sampleAnswers, takesKey } from './fill.js';
import type { PlaceholderValues } from './placeholders.js';
import type { Recipe } from './recipe.js';

/** Returns the dangers of a recipe’s key that must be confirmed: with these values, and with examples for the missing ones. */
export const dangersOf = (recipe: Recipe, values: PlaceholderValues): Risk[] =>
  keyRisks(recipe, values).filter(isDanger);

/** Returns the risk that a recipe’s key is ADMIN, unless a danger says more. */
export const adminRiskOf = (recipe: Recipe): Risk | null => {
  const risks = keyRisks(recipe, {});
  return risks.some(isDanger) ? null : (risks.find(({ id }) => id === 'admin') ?? null);
};

function keyRisks(recipe: Recipe, values: PlaceholderValues): Risk[] {
  if (!takesKey(recipe)) return [];
  const needed = sampleAnswers(recipe, values);
  const plan = {
    ...needed,
    needed,
    userId: '',
    serviceUrl: '',
    signIn: { method: 'server', partnerId: null },
  } as const;
  return risksOf(plan);
}
