import { RECIPE_GROUPS, type Recipe } from './recipe.js';
import { RECIPES } from './recipes.js';

const searched = ({ id, title, summary, group, key }: Recipe): string =>
  [id, title, summary, RECIPE_GROUPS[group], key?.type ?? ''].join('\n').toLowerCase();

/** Returns the recipes that contain every word of the query, those first whose title or ID contains the first word. */
export function findRecipes(query: string): readonly Recipe[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first] = words;
  if (first === undefined) return RECIPES;
  const found = RECIPES.filter((recipe) => words.every((word) => searched(recipe).includes(word)));
  const isNamed = ({ id, title }: Recipe): boolean => `${id}\n${title}`.toLowerCase().includes(first);
  return [...found.filter(isNamed), ...found.filter((recipe) => !isNamed(recipe))];
}
