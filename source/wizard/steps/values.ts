import { placeholdersOf, recipeProblems } from '../../kaltura/recipes/fill.js';
import { canComeFromLink, valueFromLink } from '../../kaltura/recipes/links.js';
import { valueProblemOf } from '../../kaltura/recipes/placeholder-value.js';
import { type Placeholder, type PlaceholderId, placeholderOf } from '../../kaltura/recipes/placeholders.js';
import { optional, type Recipe } from '../../kaltura/recipes/recipe.js';
import { readUserId } from '../../kaltura/typed-values.js';
import { upperFirst } from '../../messages/paragraph.js';
import { contextWarning, entryIdWarning } from '../../messages/privilege-mistakes.js';
import { userIdText } from '../../messages/recipes/recipes.js';
import { unconfirmedHelp, unconfirmedLine } from '../../messages/recipes/unconfirmed.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { type State, stay } from '../engine/state.js';
import { suggestedText } from '../engine/view.js';
import { changeForm, type FormState } from '../form/form.js';
import { recipeOf, valuesOf, withRecipePrivileges } from '../form/purpose.js';
import { certainVersion } from '../form/reading.js';

/** Checks whether the use case asks for a user ID. A login always names the user who signs in. */
const asksUser = ({ key }: Recipe, { method }: FormState): boolean =>
  key !== null && key.user.need !== 'none' && method !== 'login';

/** Checks whether the use case asks for anything. */
const asksAnything = (typed: FormState): boolean => {
  const recipe = recipeOf(typed);
  return recipe !== undefined && recipe.key !== null && (asksUser(recipe, typed) || placeholdersOf(recipe).length > 0);
};

function userProblem(recipe: Recipe, typed: FormState): string | null {
  const reading = readUserId(typed.userId, certainVersion(typed) === 2);
  if (reading.problem !== null) return reading.problem;
  return recipe.key?.user.need === 'required' && reading.text === ''
    ? `Enter the user ID of ${recipe.key.user.whose}.`
    : null;
}

const CAN_BE_NEW = 'Usually an email address. The user doesn’t have to exist in Kaltura yet.';

function userField(recipe: Recipe, typed: FormState): Field[] {
  if (!asksUser(recipe, typed)) return [];
  const reading = readUserId(typed.userId, certainVersion(typed) === 2);
  const user = recipe.key?.user ?? optional('the key');
  return [
    textField({
      id: 'userId',
      label: 'User ID',
      value: typed.userId,
      placeholder: user.need === 'optional' ? 'optional' : 'for example jane@example.com',
      detail: upperFirst(userIdText(user, recipe.key?.type === 'USER' ? CAN_BE_NEW : '')),
      problem: userProblem(recipe, typed),
      warning: reading.warning,
      suggestion: suggestedText(reading.suggestion),
    }),
  ];
}

const joined = (ids: readonly PlaceholderId[]): string => ids.map((id) => placeholderOf(id).noun).join(' or the ');

/** Says why a value can't be used, or that it is missing. */
function valueProblem(recipe: Recipe, typed: FormState, id: PlaceholderId): string | null {
  const value = valueFromLink(id, typed.recipeValues[id] ?? '');
  if (value !== '') {
    const others = recipe.asksOneOf.filter((one) => one !== id && valuesOf(typed, recipe)[one] !== undefined);
    const isOneTooMany = recipe.asksOneOf.includes(id) && others.length > 0;
    return isOneTooMany ? `Give only one: the ${joined(recipe.asksOneOf)}.` : valueProblemOf(id, value);
  }
  if (recipe.asks.includes(id)) return `Enter the ${placeholderOf(id).noun}, for example ${placeholderOf(id).example}.`;
  const given = valuesOf(typed, recipe);
  const isLastOfChoice = recipe.asksOneOf.at(-1) === id && recipe.asksOneOf.every((one) => given[one] === undefined);
  return isLastOfChoice ? `Enter the ${joined(recipe.asksOneOf)}.` : null;
}

function placeholderText(recipe: Recipe, id: PlaceholderId): string {
  if (recipe.mayAsk.includes(id)) return `optional, for example ${placeholderOf(id).example}`;
  if (!recipe.asksOneOf.includes(id)) return `for example ${placeholderOf(id).example}`;
  return `this or the ${joined(recipe.asksOneOf.filter((one) => one !== id)).replaceAll(/ \([^)]*\)/g, '')}`;
}

