import type { SessionType } from '../../kaltura/ks/fields.js';
import { type CheckedPrivileges, checkPrivileges } from '../../kaltura/privileges/privileges.js';
import {
  ENTITLEMENT_EXPLANATION,
  PRIVILEGE_TASKS,
  type PrivilegeTask,
  privilegesOfTask,
  taskOf,
  WILDCARD_WARNING,
} from '../../kaltura/privileges/tasks.js';
import type { Fact, Option, Paragraph } from '../../messages/paragraph.js';
import { type Field, form, textField } from '../engine/build-screen.js';
import { goTo, stay } from '../engine/state.js';
import { changeForm, type FormState } from '../form/form.js';
import { certainVersion } from '../form/reading.js';

/** Returns the type, if it is known before the key is created; for a login, the user decides it. */
const typeOf = (form: FormState): SessionType | null => (form.method === 'login' ? null : form.type);

/** Returns the privileges string, which every screen of this step shows. */
export const privilegesFact = (form: FormState): Fact => ({
  label: 'privileges',
  value: form.privileges === '' ? '(none)' : form.privileges,
});

const chosenTask = (form: FormState): PrivilegeTask | null =>
  form.task === 'choose' || form.task === 'write' ? null : taskOf(form.task);

const valuesOf = (form: FormState): readonly string[] =>
  form.taskValue
    .split(/[\s,/]+/)
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** Checks the privileges of the chosen task; null if the user picks or types them. */
function outcomeOf(form: FormState): CheckedPrivileges | null {
  const task = chosenTask(form);
  if (task === null) return null;
  const values = task.needs?.list === false ? [form.taskValue] : valuesOf(form);
  return checkPrivileges(privilegesOfTask(task, typeOf(form), values), { ksVersion: certainVersion(form) });
}

function needProblem(form: FormState): string | null {
  const need = chosenTask(form)?.needs;
  if (need === undefined) return null;
  if (form.taskValue.trim() === '')
    return `Type the ${need.noun}, such as ${need.example}${need.list ? '; several with blanks between' : ''}.`;
  if (!need.list && form.taskValue.includes(',')) return 'A comma ends a privilege: leave it out.';
  const outcome = outcomeOf(form);
  return outcome === null || outcome.ok ? null : outcome.problem;
}

/** Says what a key without privileges may do, by type. */
const NOTHING_MORE: Readonly<Record<SessionType | 'unknown', string>> = {
  ADMIN: 'the usual choice for ADMIN',
  USER: 'its own entries only',
  unknown: 'your own rights',
};

const NOTHING_AT_LOGIN =
  'If you are an administrator: everything but what entitlement hides. Else: your own entries only.';

/** Describes the effect of the chosen task for this type of key. */
function taskAdvice(form: FormState): Paragraph[] {
  const task = chosenTask(form);
  if (task === null) return [];
  const type = typeOf(form);
  if (task.id === 'nothing' && type === null) return [{ tone: 'plain', text: NOTHING_AT_LOGIN }];
  return [{ tone: 'plain', text: task.advice[type ?? 'USER'].join(' ') }];
}

/** Returns the privileges that the chosen task would produce. */
function standingFact(form: FormState): Fact {
  const outcome = outcomeOf(form);
  return privilegesFact(outcome?.ok === true ? { ...form, privileges: outcome.privileges } : form);
}

function taskOptions(form: FormState): Option[] {
  const type = typeOf(form);
  const tasks = PRIVILEGE_TASKS.filter((task) => task.appliesTo(type)).map((task): Option => {
    const hint = task.id === 'nothing' ? NOTHING_MORE[type ?? 'unknown'] : task.template[type ?? 'USER'];
    return {
      value: task.id,
      label: task.label,
      hint: task.weight === 'danger' ? `danger: ${hint}` : hint,
      tone: task.weight === 'danger' ? 'danger' : 'plain',
    };
  });
  return [
    ...tasks,
    { value: 'choose', label: 'Choose one by one…', hint: 'the whole catalogue, explained' },
    { value: 'write', label: 'Write it myself…', hint: 'as text' },
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
      placeholder: need.example,
      problem: needProblem(form),
    }),
  ];
}

const LESSON: Paragraph = {
  tone: 'plain',
  text: '“Category … not found” (CATEGORY_NOT_FOUND), though it exists? Entitlement hides it from this key, ADMIN or not. “See everything” lifts that, for the whole account.',
};

const APP_TOKEN: Paragraph = {
  tone: 'caution',
  text: 'An app token gives only what it was made with: disableentitlement and most other names are dropped without a word where the token does not have them.',
};

export const privileges = form({
  step: {
    id: 'privileges',
    number: 6,
    isComplete: (typed) => checkPrivileges(typed.privileges, { ksVersion: certainVersion(typed) }).ok,
  },
  fields: ({ form: typed }) => [
    { kind: 'choice', id: 'task', label: 'Task', value: typed.task, options: taskOptions(typed) },
    ...valueField(typed),
  ],
  view: ({ form: typed }) => ({
    lead: 'A privilege adds to what the type allows, or takes from it.',
    question: 'What should this key be allowed, beyond its type?',
    standing: standingFact(typed),
    ...(typed.method === 'app-token' ? { warnings: [APP_TOKEN] } : {}),
    advice: [...taskAdvice(typed), LESSON],
    help: [
      'A privilege gives a key something beyond its type, or takes something away. They are written as one text: name, name:value or name:value/value, set apart by commas.',
      ...ENTITLEMENT_EXPLANATION,
      ...WILDCARD_WARNING,
    ],
  }),
  submit: (state) => {
    const outcome = outcomeOf(state.form);
    if (outcome === null) return stay(goTo(state, state.form.task === 'write' ? 'write' : 'catalogue'));
    const privileges = outcome.ok ? outcome.privileges : state.form.privileges;
    return stay({ ...state, form: changeForm(state.form, { privileges }) });
  },
});
