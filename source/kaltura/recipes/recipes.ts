import { similarNames } from '../similar-names.js';
import { ADMIN } from './admin.js';
import { AGENTS } from './agents.js';
import { AI } from './ai.js';
import { ANALYTICS } from './analytics.js';
import { EDIT } from './edit.js';
import { EVENTS } from './events.js';
import { KAF } from './kaf.js';
import { PLAY } from './play.js';
import { RECIPE_GROUPS, type Recipe } from './recipe.js';

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

/** Checks whether two words are the same or begin so, as `player` and `play` do. */
const isSameWord = (word: string, part: string): boolean =>
  word === part || (Math.min(word.length, part.length) > 3 && (word.startsWith(part) || part.startsWith(word)));

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
      known
        .split('-')
        .some((part) => isSameWord(word, part) || (word.length > 4 && similarNames(word, [part]).length > 0)),
    ).length;
  return ids
    .filter((known) => shared(known) > 0)
    .sort((one, other) => shared(other) - shared(one))
    .slice(0, MOST);
}

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
