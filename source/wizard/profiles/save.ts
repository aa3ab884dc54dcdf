import { caution, type Option, type Paragraph, plain } from '../../messages/paragraph.js';
import { cleanName, nameKey, nameProblem, nameWarnings, shownName } from '../../profiles/name.js';
import { savedKeyExpiry } from '../../profiles/profile.js';
import { isWritable } from '../../secrets/source.js';
import { type Field, form, optionField, textField } from '../engine/build-screen.js';
import { changeState, goTo, profileInUse, type State, savedProfiles, stay, type Transition } from '../engine/state.js';
import { isKeyOfForm, losesSavedKey, profileOf, suggestedName, unchangedProfile } from '../form/profile.js';
import { withAcceptedRisks, wordFields } from '../form/risk-word.js';
import { sourceFormOf, sourceOf } from '../form/secret-source.js';
import { accountToMove, moveFields, moveParagraphs } from './move-secret.js';
import { secretToStore, sourceFields, sourceParagraphs } from './source-controls.js';

/** Opens the save screen, to move the secret out of its .env file if `movesSecret`, and finds out in the background which secret sources can be offered. */
export function openSave(state: State, movesSecret = false): Transition {
  const before = profileInUse(state);
  // If the profile has saved a key before, suggest that again.
  const includesKey = before !== undefined && (before.savedKey !== null || before.lastKeyEndedAt !== null);
  const shown = goTo(state, 'save', {
    profileFlow: { includesKey, movesSecret, source: sourceFormOf(before), sourceProblem: null },
    option: 'other',
  });
  return state.form.region === 'practice' ? stay(shown) : stay(shown, { do: 'find-secret-sources' });
}

/** Warns if the typed name could be mistaken for the name of another profile. */
export function nameParagraphs(state: State): Paragraph[] {
  const others = savedProfiles(state)
    .map((profile) => profile.name)
    .filter((name) => name !== state.profileName);
  return nameWarnings(cleanName(state.profileFlow.newName), others).map(caution);
}

/** Asks whether the profile accepts the risks of its keys. Without the word, each key asks for it. */
const wordField = ({ form }: State): Field[] =>
  wordFields(form, {
    purpose: 'accept the risk',
    detail: 'Without the word, the profile is saved too, but every new key from it asks for the word.',
    isOptional: true,
  });

/** Checks whether another profile has the typed name. */
export const isTaken = (state: State): boolean =>
  savedProfiles(state).some(
    (profile) => nameKey(profile.name) === nameKey(state.profileFlow.newName) && profile.name !== state.profileName,
  );

/** Says where a saved key is stored: with the secret, if its source can store secrets. */
const savedKeyLocation = (state: State): string =>
  isWritable(sourceOf(state.profileFlow.source))
    ? 'stored together with the secret'
    : 'in the profile’s file, unencrypted';

function keyField(state: State): Field[] {
  if (!isKeyOfForm(state)) return [];
  const end = savedKeyExpiry(profileOf(changeState(state, { profileFlow: { includesKey: true } })));
  if (end === null) return [];
  return [
    {
      kind: 'choice',
      id: 'includesKey',
      label: 'Key',
      value: state.profileFlow.includesKey ? 'yes' : 'no',
      options: [
        {
          value: 'no',
          label: 'Don’t save the key',
          hint: 'save only the answers',
          detail: 'The next key is created from these answers.',
        },
        {
          value: 'yes',
          label: 'Save the key too, until it expires',
          hint: savedKeyLocation(state),
          detail: 'You can copy the key later without the secret. Anyone who can read it there can use it.',
        },
      ],
      change: (now, answer) => changeState(now, { profileFlow: { includesKey: answer === 'yes' } }),
    },
  ];
}

function replaceField(state: State): Field[] {
  if (!isTaken(state)) return [];
  const options: readonly Option[] = [
    { value: 'other', label: 'Use another name', hint: 'a profile with this name already exists' },
    { value: 'replace', label: `Replace the profile “${cleanName(state.profileFlow.newName)}”`, tone: 'caution' },
  ];
  const select = (now: State, option: string): State =>
    option === 'other' ? goTo(now, 'save', { focusOn: 'newName' }) : { ...now, option };
  return [optionField(state, options, 'Name taken', select)];
}

