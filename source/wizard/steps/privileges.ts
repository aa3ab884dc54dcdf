import type { SessionType } from '../../kaltura/ks/fields.js';
import { explainPrivilege } from '../../kaltura/privileges/effects.js';
import { type CheckedPrivileges, checkPrivileges, privilegePairs } from '../../kaltura/privileges/privileges.js';
import {
  ENTITLEMENT_EXPLANATION,
  type PrivilegeTask,
  privilegesOfTask,
  taskOf,
  tasksFor,
  WILDCARD_WARNING,
} from '../../kaltura/privileges/tasks.js';
import { caution, type Fact, type Option } from '../../messages/paragraph.js';
import { HARMLESS_IN_PRACTICE } from '../../messages/practice-key.js';
import { mistakesText } from '../../messages/privilege-mistakes.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { goTo, stay } from '../engine/state.js';
import { changeForm, type FormState } from '../form/form.js';
import { offersLookAround } from '../form/practice.js';
import { isOwnChoice, recipeOf, recipePrivileges } from '../form/purpose.js';
import { certainVersion, checkedPrivileges } from '../form/reading.js';
import {
  SESSION_GROUP_HELP,
  sessionGroupActions,
  toggleSessionGroup,
  withSessionGroupOf,
} from '../form/session-group.js';

/** Returns the type, if it is known before the key is created; for a login, the user decides it. */
const typeOf = (form: FormState): SessionType | null => (form.method === 'login' ? null : form.type);

/** Returns the privileges string, which every screen of this step shows. */
export const privilegesFact = (form: FormState): Fact => ({
  label: 'privileges',
  value: form.privileges === '' ? '(none)' : form.privileges,
});

const chosenTask = (form: FormState): PrivilegeTask | null =>
  form.task === 'recipe' || form.task === 'choose' || form.task === 'write' ? null : taskOf(form.task);

const valuesOf = (form: FormState): readonly string[] =>
  form.taskValue
    .split(/[\s,/]+/)
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** Checks the privileges of the chosen task; null if the user picks or types them. */
function outcomeOf(form: FormState): CheckedPrivileges | null {
  const ofRecipe = form.task === 'recipe' ? recipePrivileges(form) : null;
  if (ofRecipe !== null) return checkPrivileges(ofRecipe, certainVersion(form));
  const task = chosenTask(form);
  if (task === null) return null;
  const values = task.needs?.list === false ? [form.taskValue] : valuesOf(form);
  return checkPrivileges(privilegesOfTask(task, typeOf(form), values), certainVersion(form));
}

function needProblem(form: FormState): string | null {
  const need = chosenTask(form)?.needs;
  if (need === undefined) return null;
  if (form.taskValue.trim() === '')
    return `Enter the ${need.noun}, for example ${need.example}${need.list ? '. Separate several IDs with spaces' : ''}.`;
  if (!need.list && form.taskValue.includes(',')) return 'Remove the comma: it separates privileges.';
  const outcome = outcomeOf(form);
  return outcome === null || outcome.ok ? null : outcome.problem;
}

/** Warns about a value that doesn't work, or doesn't look like an entry ID. */
function mistakesWarning(form: FormState): string | null {
  const outcome = outcomeOf(form);
  return outcome?.ok === true ? mistakesText(outcome.privileges) : null;
}

/** Says what a key without privileges may do, by type. */
const NOTHING_MORE: Readonly<Record<SessionType | 'unknown', string>> = {
  ADMIN: 'the usual choice for ADMIN',
  USER: 'only its user’s entries',
  unknown: 'your own rights',
};

const NOTHING_AT_LOGIN =
  'An administrator can do everything, except see what entitlement hides. Other users list only their own entries.';

/** Describes the effect of a task for this type of key. */
const taskDetail = ({ id, advice }: PrivilegeTask, type: SessionType | null): string =>
  id === 'nothing' && type === null ? NOTHING_AT_LOGIN : advice[type ?? 'USER'];

