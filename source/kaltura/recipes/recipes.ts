import { similarNames } from '../typed-values.js';
import { ADMIN } from './admin.js';
import { AGENTS } from './agents.js';
import { AI } from './ai.js';
import { ANALYTICS } from './analytics.js';
import { EDIT } from './edit.js';
import { EVENTS } from './events.js';
import { KAF } from './kaf.js';
import { PLAY } from './play.js';
import type { Recipe } from './recipe.js';

/** All use cases, in the order of their groups. */
export const RECIPES: readonly Recipe[] = [
  ...PLAY,
  ...EDIT,
  ...AI,
  ...ANALYTICS,
  ...EVENTS,
  ...KAF,
  ...ADMIN,
  ...AGENTS,
];

/** Returns the recipe with this ID, ignoring case; undefined if there is none. */
export const findRecipe = (id: string): Recipe | undefined =>
  RECIPES.find((recipe) => recipe.id === id.trim().toLowerCase());

/** How many IDs are suggested at most. */
const MOST = 6;

/** Returns the IDs that were probably meant: similar ones, else those that share a word with it, such as `recorder`. */
export function similarRecipes(id: string): string[] {
  const ids = RECIPES.map((recipe) => recipe.id);
  const similar = similarNames(id, ids);
  if (similar.length > 0) return similar;
  const words = id
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  const shared = (known: string): number =>
    words.filter((word) =>
      known.split('-').some((part) => part === word || (word.length > 4 && similarNames(word, [part]).length > 0)),
    ).length;
  return ids
    .filter((known) => shared(known) > 0)
    .sort((one, other) => shared(other) - shared(one))
    .slice(0, MOST);
}
