import { DAY, formatLifetime, HOUR, LIFETIMES, MINUTE } from '../../kaltura/lifetime.js';
import { LOOK_AROUND } from '../../kaltura/privileges/tasks.js';
import { fillRecipe, placeholdersOf, type RecipeAnswers, sampleAnswers, takesKey } from '../../kaltura/recipes/fill.js';
import { valueFromLink } from '../../kaltura/recipes/links.js';
import type { PlaceholderValues } from '../../kaltura/recipes/placeholders.js';
import { RECIPE_GROUPS, type Recipe } from '../../kaltura/recipes/recipe.js';
import { findRecipe } from '../../kaltura/recipes/recipes.js';
import type { RecipeUse } from '../../profiles/profile.js';
import { changeForm, EMPTY_FORM, type FormState, type PurposeId } from './form.js';
import { withSessionGroupOf } from './session-group.js';

/** The lifetime of the ADMIN key that creates an app token, in seconds: long enough to fill in the form of the token. */
export const VENDOR_KEY_LIFETIME = 600;

/** Returns the use case of the answers; undefined without one. */
export const recipeOf = ({ recipe }: FormState): Recipe | undefined => (recipe === '' ? undefined : findRecipe(recipe));

/** Checks whether the user chooses type, user, lifetime and privileges in the steps. Otherwise the purpose decides them. */
export const isOwnChoice = (form: FormState): boolean =>
  recipeOf(form) === undefined && form.purpose !== 'look-around' && form.purpose !== 'vendor';

/** Returns the step that creates the key: the review, or the explanation of the app token for a vendor. */
export const lastStepOf = ({ purpose }: FormState): 'review' | 'vendor' => (purpose === 'vendor' ? 'vendor' : 'review');

export const isGroup = (purpose: string): boolean => Object.hasOwn(RECIPE_GROUPS, purpose);

/** Writes a lifetime as a person types it: `2 hours`, but `3601s`. */
function typedLifetime(seconds: number): string {
  // `formatLifetime` leaves out the minutes of longer ones.
  const isExact = seconds % (seconds > 2 * DAY ? HOUR : MINUTE) === 0;
  return isExact ? formatLifetime(seconds) : `${seconds}s`;
}

/** Returns the answers for a lifetime in seconds. */
export const lifetimeAnswers = (seconds: number): Pick<FormState, 'lifetime' | 'otherLifetime'> =>
  LIFETIMES.some((lifetime) => lifetime === seconds)
    ? { lifetime: String(seconds), otherLifetime: '' }
    : { lifetime: 'other', otherLifetime: typedLifetime(seconds) };

/** Returns the typed values that the use case asks for. Those that are URLs are replaced by the IDs in them. */
export function valuesOf(form: FormState, recipe: Recipe): PlaceholderValues {
  const given = placeholdersOf(recipe).map((id) => [id, valueFromLink(id, form.recipeValues[id] ?? '')] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** Returns the privileges of the use case; null while a value is missing or invalid. */
export function recipePrivileges(form: FormState): string | null {
  const recipe = recipeOf(form);
  if (recipe === undefined || !takesKey(recipe)) return null;
  return fillRecipe(recipe, valuesOf(form, recipe))?.privileges ?? null;
}

/** Returns the key that the use case needs, with examples for missing values; null without a use case. */
export function neededKey(form: FormState): RecipeAnswers | null {
  const recipe = recipeOf(form);
  return recipe === undefined || !takesKey(recipe) ? null : sampleAnswers(recipe, valuesOf(form, recipe));
}

/** Returns the use case with its values, as a profile and a key remember it; null without one. */
export function recipeUseOf(form: FormState): RecipeUse | null {
  const recipe = recipeOf(form);
  return recipe === undefined ? null : { id: recipe.id, values: valuesOf(form, recipe) };
}

/** Returns the answers for the use case that a profile remembers. */
export function withRecipeOf(use: RecipeUse | null, privileges: string): Partial<FormState> {
  const recipe = use === null ? undefined : findRecipe(use.id);
  if (use === null || recipe === undefined) return { purpose: 'other' };
  const ofRecipe = takesKey(recipe) ? fillRecipe(recipe, use.values) : null;
  const isUnchanged = ofRecipe !== null && withSessionGroupOf(privileges, ofRecipe.privileges) === privileges;
  const task = isUnchanged ? ({ task: 'recipe' } as const) : {};
  return { purpose: recipe.group, recipe: recipe.id, recipeValues: use.values, ...task };
}

/** Sets the privileges of the use case, unless the user has chosen others. */
export const withRecipePrivileges = (form: FormState): FormState =>
  form.task === 'recipe'
    ? changeForm(form, { privileges: withSessionGroupOf(form.privileges, recipePrivileges(form) ?? '') })
    : form;

/** Chooses a use case: it fills in type, lifetime and privileges. */
export function chooseRecipe(form: FormState, recipe: Recipe, purpose: PurposeId): FormState {
  if (form.recipe === recipe.id || recipe.key === null) return changeForm(form, { purpose, recipe: recipe.id });
  const { type, lifetime, holder, user } = recipe.key;
  const chosen = changeForm(form, {
    purpose,
    recipe: recipe.id,
    type,
    holder,
    ...lifetimeAnswers(lifetime),
    ...(user.need === 'none' ? { userId: '' } : {}),
    task: 'recipe',
  });
  return withRecipePrivileges(chosen);
}

/** The answers that a purpose decides. */
const DECIDED = (({ holder, type, userId, lifetime, otherLifetime, task, privileges }) => ({
  ...{ holder, type, userId, lifetime, otherLifetime, task, privileges },
}))(EMPTY_FORM);

/** Chooses a purpose other than a use case. */
export function choosePurpose(form: FormState, purpose: PurposeId): FormState {
  if (form.purpose === purpose) return form;
  // The group alone decides nothing yet.
  if (isGroup(purpose)) return changeForm(form, { purpose });
  switch (purpose) {
    case 'look-around':
      return changeForm(form, {
        ...DECIDED,
        purpose,
        recipe: '',
        type: 'USER',
        task: 'look-around',
        privileges: LOOK_AROUND,
      });
    case 'vendor':
      return changeForm(form, { ...DECIDED, purpose, recipe: '', ...lifetimeAnswers(VENDOR_KEY_LIFETIME) });
    default:
      // The user was entered, or comes from an .env file: no purpose decides it here.
      return changeForm(form, { ...(isOwnChoice(form) ? {} : DECIDED), userId: form.userId, purpose, recipe: '' });
  }
}
