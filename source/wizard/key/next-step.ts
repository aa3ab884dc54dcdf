import { serviceUrlAt } from '../../kaltura/accounts/regions.js';
import { actionsLimitIn } from '../../kaltura/privileges/limits.js';
import { type NextResult, type NextStep, needsExec, nextStep } from '../../kaltura/recipes/next.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { findRecipe } from '../../kaltura/recipes/recipes.js';
import { caution, type Option, type Paragraph, plain } from '../../messages/paragraph.js';
import { containsKeyText, exampleText, nextProblemText } from '../../messages/recipes/recipes.js';
import { unconfirmedHelp, unconfirmedLine } from '../../messages/recipes/unconfirmed.js';
import { SET_VARIABLE_HELP, setVariableText } from '../../messages/use.js';
import { type Field, form, optionField, selectedOption, textField } from '../engine/build-screen.js';
import type { Effect } from '../engine/effect.js';
import { type CurrentKey, changeState, goTo, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { backToReview, readingOfSubject } from './subject.js';
import { goBackOnTrail, openKeyScreen } from './trail.js';

const FROM_VARIABLE = 'it reads the key from KALTURA_KS';

function setVariableStep() {
  const { shell, text } = setVariableText();
  return { label: `First (${shell})`, value: text };
}

/** What the user does with each kind of text. */
const KINDS: Readonly<
  Record<
    NextStep['kind'],
    {
      readonly todo: string;
      readonly text: string;
      /** How a text without the key gets it, as the hint of an option. */
      readonly keySource?: string;
    }
  >
> = {
  link: { todo: 'open the link', text: 'link' },
  page: { todo: 'put the code into your page', text: 'code' },
  api: { todo: 'send the request', text: 'command', keySource: FROM_VARIABLE },
  header: { todo: 'send the request', text: 'command', keySource: FROM_VARIABLE },
  mcp: {
    todo: 'add the configuration to your MCP client',
    text: 'configuration',
    keySource: 'it creates keys from the profile',
  },
  steps: { todo: 'follow the instructions', text: 'text' },
};

/** Says what to do with the key of a use case, and how to see the text for it. */
export function todoText(recipe: Recipe, { profileName }: State): string {
  const { todo, text } = KINDS[recipe.next.kind];
  return lacksProfile(recipe, profileName)
    ? `Next, for “${recipe.title}”: press s to save a profile, and then u to see the ${text} that uses it.`
    : `Next, for “${recipe.title}”: ${todo}. Press u to see the ${text}.`;
}

/** Checks whether the text runs this program with a profile, and none is saved. */
const lacksProfile = (recipe: Recipe, name: string | null): boolean => name === null && needsExec(recipe);

/** Returns the use case that the key was created for; undefined without one. */
export const recipeOfKey = ({ recipe }: CurrentKey): Recipe | undefined =>
  recipe === null ? undefined : findRecipe(recipe.id);

/** Returns the next step of the key's use case; null without one. */
function stepOf(state: State): { readonly recipe: Recipe; readonly result: NextResult } | null {
  const { key } = state;
  const recipe = key === null ? undefined : recipeOfKey(key);
  if (key === null || key.recipe === null || recipe === undefined) return null;
  const reading = readingOfSubject(state);
  const version = reading?.readable === true ? reading.explanation.version : reading?.version;
  const result = nextStep(recipe, key.recipe.values, {
    region: key.server.region,
    serviceUrl: serviceUrlAt(key.server, state.practiceUrl),
    partnerId: key.made.facts.partnerId,
    ksVersion: version === 1 || version === 2 ? version : null,
    profile: state.profileName,
  });
  return { recipe, result };
}

const SAVE_FIRST = plain('Save a profile first: press esc, then s. The text then has its name.');

const WORD = 'admin';

/**
 * Checks whether the word must be typed before the key gets into a link or a page: for a key that is or may be ADMIN. The review has
 * already asked for the word if the key was created here for a page.
 */
function needsWord(key: CurrentKey, step: NextStep): boolean {
  if (!step.containsKey || key.made.facts.type === 'USER') return false;
  const { request, madeFor } = key;
  // Of a login, the review doesn't know whether its key is ADMIN.
  const isReviewed = request !== null && request.signIn.method !== 'login';
  return !(isReviewed && madeFor.type === 'ADMIN' && madeFor.holder === 'browser');
}

function wordField(state: State, result: NextResult & { readonly ok: true }): Field[] {
  const { key, keyUse } = state;
  const { step } = result;
  if (key === null || !needsWord(key, step)) return [];
  const isTyped = keyUse.stepWord.trim().toLowerCase() === WORD;
  // The code for the API doesn't contain the key.
  const isCode = selectedOption(state, optionsFor(result, key))?.value === 'code';
  return [
    textField({
      id: 'stepWord',
      label: 'Confirm',
      value: keyUse.stepWord,
      placeholder: `type “${WORD}” to get the ${KINDS[step.kind].text}`,
      detail: 'Anyone who has an ADMIN key can do everything in this account.',
      problem:
        isTyped || isCode ? null : `Type the word “${WORD}” to put an ADMIN key into the ${KINDS[step.kind].text}.`,
      change: (current, typed) => changeState(current, { keyUse: { stepWord: typed } }),
    }),
  ];
}

/** Checks whether the API refuses every call with the key: it is for KAF only. */
const isForKafOnly = ({ made }: CurrentKey): boolean => actionsLimitIn(made.facts.privileges ?? '') === 'unusable';

const optionsFor = (result: NextResult, key: CurrentKey | null): readonly Option[] => [
  ...(result.ok
    ? [
        {
          value: 'copy',
          label: `Copy the ${KINDS[result.step.kind].text}`,
          hint: result.step.containsKey
            ? 'with the key in it'
            : (KINDS[result.step.kind].keySource ?? 'without the key'),
        },
        { value: 'print', label: 'Print it above', hint: 'so that you can select it' },
      ]
    : []),
  ...(!result.ok && result.problem.kind === 'version-1-in-path' && key?.request != null
    ? [{ value: 'version-2', label: 'Create a version 2 key…', hint: 'opens the review' }]
    : []),
  ...(result.ok && key !== null && isForKafOnly(key)
    ? []
    : [{ value: 'code', label: 'Use the key…', hint: 'curl, PHP, Python, Node, Java, .env' }]),
];

/** Says why there is no next step, or that it is only an example. */
function warningsOf(result: NextResult): Paragraph[] {
  if (!result.ok) return [caution(nextProblemText(result.problem))];
  const { step } = result;
  return step.isExample ? [caution(exampleText(step)), ...keyWarning(step)] : keyWarning(step);
}

/** Says that a text contains the key. */
const keyWarning = ({ containsKey, kind }: NextStep): Paragraph[] =>
  containsKey ? [caution(containsKeyText(kind === 'link' ? 'link' : 'page'))] : [];

const effectOf = (what: 'copy-step' | 'show-step', step: NextStep, { made, number }: CurrentKey): Effect => ({
  do: what,
  step,
  ks: made.ks,
  label: `Next step of session key ${number}`,
  isTemporary: step.containsKey && made.facts.type === 'ADMIN',
});

/** Opens the next step of the key's use case. Prints it, unless a word must be typed first. */
export function openNextStep(state: State): Transition {
  const found = stepOf(state);
  const opened = changeState(openKeyScreen('next-step')(state).state, { keyUse: { stepWord: '' } });
  if (found === null || !found.result.ok || state.key === null || needsWord(state.key, found.result.step))
    return stay(opened);
  return stay(opened, effectOf('show-step', found.result.step, state.key));
}

/** Shows the next step of the key's use case: a link, a page, a request or a configuration. */
export const nextStepScreen = form({
  fields: (state) => {
    const found = stepOf(state);
    if (found === null) return [];
    const { result } = found;
    return [
      ...(result.ok ? wordField(state, result) : []),
      optionField(state, optionsFor(result, state.key), 'Action'),
    ];
  },
  view: (state) => {
    const found = stepOf(state);
    if (found === null) return { heading: 'next step', question: 'This key has no use case', help: [] };
    const { recipe, result } = found;
    return {
      heading: recipe.title,
      question: result.ok
        ? `${result.step.isExample ? 'Example' : 'Next'}: ${KINDS[result.step.kind].todo}`
        : 'This key can’t be used for the next step',
      ...(result.ok && KINDS[result.step.kind].keySource === FROM_VARIABLE ? { standing: setVariableStep() } : {}),
      warnings: warningsOf(result),
      advice: [
        ...(lacksProfile(recipe, state.profileName) ? [SAVE_FIRST] : []),
        ...(result.ok ? result.step.notes.map(plain) : []),
        ...unconfirmedLine(recipe),
      ],
      help: [
        recipe.summary,
        ...recipe.mistakes,
        ...unconfirmedHelp(recipe),
        ...(result.ok && KINDS[result.step.kind].keySource === FROM_VARIABLE ? [SET_VARIABLE_HELP] : []),
        'In a link, the key is percent-encoded. The hosts are those of the key’s region.',
      ],
      scrolledAway: 'Not all of the text is visible. Copy it, or scroll up.',
      isAboutLastPrinted: true,
      enter: 'go',
    };
  },
  submit: (state) => {
    const found = stepOf(state);
    if (found === null || state.key === null) return stay(goTo(state, 'result'));
    const { result } = found;
    const chosen = selectedOption(state, optionsFor(result, state.key))?.value;
    if (chosen === 'version-2')
      return stay(backToReview({ ...state, form: changeForm(state.form, { ksVersion: '2' }) }));
    if (chosen === 'code' || !result.ok) return openKeyScreen('use')(state);
    return stay(state, effectOf(chosen === 'copy' ? 'copy-step' : 'show-step', result.step, state.key));
  },
  back: goBackOnTrail,
});
