import type { TypedAppToken } from '../../kaltura/app-tokens/new-token.js';
import { LOOK_AROUND, taskOf } from '../../kaltura/privileges/tasks.js';
import type { Option } from '../../messages/paragraph.js';
import type { Field } from '../engine/build-screen.js';
import { changeState, type State } from '../engine/state.js';
import type { TokenFlow, VendorAccess } from './work.js';

/** The role is typed after it. */
const ROLE = 'setrole:';

/** The privileges of each choice; null if the user types them. */
const privilegesOf = (): Readonly<Record<VendorAccess, string | null>> => ({
  own: '',
  'look-around': LOOK_AROUND,
  role: ROLE,
  other: null,
});

const options = (): readonly (Option & { readonly value: VendorAccess })[] => [
  {
    value: 'own',
    label: 'Upload and edit its own content',
    hint: 'no privileges',
    detail: 'The keys add content, and list and change only what their user owns.',
  },
  {
    value: 'look-around',
    label: 'List and play everything',
    hint: `danger: ${LOOK_AROUND}`,
    detail:
      'The keys list and play the content of all users, but can’t change what other users own. What entitlement hides stays hidden.',
  },
  {
    value: 'role',
    label: 'What a role allows',
    hint: `${ROLE}<role>`,
    detail: taskOf('role').advice.USER,
  },
  { value: 'other', label: 'Something else', hint: 'type the privileges below' },
];

/** Asks what the vendor may do, and fills in the privileges. */
export const accessField = ({ tokens }: State): Field => ({
  kind: 'choice',
  id: 'access',
  label: 'Access',
  value: tokens.access,
  options: options(),
  change: (state, value) => {
    const access = value as VendorAccess;
    const privileges = privilegesOf()[access] ?? state.tokens.form.privileges;
    const form = { ...state.tokens.form, privileges };
    return changeState(state, { tokens: { form, access, riskWord: '' } });
  },
});

/** Returns the choice after the privileges were typed: a role is typed after its privilege. */
export function accessAfter({ access, form }: TokenFlow, { privileges }: TypedAppToken): VendorAccess {
  const isSame = privileges === form.privileges || (access === 'role' && privileges.startsWith(ROLE));
  return isSame ? access : 'other';
}
