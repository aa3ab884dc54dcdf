import { findPrivilege, PRIVILEGES, type Privilege } from '../../kaltura/privileges/catalogue.js';
import { weightOf } from '../../kaltura/privileges/effects.js';
import { privilegeValue, withoutPrivilege, withPrivilege } from '../../kaltura/privileges/privileges.js';
import { caution } from '../../messages/paragraph.js';
import { form } from '../engine/build-screen.js';
import { goTo, type Notice, type State, stay } from '../engine/state.js';
import type { CheckItem } from '../engine/view.js';
import { changeForm, type FormState } from '../form/form.js';
import { privilegesFact } from './privileges.js';
import { toneLabel, toneOf } from './value.js';

const NOTHING_TICKED: Notice = caution(
  'Nothing is selected. Press Space to select the marked privilege, or press Enter again to continue with none.',
);

function itemOf(form: FormState, privilege: Privilege): CheckItem {
  const value = privilegeValue(form.privileges, privilege.name);
  const present = value ?? (privilege.value.kind === 'none' ? undefined : privilege.value.defaultValue);
  const weight = present === undefined ? privilege.weight : weightOf(privilege.name, present);
  const tone = toneOf(weight);
  const text = value === null || value === '' ? privilege.summary : `${privilege.summary}: ${value}`;
  return {
    value: privilege.name,
    label: privilege.name,
    // The word comes first, because a long line is cut at its end.
    hint: `${toneLabel(tone)}${text}`,
    detail: privilege.detail,
    isTicked: value !== null,
    tone,
  };
}

const withPrivileges = (state: State, privileges: string): State => ({
  ...state,
  form: changeForm(state.form, { privileges }),
});

export const catalogue = form({
  step: { id: 'catalogue', number: 6, isNeeded: ({ task }) => task === 'choose' },
  fields: (state) => [
    {
      kind: 'checklist',
      id: 'catalogue',
      label: 'Privileges',
      items: PRIVILEGES.map((privilege) => itemOf(state.form, privilege)),
      startAt: state.making.privilegeName,
      isSearchable: true,
    },
  ],
  view: (state) => ({
    question: 'Which privileges should the key have?',
    standing: privilegesFact(state.form),
    help: [
      'Space selects a privilege, or clears it. If a privilege needs a value, the next screen asks for it. The line below the list shows the privileges of the key.',
    ],
  }),
  submit: (state) => {
    if (state.form.privileges !== '' || state.notice !== null) return stay(state);
    return stay({ ...state, notice: NOTHING_TICKED });
  },
  act: (state, action) => {
    const name = action.replace(/^tick:/, '');
    const present = state.form.privileges;
    const value = findPrivilege(name)?.value;
    if (privilegeValue(present, name) !== null) return stay(withPrivileges(state, withoutPrivilege(present, name)));
    if (value === undefined || value.kind === 'none') return stay(withPrivileges(state, withPrivilege(present, name)));
    return stay(goTo(state, 'value', { making: { privilegeName: name, privilegeValue: value.defaultValue ?? '' } }));
  },
});
