import { listsNothing } from '../../kaltura/privileges/reach.js';
import { lowerFirst, type Paragraph, plain } from '../../messages/paragraph.js';
import type { Screen } from '../engine/screen.js';
import { type CurrentKey, changeState, goTo, openDetour, type State, stay } from '../engine/state.js';
import type { Action } from '../engine/view.js';
import { accountWithSecret } from '../form/env-account.js';
import { outdatedProfile, suggestedName } from '../form/profile.js';
import { serverLabel } from '../form/reading.js';
import { sessionGroupText } from '../form/session-group.js';
import { startNewKey } from '../form/start-anew.js';
import { openSave } from '../profiles/save.js';
import { goHomeFromSavedKey } from '../profiles/use-profile.js';
import { copyKey, isKeyExpired, labelOf, nameOf } from './current-key.js';
import { openNextStep, recipeOfKey, todoText } from './next-step.js';
import { backToReview } from './subject.js';
import { isKeyRevoked, summaryOf } from './summary.js';
import { openKeyScreen } from './trail.js';

const NEXT = plain('Next: use the key. Press u for code, the TestMe console or an .env file.');

/** Names the next step: that of the use case, or the API. */
function nextOf(key: CurrentKey, state: State): Paragraph {
  const recipe = recipeOfKey(key);
  return recipe === undefined ? NEXT : plain(todoText(recipe, state));
}

const PRACTICE = plain('This key works only in practice. To keep a server running: kaltura-ks practice');

const HELP = [
  'Use (u): pass the key as the parameter ks with every API call. There is code for curl, PHP, Python, Node, Java, C# and PowerShell, the URL of the TestMe console, and an .env file.',
  'Check (k): asks the server whether the key works and what it can see. You see first what the check sends. From there you can also look for an entry or a category that seems to be missing.',
  'Save (s): saves your answers as a profile, and the key too if you want.',
  'More (m): explain the key, change the answers, manage app tokens, or revoke the key before it expires.',
  'Send the key in the body of the request, not in the URL: URLs end up in logs.',
  'For accounts in US, the Developer Console accepts the key too: https://developer.kaltura.com.',
  'The key stays in the scrollback of this terminal, and in the clipboard after copying. Clipboard managers keep a history. Until it expires, anyone who finds it can use it.',
];

/** Offers to move the secret out of the .env file that it was read from. */
function moveText(state: State): Paragraph[] {
  const account = accountWithSecret(state);
  if (account === null) return [];
  return [plain(`The secret is in ${account.path}, unencrypted. Press e to store it safely and remove it from there.`)];
}

const ADD_USER: Action = { key: 'a', id: 'user', label: 'add a user' };

const ADD_PRIVILEGE: Action = { key: 'p', id: 'privileges', label: 'add a privilege' };

const AGAIN: Action = { key: 'r', id: 'again', label: 'create it again' };

const MOVE: Action = { key: 'e', id: 'move', label: 'move the secret' };

const confirmQuit = (state: State): State => goTo(state, 'quit', { returnTo: 'result', option: 'stay' });

/** Whether a new key would be lost: it is neither on the terminal nor part of a profile, and isn't printed at the end. */
const wouldLose = (key: CurrentKey, state: State): boolean =>
  key.request !== null && !key.isShown && !state.setting.isCaptured && !isKeyRevoked(state);

/** Offers to add what a key lacks that can list nothing. Only the app token itself can add privileges to its keys. */
function fixesOf({ made, request }: CurrentKey): readonly Action[] {
  if (request === null || !listsNothing(made.facts)) return [];
  return request.signIn.method === 'app-token' ? [ADD_USER] : [ADD_USER, ADD_PRIVILEGE];
}

