import { ERROR_CODES, type ErrorCheck } from '../../kaltura/diagnosis/error-codes.js';
import type { FoundError } from '../../kaltura/diagnosis/find-errors.js';
import { good } from '../../messages/paragraph.js';
import { openTokens } from '../app-tokens/tokens.js';
import type { MenuOption } from '../engine/build-screen.js';
import { changeState, goHome, type State, savedProfiles, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { startAnew } from '../form/start-anew.js';
import { openPaste } from '../key/pasted-key.js';
import { isKeyRevoked } from '../key/summary.js';
import { openKeyScreen } from '../key/trail.js';
import { openFindRegion } from './find-region.js';

type Kind = 'entry' | 'category';

/** Whether a key was created or opened in this run that can still be used. */
const hasCurrentKey = (state: State): boolean => state.key !== null && !isKeyRevoked(state);

const ofCurrentKey = (state: State): State => ({ ...state, subject: 'key' });

/** Keeps the ID of the error for the screen that looks for it. */
const withId = (state: State, { objectId }: FoundError): State =>
  changeState(state, { checking: { typedId: objectId ?? '' } });

/** Uses the current key, or asks for one. */
function keyOptions(state: State, error: FoundError, isObject: boolean): MenuOption[] {
  if (!hasCurrentKey(state)) {
    return [
      {
        value: 'paste',
        label: isObject ? 'Check with a key…' : 'Explain or check a key…',
        hint: isObject ? 'asks the server what hides it' : 'paste it on the next screen',
        choose: (now) => stay(openPaste(withId(now, error))),
      },
    ];
  }
  if (isObject) {
    return [
      {
        value: 'look-up',
        label: 'Check with the current key…',
        hint: 'asks the server what hides it',
        choose: (now) => openKeyScreen('look-up')(withId(ofCurrentKey(now), error)),
      },
    ];
  }
  return [
    {
      value: 'check',
      label: 'Check the current key…',
      hint: 'asks the server whether it works',
      choose: (now) => openKeyScreen('check')(ofCurrentKey(now)),
    },
    {
      value: 'explain',
      label: 'Explain the current key',
      hint: 'what it allows, when it expires',
      choose: (now) => openKeyScreen('explain')(ofCurrentKey(now)),
    },
  ];
}

function profileOptions(state: State): MenuOption[] {
  if (savedProfiles(state).length === 0) return [];
  return [
    {
      value: 'profile',
      label: 'Check with the key of a profile…',
      hint: 'choose the profile',
      choose: (now) =>
        stay(
          changeState(goHome(now), {
            profileFlow: { isForError: true },
            notice: good('Choose a profile, then check its key.'),
          }),
        ),
    },
  ];
}

/** Returns the privileges for a key that sees the object: only this entry if its ID is known, otherwise everything. */
const revealingPrivileges = (kind: Kind, { objectId }: FoundError): string =>
  kind === 'entry' && objectId !== null ? `disableentitlementforentry:${objectId}` : 'disableentitlement';

/** Starts the steps for a key, with these privileges as its answer. */
const createKey =
  (privileges: string) =>
  (state: State): Transition => {
    const next = startAnew(state);
    if (privileges === '') return stay(next);
    return stay({ ...next, form: changeForm(next.form, { privileges, task: 'write' }) });
  };

const objectOptions = (kind: Kind, state: State, error: FoundError): MenuOption[] => {
  const privileges = revealingPrivileges(kind, error);
  const what =
    privileges === 'disableentitlement' ? (kind === 'entry' ? 'every entry' : 'every category') : 'this entry';
  return [
    ...keyOptions(state, error, true),
    ...profileOptions(state),
    {
      value: 'see',
      label: `Create a key that sees ${what}`,
      hint: privileges.split(':')[0] ?? '',
      choose: createKey(privileges),
    },
  ];
};

const OPTIONS: Readonly<Record<ErrorCheck, (state: State, error: FoundError) => MenuOption[]>> = {
  category: (state, error) => objectOptions('category', state, error),
  entry: (state, error) => objectOptions('entry', state, error),
  key: (state, error) => [...keyOptions(state, error, false), ...profileOptions(state)],
  inspect: (state, error) => [...keyOptions(state, error, false), ...profileOptions(state)],
  'sign-in': () => [CREATE],
  regions: (_state, { partnerId }) => [
    {
      value: 'regions',
      label: 'Find the region of the account…',
      hint: 'asks all six regions',
      choose: (now) => openFindRegion(now, 'explain-error', partnerId === '0' ? '' : (partnerId ?? '')),
    },
  ],
  'app-tokens': (state) =>
    hasCurrentKey(state) && state.key?.made.facts.type === 'ADMIN'
      ? [
          {
            value: 'tokens',
            label: 'Show the app tokens…',
            hint: 'with the current key',
            choose: (now) => openTokens(ofCurrentKey(now)),
          },
        ]
      : [],
};

const CREATE: MenuOption = {
  value: 'create',
  label: 'Create a key…',
  hint: 'if it fails, you see the cause',
  choose: createKey(''),
};

/** Returns what can be done about an error here. */
export function checksFor(error: FoundError, state: State): MenuOption[] {
  const checks = error.id === null ? [] : ERROR_CODES[error.id].checks;
  const offered = checks.flatMap((check) => OPTIONS[check](state, error));
  return [...new Map(offered.map((option) => [option.value, option])).values()];
}
