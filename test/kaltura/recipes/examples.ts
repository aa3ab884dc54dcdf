import { fillRecipe, placeholdersOf, type RecipeAnswers, takesKey } from '../../../source/kaltura/recipes/fill.js';
import {
  PLACEHOLDERS,
  type PlaceholderId,
  type PlaceholderValues,
} from '../../../source/kaltura/recipes/placeholders.js';
import type { Recipe } from '../../../source/kaltura/recipes/recipe.js';
import { findRecipe } from '../../../source/kaltura/recipes/recipes.js';

export const recipe = (id: string): Recipe => {
  const found = findRecipe(id);
  if (found === undefined) throw new Error(`no recipe ${id}`);
  return found;
};

const examples = (ids: readonly PlaceholderId[]): PlaceholderValues =>
  Object.fromEntries(ids.map((id) => [id, PLACEHOLDERS[id].example]));

/** The examples of all values that can be combined. */
export const exampleValues = (one: Recipe): PlaceholderValues =>
  examples(placeholdersOf(one).filter((id) => !one.asksOneOf.slice(1).includes(id)));

/** The examples of the required values. */
export const minimalValues = (one: Recipe): PlaceholderValues => examples([...one.asks, ...one.asksOneOf.slice(0, 1)]);

export function answersFor(one: Recipe, values: PlaceholderValues = minimalValues(one)): RecipeAnswers {
  if (!takesKey(one)) throw new Error(`${one.id} needs no key`);
  const filled = fillRecipe(one, values);
  if (filled === null) throw new Error(`${one.id} can’t be filled with ${JSON.stringify(values)}`);
  return filled;
}
