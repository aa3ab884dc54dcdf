import { findPrivilege, type Weight, weightOf } from '../../kaltura/privilege-catalogue.js';
import { checkPrivileges, withPrivilege } from '../../kaltura/privileges.js';
import { ROLE_NAMES_WARNING, ROLES } from '../../kaltura/roles.js';
import { changeDraft } from '../draft.js';
import type { Paragraph } from '../paragraph.js';
import { surelyVersion } from '../reading.js';
import type { Screen } from '../screen.js';
import { goTo, type State, stay } from '../state.js';
import { walkHeading, walkPath } from '../walk-heading.js';

const outcomeOf = ({ draft, privilegeName, privilegeValue }: State) =>
  checkPrivileges(`${privilegeName}:${privilegeValue.trim()}`, { ksVersion: surelyVersion(draft) });

/** A comma would begin another privilege. */
const problemOf = (state: State): string | null => {
  if (state.privilegeValue.includes(','))
    return 'A comma ends a privilege: leave it out. Several values are joined with /.';
  const outcome = outcomeOf(state);
  return outcome.ok ? null : outcome.problem;
};

const warningOf = (weight: Weight): Paragraph[] =>
  weight === 'danger' || weight === 'caution'
    ? [{ tone: weight, text: `${weight}: with this value, the key reaches much further.` }]
    : [];

/** The value of a privilege ticked in the catalogue. */
export const value: Screen = {
  view: (state) => {
    const privilege = findPrivilege(state.privilegeName);
    const kind = privilege?.value;
    const outcome = outcomeOf(state);
    const isRole = state.privilegeName === 'setrole' || state.privilegeName === 'restrictingrole';
    const several = kind?.kind === 'required' && kind.takes === 'list' ? ' Several are joined with /.' : '';
    const any = kind?.kind === 'required' && kind.allowsAny ? ' * stands for all of them.' : '';
    return {
      heading: walkHeading(6),
      path: walkPath(state.draft, 6),
      question: `${state.privilegeName}: for what?`,
      controls: [
        {
          kind: 'text',
          id: 'privilegeValue',
          label: kind?.kind === 'required' ? kind.noun : 'Value',
          value: state.privilegeValue,
          ...(kind?.kind === 'required' ? { placeholder: kind.example } : {}),
          problem: problemOf(state),
        },
      ],
      warnings: outcome.ok ? warningOf(weightOf(state.privilegeName, state.privilegeValue.trim())) : [],
      advice: [
        { tone: 'plain', text: `${privilege?.detail ?? ''}${several}${any}` },
        ...(isRole ? [{ tone: 'plain' as const, text: ROLE_NAMES_WARNING }] : []),
      ],
      help: isRole
        ? [ROLE_NAMES_WARNING, ...ROLES.map((role) => `${role.name}: ${role.meaning}`)]
        : ['The value goes into the key as it is typed. Enter puts it there, Esc leaves the privilege out.'],
      escape: 'leave it out',
    };
  },
  set: (state, _control, typed) => ({ ...state, privilegeValue: String(typed) }),
  submit: (state) => {
    const outcome = outcomeOf(state);
    const given = outcome.ok ? outcome.privileges.slice(state.privilegeName.length + 1) : '';
    const privileges = withPrivilege(state.draft.privileges, state.privilegeName, given);
    return stay(goTo({ ...state, draft: changeDraft(state.draft, { privileges }) }, 'catalogue'));
  },
  back: (state) => stay(goTo(state, 'catalogue')),
};
