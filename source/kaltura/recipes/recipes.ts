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

/** Returns the IDs that were probably meant, the most similar first. */
export const similarRecipes = (id: string): string[] =>
  similarNames(
    id,
    RECIPES.map((recipe) => recipe.id),
  );
