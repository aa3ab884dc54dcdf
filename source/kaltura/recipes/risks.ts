import { isDanger, type Risk, risksOf } from '../risks/risks.js';
import { sampleAnswers, takesKey } from './fill.js';
import type { PlaceholderValues } from './placeholders.js';
import type { Recipe } from './recipe.js';

/** Returns the dangers of a recipe’s key that must be confirmed: with these values, and with examples for the missing ones. */
export function dangersOf(recipe: Recipe, values: PlaceholderValues): Risk[] {
  if (!takesKey(recipe)) return [];
  const needed = sampleAnswers(recipe, values);
  const plan = {
    ...needed,
    needed,
    userId: '',
    serviceUrl: '',
    signIn: { method: 'server', partnerId: null },
  } as const;
  return risksOf(plan).filter(isDanger);
}
