import { Secret } from '../../kaltura/secret.js';
import type { Option, Paragraph } from '../../messages/paragraph.js';
import { cleanName, nameKey } from '../../profiles/name.js';
import { isWritable, type SecretName, type SecretSourceKind, secretNameOf } from '../../secrets/source.js';
import type { State } from '../engine/state.js';
import type { Control } from '../engine/view.js';
import { CREDENTIALS, credentialsFor } from '../form/reading.js';
import { againProblem, needsShell, passphraseProblem, sourceOf, sourceTextProblem } from '../form/secret-source.js';

const ASK: Option = { value: 'ask', label: 'Ask for it each time', hint: 'nothing is stored' };
const FILE: Option = { value: 'file', label: 'In an encrypted file', hint: 'a passphrase opens it: for servers' };
const COMMAND: Option = { value: 'command', label: 'A command prints it…', hint: 'op read, pass show, vault kv get' };
const VARIABLE: Option = { value: 'variable', label: 'In an environment variable…', hint: 'which you set' };
const KEYCHAIN: Option = {
  value: 'keychain',
  label: 'In the system’s keychain',
  hint: 'tried just now: it works here',
};

/** Returns the credential field of the sign-in method. */
export const secretFieldOf = (state: State): 'secret' | 'password' | 'token' =>
  ({ server: 'secret', local: 'secret', login: 'password', 'app-token': 'token' })[state.draft.method] as 'secret';

/** Checks whether the secret is available, so that it can be stored. */
const hasSecret = (state: State): boolean =>
  credentialsFor(state.draft).every((name) => CREDENTIALS[name](state.draft).problem === null);

/** Returns the present secret source of the profile. */
const presentPlace = (state: State): SecretSourceKind | undefined =>
  state.profiles.find((profile) => profile.name === state.profileName)?.secretPlace.kind;

/** Checks whether the source can't be changed, because no secret is available to store elsewhere. */
const keepsSource = (state: State): boolean =>
  !hasSecret(state) && state.place.kind === presentPlace(state) && isSameName(state);

/** Checks the name, because under a new name no source has a secret yet. */
const isSameName = ({ newName, profileName }: State): boolean => nameKey(newName) === nameKey(profileName ?? '');

function options(state: State): Option[] {
  const present = presentPlace(state);
  const isThere = isSameName(state);
  const hasFile = hasSecret(state) || (present === 'file' && isThere);
  const hasKeychain =
    (hasSecret(state) && state.places?.isKeychainUsable === true) || (present === 'keychain' && isThere);
  return [ASK, ...(hasFile ? [FILE] : []), COMMAND, VARIABLE, ...(hasKeychain ? [KEYCHAIN] : [])];
}

/** Returns the secret to store at the chosen source; null if that stores none or already has it. */
export function secretToStore(state: State): Secret | null {
  if (state.draft.region === 'practice' || !isWritable(sourceOf(state.place)) || keepsSource(state)) return null;
  return new Secret(CREDENTIALS[secretFieldOf(state)](state.draft).text);
}

const LABELS: Readonly<Record<State['draft']['method'], string>> = {
  server: 'The secret',
  local: 'The secret',
  login: 'The password',
  'app-token': 'The token',
};

/** Returns the controls for the secret source. */
export function placeControls(state: State): Control[] {
  // The practice secret is public.
  if (state.draft.region === 'practice') return [];
  const { place } = state;
  const kind: Control = {
    kind: 'choice',
    id: 'placeKind',
    label: LABELS[state.draft.method],
    value: place.kind,
    options: options(state),
  };
  if (place.kind === 'file' && !keepsSource(state)) {
    return [
      kind,
      {
        kind: 'text',
        id: 'passphrase',
        label: 'Passphrase',
        value: place.passphrase,
        problem: passphraseProblem(place.passphrase),
      },
      { kind: 'text', id: 'again', label: 'Once more', value: place.again, problem: againProblem(place) },
    ];
  }
  if (place.kind !== 'command' && place.kind !== 'variable') return [kind];
  const label = place.kind === 'command' ? 'Command' : 'Variable';
  const placeholder = place.kind === 'command' ? 'pass show kaltura/admin-secret' : 'KALTURA_ADMIN_SECRET';
  const text: Control = {
    kind: 'text',
    id: 'placeText',
    label,
    value: place.text,
    placeholder,
    problem: sourceTextProblem(place),
    warning: /[0-9a-f]{32}/i.test(place.text)
      ? 'This line seems to hold the secret itself, and would be saved as it is. A command should get it from where it is kept.'
      : null,
  };
  const shell: Control = {
    kind: 'choice',
    id: 'usesShell',
    label: 'Shell',
    value: 'no',
    options: [
      { value: 'no', label: 'Change the command' },
      { value: 'yes', label: 'Run it through a shell', hint: 'nothing else understands it', tone: 'caution' },
    ],
  };
  return needsShell(place) ? [kind, text, shell] : [kind, text];
}

/** Describes the exact source before anything is written there. */
export function placeParagraphs(state: State): Paragraph[] {
  const { place, places, newName } = state;
  if (state.draft.region === 'practice' || place.kind === 'ask' || places === null) return [];
  if (sourceTextProblem(place) !== null || needsShell(place)) return [];
  const present = state.profiles.find((profile) => profile.name === state.profileName);
  const of: SecretName =
    keepsSource(state) && present !== undefined
      ? secretNameOf(present, 'secret')
      : { profile: cleanName(newName), what: 'secret', entry: null };
  const where = `The secret: ${places.describe(sourceOf(place), of)}`;
  const withKey = state.isKeepingKey && isWritable(sourceOf(place)) ? ' The kept key lies in the same place.' : '';
  return [{ tone: 'plain', text: `${where}${withKey}` }];
}