/** Returns the privileges that the chosen task would produce. */
function standingFact(form: FormState): Fact {
  const outcome = outcomeOf(form);
  if (outcome?.ok !== true) return privilegesFact(form);
  return privilegesFact({ ...form, privileges: withSessionGroupOf(form.privileges, outcome.privileges) });
}

/** The option that keeps to the use case. */
function recipeOption(form: FormState): Option[] {
  const recipe = recipeOf(form);
  if (recipe?.key == null) return [];
  const detail = 'The privileges that this use case needs, and no others.';
  return [{ value: 'recipe', label: 'What the use case needs', hint: recipe.title, detail }];
}

/** Lists what the use case added and why: each privilege with its effect. */
function recipeFacts(form: FormState): Fact[] {
  const ofRecipe = form.task === 'recipe' ? recipePrivileges(form) : null;
  return ofRecipe === null
    ? []
    : privilegePairs(ofRecipe).map(([name, value]) => {
        const { summary } = explainPrivilege(name, value);
        return { label: name, value: value === '' ? summary : `${value} · ${summary}` };
      });
}

function taskOptions(form: FormState): Option[] {
  const type = typeOf(form);
  const tasks = tasksFor(type).map((task): Option => {
    const hint = task.id === 'nothing' ? NOTHING_MORE[type ?? 'unknown'] : task.template[type ?? 'USER'];
    const isHarmless = task.id === 'look-around' && offersLookAround(form);
    const isDanger = task.weight === 'danger';
    return {
      value: task.id,
      label: task.label,
      hint: isDanger ? `danger: ${hint}` : hint,
      detail: isHarmless ? `${taskDetail(task, type)} ${HARMLESS_IN_PRACTICE.text}` : taskDetail(task, type),
      tone: isDanger ? 'danger' : 'plain',
    };
  });
  return [
    ...recipeOption(form),
    ...tasks,
    { value: 'choose', label: 'Choose privileges one by one…', hint: 'all known privileges, explained' },
    { value: 'write', label: 'Type the privileges myself…', hint: 'as text, for example list:*,sview:*' },
  ];
}

function valueField(form: FormState): Field[] {
  const need = chosenTask(form)?.needs;
  if (need === undefined) return [];
  return [
    textField({
      id: 'taskValue',
      label: need.label,
      value: form.taskValue,
      placeholder: `for example ${need.example}`,
      problem: needProblem(form),
      warning: mistakesWarning(form),
    }),
  ];
}

const APP_TOKEN = caution(
  'A key from an app token gets only the privileges of the token. Most others, such as disableentitlement, are ignored.',
);

const isComplete = (typed: FormState): boolean => checkedPrivileges(typed).ok;

export const privileges = form({
  step: {
    id: 'privileges',
    number: 6,
    isNeeded: (typed) => isOwnChoice(typed) || !isComplete(typed),
    isComplete,
  },
  fields: ({ form: typed }) => [
    { kind: 'choice', id: 'task', label: 'Access', value: typed.task, options: taskOptions(typed) },
    ...valueField(typed),
  ],
  view: ({ form: typed }) => ({
    ...(recipeFacts(typed).length === 0
      ? { question: 'What should this key be allowed to do?' }
      : { question: 'Does this key need any other privileges?', facts: recipeFacts(typed) }),
    standing: standingFact(typed),
    ...(typed.method === 'app-token' ? { warnings: [APP_TOKEN] } : {}),
    help: [
      'Privileges extend or limit what the session type allows. They are one text: name, name:value or name:value/value, separated by commas.',
      ...ENTITLEMENT_EXPLANATION,
      ...WILDCARD_WARNING,
      SESSION_GROUP_HELP,
    ],
    actions: sessionGroupActions(typed),
  }),
  act: toggleSessionGroup,
  submit: (state) => {
    const outcome = outcomeOf(state.form);
    if (outcome === null) return stay(goTo(state, state.form.task === 'write' ? 'write' : 'catalogue'));
    const before = state.form.privileges;
    const privileges = outcome.ok ? withSessionGroupOf(before, outcome.privileges) : before;
    return stay({ ...state, form: changeForm(state.form, { privileges }) });
  },
});
