import type { Option, Paragraph } from '../../messages/paragraph.js';
import { cleanName, nameKey, nameProblem, nameWarnings } from '../../profiles/name.js';
import { savedKeyExpiry } from '../../profiles/profile.js';
import { type Field, form, optionField, textField } from '../engine/build-screen.js';
import { goTo, inFlow, type State, savedProfiles, stay, type Transition } from '../engine/state.js';
import { isKeyOfForm, losesSavedKey, profileOf, suggestedName } from '../form/profile.js';
import { sourceFormOf } from '../form/secret-source.js';
import { secretToStore, sourceFields, sourceParagraphs } from './source-controls.js';

/** Opens the save screen, and finds out in the background which secret sources can be offered. */
export function openSave(state: State): Transition {
  const before = state.profiles.find((profile) => profile.name === state.profileName);
  // If the profile has saved a key before, suggest that again.
  const includesKey = before !== undefined && (before.keptKey !== null || before.lastKeyEndedAt !== null);
  const shown = goTo(
    {
      ...state,
      profileFlow: { ...state.profileFlow, includesKey, source: sourceFormOf(before), sourceProblem: null },
      option: 'other',
    },
    'save',
  );
  return state.form.region === 'practice' ? stay(shown) : stay(shown, { do: 'find-secret-sources' });
}

/** Warns if the typed name could be mistaken for the name of another profile. */
export function nameParagraphs(state: State): Paragraph[] {
  const others = savedProfiles(state)
    .map((profile) => profile.name)
    .filter((name) => name !== state.profileName);
  return nameWarnings(cleanName(state.profileFlow.newName), others).map(
    (text): Paragraph => ({ tone: 'caution', text }),
  );
}

/** Checks whether another profile has the typed name. */
const isTaken = (state: State): boolean =>
  savedProfiles(state).some(
    (profile) => nameKey(profile.name) === nameKey(state.profileFlow.newName) && profile.name !== state.profileName,
  );

/** Says where a saved key is stored: with the secret, if its source can store secrets. */
const savedKeyLocation = (state: State): string =>
  state.profileFlow.source.kind === 'keychain' || state.profileFlow.source.kind === 'file'
    ? 'in the same place as the secret'
    : 'anyone who can read your files can use it';

function keyField(state: State): Field[] {
  if (!isKeyOfForm(state)) return [];
  const end = savedKeyExpiry({ ...profileOf(inFlow(state, 'profileFlow', { includesKey: true })) });
  if (end === null) return [];
  return [
    {
      kind: 'choice',
      id: 'includesKey',
      label: 'The key',
      value: state.profileFlow.includesKey ? 'yes' : 'no',
      options: [
        { value: 'no', label: 'Save the answers only', hint: 'not the key' },
        { value: 'yes', label: 'Keep the key too, until it ends', hint: savedKeyLocation(state) },
      ],
      change: (now, answer) => inFlow(now, 'profileFlow', { includesKey: answer === 'yes' }),
    },
  ];
}

function replaceField(state: State): Field[] {
  if (!isTaken(state)) return [];
  const options: readonly Option[] = [
    { value: 'other', label: 'Take another name' },
    { value: 'replace', label: `Replace the profile “${cleanName(state.profileFlow.newName)}”`, tone: 'caution' },
  ];
  const select = (now: State, option: string): State =>
    option === 'other' ? goTo(now, 'save', 'newName') : { ...now, option };
  return [optionField(state, options, 'Name taken', select)];
}

/** Checks whether this profile would not store the value of a new token. */
const losesNewToken = ({ tokens: { created }, form, profileFlow: { source } }: State): boolean =>
  created !== null && form.tokenId === created.token.id && (form.region === 'practice' || source.kind === 'ask');

const LOST_TOKEN: Paragraph = {
  tone: 'caution',
  text: 'The profile doesn’t store the token’s value, and nothing else does. Press Esc and copy the value first.',
};

export const save = form({
  fields: (state) => [
    textField({
      id: 'newName',
      label: 'Name',
      value: state.profileFlow.newName,
      isSuggested: state.profileFlow.newName === suggestedName(state.form),
      problem: nameProblem(cleanName(state.profileFlow.newName)),
      change: (now, newName) => ({ ...now, profileFlow: { ...now.profileFlow, newName }, option: 'other' }),
    }),
    ...replaceField(state),
    ...keyField(state),
    ...sourceFields(state),
  ],
  view: (state) => ({
    heading: 'save a profile',
    question: 'Under which name?',
    warnings: [
      {
        tone: 'plain',
        text: `Will be written to ${state.setting.fileOf(cleanName(state.profileFlow.newName))}, readable by your user alone (0600).`,
      },
      ...nameParagraphs(state),
      ...sourceParagraphs(state),
      ...(losesNewToken(state) ? [LOST_TOKEN] : []),
      ...(losesSavedKey(state)
        ? [{ tone: 'caution' as const, text: 'The answers have changed: the key kept with this profile is deleted.' }]
        : []),
    ],
    advice: [
      {
        tone: 'plain',
        text: 'In that file: region, way to sign in, account, type, user, lifetime, privileges, accepted risks. Not in it: secret, password, token.',
      },
    ],
    help: [
      'With a profile, the next key takes the secret and Enter.',
      'The secret is asked for each time, unless you choose a place for it: a command that prints it (of a password manager), an environment variable, a file that is encrypted with a passphrase, or the keychain of the system where one works. A keychain protects against other users and a stolen disk, not against programs that you run yourself.',
      'A key kept with it can be copied until it ends, without the secret. It lies where the secret does, if that is the keychain or an encrypted file; else in the profile’s file as it is: anyone who can read your files, a backup included, can use it until then. When it has ended, it is taken out of the file.',
    ],
    enter: 'save',
  }),
  submit: (state) => {
    if (isTaken(state) && state.option !== 'replace') return stay(goTo(state, 'save', 'newName'));
    const backTo = state.returnTo === 'result' ? 'result' : 'home';
    const isReplacing = savedProfiles(state).some(
      (profile) => nameKey(profile.name) === nameKey(state.profileFlow.newName),
    );
    const secret = secretToStore(state);
    const passphrase = state.profileFlow.source.kind === 'file' ? state.profileFlow.source.passphrase : null;
    return stay(state, { do: 'save-profile', profile: profileOf(state), isReplacing, secret, passphrase, backTo });
  },
  back: (state) => stay(goTo(state, state.returnTo)),
});