const change =
  (id: PlaceholderId) =>
  (state: State, value: string): State => ({
    ...state,
    form: withRecipePrivileges(changeForm(state.form, { recipeValues: { ...state.form.recipeValues, [id]: value } })),
  });

const OF_ENTRIES: readonly PlaceholderId[] = ['entry', 'entries', 'playlist'];

/** Warns about a value that doesn't look right, and about an entry that the practice account doesn't have. */
function valueWarning(
  { form: { region, partnerId }, setting: { practiceAccount } }: State,
  id: PlaceholderId,
  value: string,
): string | null {
  const ids = OF_ENTRIES.includes(id) && value !== '' ? value.split('/') : [];
  const odd = id === 'context' ? contextWarning(value) : ids.map(entryIdWarning).find((warning) => warning !== null);
  if (odd != null) return odd;
  const isPractice = region === 'practice' && partnerId === practiceAccount.partnerId && id !== 'playlist';
  const missing = isPractice ? ids.find((one) => !practiceAccount.entryIds.includes(one)) : undefined;
  return missing === undefined
    ? null
    : `The practice account has no entry ${missing}. It has, for example, ${practiceAccount.entryIds[0]}.`;
}

/** Names an entry of the practice account: any other ID looks right, but can't be played. */
const practiceText = ({ form: { region }, setting: { practiceAccount } }: State, id: PlaceholderId): string =>
  region === 'practice' && OF_ENTRIES.includes(id) && id !== 'playlist'
    ? `Practice has, for example, ${practiceAccount.entryIds[0]}. `
    : '';

function valueField(state: State, recipe: Recipe, id: PlaceholderId): Field {
  const { form: typed } = state;
  const { noun, where, choices, example }: Placeholder = placeholderOf(id);
  const value = typed.recipeValues[id] ?? '';
  const label = upperFirst(noun);
  if (choices !== undefined) {
    const options = Object.entries(choices).map(([choice, meaning], index) => ({
      value: choice,
      // A number says nothing once the list is folded.
      ...(/^\d+$/.test(choice) ? { label: `${choice} (${meaning})` } : { label: choice, hint: meaning }),
      // An open list doesn't show its label.
      ...(index === 0 ? { group: label } : {}),
    }));
    return {
      kind: 'choice',
      id,
      label,
      value: Object.hasOwn(choices, value) ? value : example,
      options,
      change: change(id),
    };
  }
  const found = valueFromLink(id, value);
  return textField({
    id,
    label,
    value,
    placeholder: placeholderText(recipe, id),
    detail: `${practiceText(state, id)}${where}${canComeFromLink(id) ? ' You can also paste a link that contains it.' : ''}`,
    ...(found === value.trim() ? {} : { note: `found in the URL: ${found}` }),
    problem: valueProblem(recipe, typed, id),
    warning: valueWarning(state, id, found),
    change: change(id),
  });
}

/** Asks for the values of the use case, and nothing else. */
export const values = form({
  step: {
    id: 'values',
    number: 4,
    isNeeded: asksAnything,
    isComplete: (typed) => {
      const recipe = recipeOf(typed);
      if (recipe === undefined) return true;
      const isUserComplete = !asksUser(recipe, typed) || userProblem(recipe, typed) === null;
      return isUserComplete && recipeProblems(recipe, valuesOf(typed, recipe)).length === 0;
    },
  },
  fields: (state) => {
    const recipe = recipeOf(state.form);
    if (recipe === undefined) return [];
    return [...userField(recipe, state.form), ...placeholdersOf(recipe).map((id) => valueField(state, recipe, id))];
  },
  view: ({ form: typed }) => {
    const recipe = recipeOf(typed);
    return {
      question: recipe?.title ?? '',
      advice: recipe === undefined ? [] : unconfirmedLine(recipe),
      help: recipe === undefined ? [] : [recipe.summary, ...recipe.mistakes, ...unconfirmedHelp(recipe)],
    };
  },
  submit: (state) => {
    const recipe = recipeOf(state.form);
    if (recipe === undefined) return stay(state);
    // Of a URL, only the ID is kept. Values of other use cases stay for them.
    const recipeValues = { ...state.form.recipeValues, ...valuesOf(state.form, recipe) };
    return stay({ ...state, form: withRecipePrivileges(changeForm(state.form, { recipeValues })) });
  },
});
