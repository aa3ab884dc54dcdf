import { findPrivilege, type Weight } from '../../kaltura/privileges/catalogue.js';
import { explainPrivilege } from '../../kaltura/privileges/effects.js';
import type { PrivilegePair } from '../../kaltura/privileges/item.js';
import { checkPrivileges, withPrivilege } from '../../kaltura/privileges/privileges.js';
import { ROLE_NAMES_WARNING, ROLES } from '../../kaltura/privileges/roles.js';
import { WILDCARD_WARNING } from '../../kaltura/privileges/tasks.js';
import { meaningText } from '../../messages/key-meaning.js';
import { caution, type Paragraph, plain, type Tone, upperFirst } from '../../messages/paragraph.js';
import { mistakesText, workingPrivileges } from '../../messages/privilege-mistakes.js';
import { form, textField } from '../engine/build-screen.js';
import { changeState, goTo, type State, stay } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { certainVersion, checkedPrivileges } from '../form/reading.js';
import { stepHeading, stepPath } from './heading.js';

const outcomeOf = ({ form, making: { privilegeName, privilegeValue } }: State) =>
  checkPrivileges(`${privilegeName}:${privilegeValue.trim()}`, certainVersion(form));

/** Checks the value. A comma would start another privilege. */
const problemOf = (state: State): string | null => {
  if (state.making.privilegeValue.includes(','))
    return 'Remove the comma: it separates privileges. Separate several values with /.';
  const outcome = outcomeOf(state);
  return outcome.ok ? null : outcome.problem;
};

/** Warns about a value that doesn't work, or doesn't look like an entry ID. */
function mistakesWarning(state: State): string | null {
  const outcome = outcomeOf(state);
  return outcome.ok ? mistakesText(outcome.privileges) : null;
}

const ROLE_ADVICE =
  'The role replaces what the type or the user allows. Enter the number of a role of your account, or the system name of a role. Case and spaces matter.';

/** The tone of a privilege that lets the key do much more; others are plain. */
export const toneOf = (weight: Weight): Tone => (weight === 'danger' || weight === 'caution' ? weight : 'plain');

/** Says the tone where there are no colors. */
export const toneLabel = (tone: Tone): string => (tone === 'plain' ? '' : `${tone}: `);

/** Says what a privilege does, and whether it is dangerous. */
function meaningOf(pair: PrivilegePair): Paragraph {
  const meaning = explainPrivilege(...pair);
  const tone = toneOf(meaning.weight);
  return { tone, text: `${toneLabel(tone)}${meaningText(pair, meaning)}` };
}

/** Asks for the value of a privilege that was ticked in the catalogue. */
export const value = form({
  fields: (state) => {
    const kind = findPrivilege(state.making.privilegeName)?.value;
    return [
      textField({
        id: 'privilegeValue',
        label: kind?.kind === 'required' ? upperFirst(kind.noun) : 'Value',
        value: state.making.privilegeValue,
        ...(kind?.kind === 'required' ? { placeholder: `for example ${kind.example}` } : {}),
        problem: problemOf(state),
        warning: mistakesWarning(state),
        change: (now, typed) => changeState(now, { making: { privilegeValue: typed } }),
      }),
    ];
  },
  view: (state) => {
    const { privilegeName, privilegeValue } = state.making;
    const privilege = findPrivilege(privilegeName);
    const kind = privilege?.value;
    const outcome = outcomeOf(state);
    const isRole = privilegeName === 'setrole' || privilegeName === 'restrictingrole';
    const several = kind?.kind === 'required' && kind.takes === 'list' ? ' Separate several values with /.' : '';
    const any = kind?.kind === 'required' && kind.allowsAny ? ' An asterisk (*) means all of them.' : '';
    return {
      heading: stepHeading(state.form, 6),
      path: stepPath(state.form, 6),
      question: `What value should the privilege “${privilegeName}” have?`,
      warnings: outcome.ok
        ? [meaningOf([privilegeName, privilegeValue.trim()])].filter(({ tone }) => tone !== 'plain')
        : [],
      advice: [plain(privilegeName === 'setrole' ? ROLE_ADVICE : `${privilege?.detail ?? ''}${several}${any}`)],
      help: isRole
        ? [privilege?.detail ?? '', ROLE_NAMES_WARNING, ...ROLES.map((role) => `${role.name}: ${role.meaning}`)]
        : [
            'The value becomes part of the key as you type it. Enter adds the privilege. Esc goes back and doesn’t add it.',
          ],
      escape: 'back, don’t add it',
    };
  },
  submit: (state) => {
    const outcome = outcomeOf(state);
    const given = outcome.ok ? outcome.privileges.slice(state.making.privilegeName.length + 1) : '';
    const privileges = withPrivilege(state.form.privileges, state.making.privilegeName, given);
    return stay(goTo(state, 'catalogue', { form: changeForm(state.form, { privileges }) }));
  },
  back: (state) => stay(goTo(state, 'catalogue')),
});

export const write = form({
  step: {
    id: 'write',
    number: 6,
    isNeeded: ({ task }) => task === 'write',
    isComplete: (typed) => checkedPrivileges(typed).ok,
  },
  fields: ({ form: typed }) => {
    const outcome = checkedPrivileges(typed);
    return [
      textField({
        id: 'privileges',
        label: 'Privileges',
        value: typed.privileges,
        placeholder: 'for example sview:0_abc12345,setrole:PLAYBACK_BASE_ROLE',
        problem: outcome.ok ? null : outcome.problem,
        warning: outcome.ok ? mistakesText(outcome.privileges) : null,
      }),
    ];
  },
  view: (state) => {
    const outcome = checkedPrivileges(state.form);
    const meanings = outcome.ok ? workingPrivileges(outcome.privileges).map(meaningOf) : [];
    const notes = outcome.ok ? outcome.notes.map(caution) : [];
    return {
      question: 'Type the privileges',
      warnings: [...notes, ...meanings],
      advice: [
        plain(
          'Write name, name:value or name:value/value, separated by commas without spaces. Names are in lower case. IDs and role names are case-sensitive.',
        ),
      ],
      help: [
        'A comma always separates privileges; it can’t be escaped. Names must be exact and in lower case. The server doesn’t report a misspelled name, which does nothing.',
        'If you write a name twice, its values are joined with /. For a name that takes only one value this is refused, because the server would use only the last.',
        ...WILDCARD_WARNING,
      ],
    };
  },
  submit: (state) => {
    const outcome = checkedPrivileges(state.form);
    const privileges = outcome.ok ? outcome.privileges : state.form.privileges;
    return stay({ ...state, form: changeForm(state.form, { privileges }) });
  },
});