function actionsOf(key: CurrentKey, state: State): readonly Action[] {
  const quit: Action = { key: 'q', id: 'quit', label: state.setting.isCaptured ? 'quit and print the key' : 'quit' };
  const print: Action = { key: 'v', id: 'show', label: key.isShown ? 'print again' : 'print the key' };
  const renew: Action = { key: 'n', id: 'new', label: 'new key' };
  const copy: Action = { key: 'c', id: 'copy', label: 'copy' };
  if (isKeyRevoked(state)) {
    return [
      renew,
      { ...copy, label: 'copy the revoked key' },
      { ...print, label: 'print the revoked key' },
      { key: 'm', id: 'next', label: 'more' },
      quit,
    ];
  }
  return [
    ...(isKeyExpired(key, state.now / 1000) && key.request !== null ? [AGAIN] : []),
    copy,
    { key: 'u', id: 'use', label: 'use it' },
    { key: 'k', id: 'check', label: 'check' },
    { key: 's', id: 'save', label: 'save it' },
    ...(accountWithSecret(state) === null ? [] : [MOVE]),
    print,
    { key: 'm', id: 'next', label: 'more' },
    ...fixesOf(key),
    renew,
    quit,
  ];
}

/** Says that the key was created from other answers than those that its profile has saved: the key's are new, or the profile's. */
function changesText(key: CurrentKey, state: State): Paragraph[] {
  const profile = outdatedProfile(state, key.madeFor);
  if (profile === undefined) return [];
  const { name, savedAt } = profile;
  const text =
    savedAt > key.asOf
      ? `The profile “${name}” was changed after this key was created.`
      : `This key was created with changed answers. The profile “${name}” is unchanged. Press s to save the changes.`;
  return [plain(text)];
}

export const result: Screen = {
  view: (state) => {
    const { key } = state;
    if (key === null) return { heading: 'no key', question: 'There is no key', controls: [], help: [] };
    const isPractice = state.form.region === 'practice';
    const isRevoked = isKeyRevoked(state);
    const expiresAt = isRevoked ? null : key.made.facts.expiresAt;
    return {
      heading: state.profileName === null ? `key for ${serverLabel(state.form)}` : `profile ${state.profileName}`,
      question: '',
      controls: [],
      warnings: [
        ...summaryOf(key, state),
        ...(isRevoked ? [] : changesText(key, state)),
        ...(key.isShown ? [] : [plain(`${nameOf(key)} isn’t printed. Press v to print it.`)]),
      ],
      scrolledAway: `The start of ${lowerFirst(nameOf(key))} has scrolled away. v prints it again.`,
      advice:
        isRevoked || isKeyExpired(key, state.now / 1000)
          ? []
          : [
              nextOf(key, state),
              ...sessionGroupText(key.made.facts.privileges ?? '', state.profileName),
              ...moveText(state),
              ...(isPractice ? [PRACTICE] : []),
            ],
      help: HELP,
      actions: actionsOf(key, state),
      // For a new key, Esc quits too; q has the hint.
      escape: key.request === null ? 'back to the profiles' : '',
      ...(expiresAt === null ? {} : { expiries: [expiresAt] }),
    };
  },
  // Not the review: Enter there would create another key.
  back: (state) => stay(state.key?.request == null ? goHomeFromSavedKey(state) : confirmQuit(state)),
  act: (state, action) => {
    const { key } = state;
    if (key === null) return stay(state);
    const { ks } = key.made;
    switch (action) {
      case 'copy':
        return stay(state, copyKey(key.made));
      case 'show':
        return stay(
          { ...state, key: { ...key, isShown: true } },
          { do: 'show-key', ks, label: labelOf(key, isKeyRevoked(state)) },
        );
      case 'save':
      case 'move': {
        const newName = state.profileName ?? suggestedName(state.form);
        return openSave(changeState(state, { returnTo: 'result', profileFlow: { newName } }), action === 'move');
      }
      case 'use':
        return (recipeOfKey(key) === undefined ? openKeyScreen('use') : openNextStep)({ ...state, subject: 'key' });
      case 'again':
        return stay(backToReview(state));
      case 'check':
      case 'next':
        return openKeyScreen(action)({ ...state, subject: 'key' });
      case 'user':
        return stay(openDetour(state, 'user', 'userId'));
      case 'privileges':
        return stay(openDetour(state, 'privileges'));
      case 'new': {
        const { form, profileName, checking, envWriting, keyUse } = state;
        return stay(startNewKey({ ...state, earlierKey: { key, form, profileName, checking, envWriting, keyUse } }));
      }
      default:
        return wouldLose(key, state) ? stay(confirmQuit(state)) : stay(state, { do: 'quit', how: 'done' });
    }
  },
};