/** Checks whether this profile would not store the value of a new token. */
const losesNewToken = ({ tokens: { created }, form, profileFlow: { source } }: State): boolean =>
  created !== null && form.tokenId === created.token.id && source.kind === 'ask';

const LOST_TOKEN = caution(
  'The profile doesn’t store the token’s value, and nothing else does. Press Esc and copy the value first.',
);

const PRACTICE_SECRET = plain(
  'The practice secret is filled in for you. For a real account, you also choose here how you give the secret: you enter it each time, or it is read from a keychain, a file, a command or a variable.',
);

/** Says that the profile in use stays unchanged if another name is typed. */
function unchangedProfileParagraphs(state: State): Paragraph[] {
  const unchanged = unchangedProfile(state);
  const isNamed = cleanName(state.profileFlow.newName) !== '';
  return unchanged === undefined || !isNamed
    ? []
    : [plain(`The profile “${shownName(unchanged.name)}” stays as it is.`)];
}

/** Names the task. A secret that is moved out of an .env file is stored with a profile. */
function titleOf(state: State): { readonly heading: string; readonly question: string } {
  const account = accountToMove(state);
  return account === null
    ? { heading: 'save a profile', question: 'What is the name of the profile?' }
    : { heading: 'move the secret', question: `Which profile should store the secret from ${account.path}?` };
}

export const save = form({
  fields: (state) => [
    textField({
      id: 'newName',
      label: 'Name',
      value: state.profileFlow.newName,
      isSuggested: state.profileFlow.newName === suggestedName(state.form),
      problem: nameProblem(cleanName(state.profileFlow.newName)),
      change: (now, newName) => changeState(now, { profileFlow: { newName }, option: 'other' }),
    }),
    ...replaceField(state),
    ...keyField(state),
    ...sourceFields(state),
    ...moveFields(state),
    ...wordField(state),
  ],
  view: (state) => ({
    ...titleOf(state),
    warnings: [
      ...moveParagraphs(state),
      plain(
        `File: ${state.setting.fileOf(cleanName(state.profileFlow.newName))}. Only your user account on this computer can read it.`,
      ),
      ...unchangedProfileParagraphs(state),
      ...nameParagraphs(state),
      ...sourceParagraphs(state),
      ...(losesNewToken(state) ? [LOST_TOKEN] : []),
      ...(losesSavedKey(state)
        ? [caution('The answers have changed, so the key that is saved with this profile is deleted.')]
        : []),
    ],
    advice: [
      ...(state.form.region === 'practice' && state.form.method !== 'app-token' ? [PRACTICE_SECRET] : []),
      plain(
        'The file contains the region, the sign-in method, the account, the type, user, lifetime and privileges of the key, and which risks you have accepted. It never contains an account secret, password or app token.',
      ),
    ],
    help: [
      'To create the next key from a profile, you enter at most the secret.',
      'You enter the secret each time, or choose a secret source: a command that prints it (such as a password manager’s), an environment variable, a file that is encrypted with a passphrase, or the system’s keychain. A keychain protects against other users and a stolen disk, but not against programs that you run.',
      'You can copy a saved key until it expires, without the secret. If the secret is in the keychain or an encrypted file, the key is saved there too. Otherwise the key is in the profile’s file, unencrypted: anyone who can read your files or a backup can use it. An expired key is removed from the file.',
    ],
    enter: 'save',
  }),
  submit: (state) => {
    if (isTaken(state) && state.option !== 'replace') return stay(goTo(state, 'save', { focusOn: 'newName' }));
    const backTo = state.returnTo === 'result' ? 'result' : 'home';
    const isReplacing = savedProfiles(state).some(
      (profile) => nameKey(profile.name) === nameKey(state.profileFlow.newName),
    );
    const secret = secretToStore(state);
    const passphrase = state.profileFlow.source.kind === 'file' ? state.profileFlow.source.passphrase : null;
    const profile = profileOf({ ...state, form: withAcceptedRisks(state.form) });
    const moveFrom = secret === null ? null : accountToMove(state);
    return stay(state, { do: 'save-profile', profile, isReplacing, secret, passphrase, moveFrom, backTo });
  },
  back: (state) => stay(goTo(state, state.returnTo)),
});
