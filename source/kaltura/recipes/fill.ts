import type { KeySpec } from '../sign-in/key-spec.js';
import { trimText } from '../typed-values.js';
import { valueProblemOf } from './placeholder-value.js';
import { type PlaceholderId, type PlaceholderValues, placeholderOf } from './placeholders.js';
import type { KeyRecipe, Recipe } from './recipe.js';

/** A problem with the value of a placeholder. */
export type RecipeProblem =
  | { readonly kind: 'missing'; readonly placeholder: PlaceholderId }
  /** Exactly one of these is required. */
  | { readonly kind: 'missing-one-of'; readonly placeholders: readonly PlaceholderId[] }
  | { readonly kind: 'too-many'; readonly placeholders: readonly PlaceholderId[] }
  /** `problem` is a sentence that doesn't repeat the value. */
  | { readonly kind: 'invalid'; readonly placeholder: PlaceholderId; readonly problem: string }
  /** The recipe doesn't use this value. */
  | { readonly kind: 'unused'; readonly placeholder: PlaceholderId };

/** What a recipe says about the key. The user is asked for separately: see `RecipeKey.user`. */
export type RecipeAnswers = Pick<KeySpec, 'type' | 'lifetime' | 'privileges' | 'holder'>;

/** Returns the placeholders of a recipe: required ones first. */
export const placeholdersOf = ({ asks, asksOneOf, mayAsk }: Recipe): readonly PlaceholderId[] => [
  ...asks,
  ...asksOneOf,
  ...mayAsk,
];

/** Checks whether a value is given: more than white space. */
export const isGiven = (values: PlaceholderValues, id: PlaceholderId): boolean => trimText(values[id] ?? '') !== '';

const IN_TEMPLATE = /<([a-z-]+)>/g;

/** Returns the placeholders of a privilege template. */
export const placeholdersIn = (template: string): readonly PlaceholderId[] =>
  [...template.matchAll(IN_TEMPLATE)].map(([, id]) => id as PlaceholderId);

/** Returns the placeholders that the privileges of a recipe have. The others are needed only for its next step. */
export const placeholdersOfKey = ({ key }: Recipe): readonly PlaceholderId[] => [
  ...new Set((key?.privileges ?? []).flatMap(placeholdersIn)),
];

/**
 * Returns everything that is wrong with the values of a recipe.
 *
 * @param needed the placeholders that are needed now; all unless told
 */
export function recipeProblems(
  recipe: Recipe,
  values: PlaceholderValues,
  needed: readonly PlaceholderId[] = placeholdersOf(recipe),
): RecipeProblem[] {
  const used = placeholdersOf(recipe);
  const given = (Object.keys(values) as PlaceholderId[]).filter((id) => isGiven(values, id));
  const chosen = recipe.asksOneOf.filter((id) => given.includes(id));
  return [
    ...recipe.asks
      .filter((id) => needed.includes(id) && !given.includes(id))
      .map((placeholder): RecipeProblem => ({ kind: 'missing', placeholder })),
    ...(recipe.asksOneOf.length > 0 && chosen.length === 0
      ? [{ kind: 'missing-one-of' as const, placeholders: recipe.asksOneOf }]
      : []),
    ...(chosen.length > 1 ? [{ kind: 'too-many' as const, placeholders: chosen }] : []),
    ...given.flatMap((placeholder): RecipeProblem[] => {
      if (!used.includes(placeholder)) return [{ kind: 'unused', placeholder }];
      const problem = valueProblemOf(placeholder, values[placeholder] ?? '');
      return problem === null ? [] : [{ kind: 'invalid', placeholder, problem }];
    }),
  ];
}

/** Replaces the placeholders of a privilege template. Leaves those open whose values are not given. */
export const fillPrivilege = (template: string, values: PlaceholderValues): string =>
  template.replaceAll(IN_TEMPLATE, (whole, id: PlaceholderId) => {
    const text = trimText(values[id] ?? '');
    if (text === '') return whole;
    return placeholderOf(id).isEncoded === true ? encodeURIComponent(text) : text;
  });

/** Leaves out the privileges whose values are not given. */
const answersFor = ({ key: { type, lifetime, holder, privileges } }: KeyRecipe, values: PlaceholderValues) => ({
  type,
  lifetime,
  holder,
  privileges: privileges
    .filter((item) => placeholdersIn(item).every((id) => isGiven(values, id)))
    .map((item) => fillPrivilege(item, values))
    .join(','),
});

/** Returns the key that a recipe needs; null if a value of its privileges has a problem (`recipeProblems`). */
export const fillRecipe = (recipe: KeyRecipe, values: PlaceholderValues): RecipeAnswers | null =>
  recipeProblems(recipe, values, placeholdersOfKey(recipe)).length > 0 ? null : answersFor(recipe, values);

/**
 * Returns the key of a recipe with examples in place of missing and invalid values: enough to judge its risks, never to make it.
 */
export function sampleAnswers(recipe: KeyRecipe, values: PlaceholderValues): RecipeAnswers {
  const isUsable = (id: PlaceholderId): boolean => isGiven(values, id) && valueProblemOf(id, values[id] ?? '') === null;
  const needed = [...recipe.asks, ...(recipe.asksOneOf.some(isUsable) ? [] : recipe.asksOneOf.slice(0, 1))];
  const examples = needed.map((id) => [id, placeholderOf(id).example] as const);
  const usable = Object.entries(values).filter(([id]) => isUsable(id as PlaceholderId));
  return answersFor(recipe, { ...Object.fromEntries(examples), ...Object.fromEntries(usable) });
}

export const takesKey = (recipe: Recipe): recipe is KeyRecipe => recipe.key !== null;
