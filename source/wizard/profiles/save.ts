import type { Paragraph } from '../../messages/paragraph.js';
import { cleanName, nameKey, nameProblem, nameWarnings } from '../../profiles/name.js';
import { savedKeyExpiry } from '../../profiles/profile.js';
import type { SecretSourceKind } from '../../secrets/source.js';
import { optionControl } from '../engine/picked.js';
import type { Screen } from '../engine/screen.js';
import { goTo, type State, savedProfiles, stay } from '../engine/state.js';
import type { Control } from '../engine/view.js';
import { isKeyOfForm, losesSavedKey, profileOf } from '../form/profile.js';
import { EMPTY_SOURCE_FORM } from '../form/secret-source.js';
import { placeControls, placeParagraphs, secretToStore } from './source-controls.js';

/** Warns if the typed name could be mistaken for the name of another profile. */
export function nameParagraphs(state: State): Paragraph[] {
  const others = savedProfiles(state)
    .map((profile) => profile.name)
    .filter((name) => name !== state.profileName);
  return nameWarnings(cleanName(state.newName), others).map((text): Paragraph => ({ tone: 'caution', text }));
}

/** Checks whether another profile has the typed name. */
const isTaken = (state: State): boolean =>
  savedProfiles(state).some(
    (profile) => nameKey(profile.name) === nameKey(state.newName) && profile.name !== state.profileName,
  );

/** Says where a saved key is stored: with the secret, if its source can store secrets. */
const savedKeyLocation = (state: State): string =>
  state.source.kind === 'keychain' || state.source.kind === 'file'
    ? 'in the same place as the secret'
    : 'anyone who can read your files can use it';

function keepControl(state: State): Control[] {
  if (!isKeyOfForm(state)) return [];
  const end = savedKeyExpiry({ ...profileOf({ ...state, includesKey: true }) });
  if (end === null) return [];
  return [
    {
      kind: 'choice',
      id: 'includesKey',
      label: 'The key',
      value: state.includesKey ? 'yes' : 'no',
      options: [
        { value: 'no', label: 'Save the answers only', hint: 'not the key' },
        { value: 'yes', label: 'Keep the key too, until it ends', hint: savedKeyLocation(state) },
      ],
    },
  ];
}

function replaceControl(state: State): Control[] {
  if (!isTaken(state)) return [];
  return [
    optionControl(
      state,
      [
        { value: 'other', label: 'Take another name' },
        { value: 'replace', label: `Replace the profile “${cleanName(state.newName)}”`, tone: 'caution' },
      ],
      'Name taken',
    ),
  ];
}

/** Checks whether this profile would not store the value of a new token. */
const losesNewToken = ({ tokens: { created }, form, source }: State): boolean =>
  created !== null && form.tokenId === created.token.id && (form.region === 'practice' || source.kind === 'ask');

const LOST_TOKEN: Paragraph = {
  tone: 'caution',
  text: 'The profile does not keep the token’s value, which is nowhere else: copy it first (esc, c).',
};

export const save: Screen = {
  view: (state) => ({
    heading: 'save a profile',
    question: 'Under which name?',
    controls: [
      {
        kind: 'text',
        id: 'newName',
        label: 'Name',
        value: state.newName,
        problem: nameProblem(cleanName(state.newName)),
      },
      ...replaceControl(state),
      ...keepControl(state),
      ...placeControls(state),
    ],
    warnings: [
      {
        tone: 'plain',
        text: `Will be written to ${state.setting.fileOf(cleanName(state.newName))}, readable by your user alone (0600).`,
      },
      ...nameParagraphs(state),
      ...placeParagraphs(state),
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
  set: (state, control, value) => {
    if (control === 'sourceKind') {
      const kind = value as SecretSourceKind;
      return kind === state.source.kind ? state : { ...state, source: { ...EMPTY_SOURCE_FORM, kind } };
    }
    if (control === 'usesShell') {
      return value === 'yes'
        ? { ...state, source: { ...state.source, usesShell: true } }
        : goTo(state, 'save', 'sourceText');
    }
    if (control === 'sourceText')
      return { ...state, source: { ...state.source, text: String(value), usesShell: false } };
    if (control === 'passphrase' || control === 'again') {
      return typeof value === 'string' ? state : { ...state, source: { ...state.source, [control]: value } };
    }
    if (control === 'newName') return { ...state, newName: String(value), option: 'other' };
    if (control === 'option' && value === 'other') return goTo(state, 'save', 'newName');
    return control === 'option' ? { ...state, option: String(value) } : { ...state, includesKey: value === 'yes' };
  },
  submit: (state) => {
    if (isTaken(state) && state.option !== 'replace') return stay(goTo(state, 'save', 'newName'));
    const backTo = state.returnTo === 'result' ? 'result' : 'home';
    const isReplacing = savedProfiles(state).some((profile) => nameKey(profile.name) === nameKey(state.newName));
    const secret = secretToStore(state);
    const passphrase = state.source.kind === 'file' ? state.source.passphrase : null;
    return stay(state, { do: 'save-profile', profile: profileOf(state), isReplacing, secret, passphrase, backTo });
  },
  back: (state) => stay(goTo(state, state.returnTo)),
};
