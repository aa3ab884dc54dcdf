import type { RecipeAnswers, RecipeProblem } from '../../kaltura/recipes/fill.js';
import {
  PLACEHOLDER_IDS,
  type PlaceholderId,
  type PlaceholderValues,
  placeholderOf,
} from '../../kaltura/recipes/placeholders.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import type { Profile } from '../../profiles/profile.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { flagOf } from './answer-flags.js';

/** A recipe that flags or a profile name, with its values. */
export interface ChosenRecipe {
  readonly recipe: Recipe;
  readonly values: PlaceholderValues;
  /** What is missing. Invalid values are refused at once. */
  readonly missing: readonly RecipeProblem[];
  /** What the recipe says about the key; null if it takes none or something is missing. */
  readonly answers: RecipeAnswers | null;
  /** The same with examples for what is missing: to judge the risks of the key, never to make it. null if nothing is missing. */
  readonly sample: RecipeAnswers | null;
  /** `--recipe play-entry`, `the profile`. */
  readonly source: string;
}

/** Returns the values of the placeholder flags. */
function placeholderValues(flags: Flags): PlaceholderValues {
  const given = PLACEHOLDER_IDS.flatMap((id) => {
    const value = flags[id];
    return typeof value === 'string' ? [[id, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/** Returns the error for a name that doesn't exist, with the names that were probably meant. */
export function unknownName(noun: string, meant: readonly string[], where: string): UsageError {
  const hint = meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
  return new UsageError(`Unknown ${noun}.${hint} ${where}`, 'invalid-value', {
    fixes: meant.map((option) => ({ action: 'correct-spelling', text: `Use ${option}`, option })),
  });
}

/**
 * Finds a recipe.
 * @throws {UsageError} if there is none with this ID
 */
export async function recipeNamed(id: string): Promise<Recipe> {
  const { findRecipe, similarRecipes } = await import('../../kaltura/recipes/recipes.js');
  const recipe = findRecipe(id);
  if (recipe !== undefined) return recipe;
  throw unknownName('recipe', similarRecipes(id), 'See kaltura-ks recipes.');
}

/** Describes a missing value: its flag, what it is, and where to find it. */
export function missingText(problem: RecipeProblem): string | null {
  const describe = (id: PlaceholderId): string => {
    const { noun, example, where, choices } = placeholderOf(id);
    const such = choices === undefined ? `such as ${example}` : `one of ${Object.keys(choices).join(', ')}`;
    return `${flagOf(id)}: the ${noun}, ${such}. ${where}`;
  };
  if (problem.kind === 'missing') return describe(problem.placeholder);
  if (problem.kind === 'missing-one-of') return problem.placeholders.map(describe).join('\n  or ');
  return null;
}

/** Refuses invalid values and values that the recipe doesn't use. @throws {UsageError} */
function refuseInvalid(recipe: Recipe, problems: readonly RecipeProblem[], used: readonly PlaceholderId[]): void {
  for (const problem of problems) {
    switch (problem.kind) {
      case 'invalid':
        throw new UsageError(`${flagOf(problem.placeholder)}: ${problem.problem}`);
      case 'too-many':
        throw new UsageError(
          `Give only one of ${problem.placeholders.map(flagOf).join(' and ')}.`,
          'conflicting-options',
        );
      case 'unused': {
        const takes = used.length === 0 ? 'It takes no values.' : `It takes ${used.map(flagOf).join(', ')}.`;
        throw new UsageError(
          `The recipe ${recipe.id} doesn’t use ${flagOf(problem.placeholder)}. ${takes}`,
          'conflicting-options',
        );
      }
      default:
    }
  }
}

/**
 * Reads the recipe of the flags, or of the profile if flags change its values. Returns null without one: then the profile's own answers
 * count.
 * @param id the recipe, if the command takes it as an argument: then the values of its next step are needed too
 * @throws {UsageError}
 */
export async function chosenRecipe(flags: Flags, profile: Profile | null, id?: string): Promise<ChosenRecipe | null> {
  const typed = id ?? (typeof flags['recipe'] === 'string' ? flags['recipe'] : null);
  const own = profile?.recipe ?? null;
  const given = placeholderValues(flags);
  const [first] = Object.keys(given);
  if (typed === null && first === undefined) return null;
  if (typed === null && own === null) {
    throw new UsageError(
      `${flagOf(first ?? '')} is a value of a recipe: name the recipe with --recipe. See kaltura-ks recipes.`,
      'conflicting-options',
    );
  }
  const recipe = await recipeNamed(typed ?? own?.id ?? '');
  const isOwn = own !== null && own.id === recipe.id;
  const values = isOwn ? { ...own.values, ...given } : given;
  const { fillRecipe, placeholdersOf, placeholdersOfKey, recipeProblems, sampleAnswers, takesKey } = await import(
    '../../kaltura/recipes/fill.js'
  );
  const ofKey = placeholdersOfKey(recipe);
  const missing = recipeProblems(recipe, values, id === undefined ? ofKey : placeholdersOf(recipe));
  refuseInvalid(recipe, missing, placeholdersOf(recipe));
  // The answers that are saved with the profile count, unless a flag changes one of the values: they may differ from the recipe.
  const isSaved = isOwn && !ofKey.some((one) => given[one] !== undefined);
  const needsAnswers = takesKey(recipe) && !isSaved;
  const answers = needsAnswers ? fillRecipe(recipe, values) : null;
  const sample = needsAnswers && answers === null ? sampleAnswers(recipe, values) : null;
  const source = typed === null ? 'the profile’s recipe' : `the recipe ${recipe.id}`;
  return { recipe, values, missing, answers, sample, source };
}

/** @throws {UsageError} if the product takes no session key */
export function assertTakesKey(chosen: ChosenRecipe | null): void {
  if (chosen === null || chosen.recipe.key !== null) return;
  const { id, title } = chosen.recipe;
  throw new UsageError(`${title} uses no session key. See kaltura-ks recipes show ${id}.`, 'conflicting-options');
}
