import { Secret } from '../../kaltura/secret.js';
import { type Option, type Paragraph, plain } from '../../messages/paragraph.js';
import { cleanName, nameKey } from '../../profiles/name.js';
import { passphraseProblem } from '../../secrets/keeper.js';
import { isWritable, type SecretName, type SecretSourceKind, secretNameOf } from '../../secrets/source.js';
import { type Field, secretField, textField } from '../engine/build-screen.js';
import { changeState, goTo, profileInUse, type State } from '../engine/state.js';
import { CREDENTIALS, credentialsFor, secretFieldOf } from '../form/reading.js';
import {
  againProblem,
  EMPTY_SOURCE_FORM,
  needsShell,
  type SourceForm,
  sourceOf,
  sourceTextProblem,
} from '../form/secret-source.js';

const ASK: Option = { value: 'ask', label: 'Enter it each time', hint: 'it is not saved' };
const FILE: Option = { value: 'file', label: 'In an encrypted file', hint: 'you type its passphrase each time' };
const COMMAND: Option = { value: 'command', label: 'A command prints it…', hint: 'op read, pass show, vault kv get' };
const VARIABLE: Option = { value: 'variable', label: 'In an environment variable…', hint: 'that you set' };
const KEYCHAIN: Option = {
  value: 'keychain',
  label: 'In the system’s keychain',
  hint: 'tested: it works here',
};

/** Checks whether the secret is available, so that it can be stored. */
const hasSecret = (state: State): boolean =>
  credentialsFor(state.form).every((name) => CREDENTIALS[name](state.form).problem === null);

/** Returns the present secret source of the profile. */
const presentSource = (state: State): SecretSourceKind | undefined => profileInUse(state)?.secretSource.kind;

/** Checks whether the source can't be changed, because no secret is available to store elsewhere. */
const keepsSource = (state: State): boolean =>
  !hasSecret(state) && state.profileFlow.source.kind === presentSource(state) && isSameName(state);

/** Checks the name, because under a new name no source has a secret yet. */
const isSameName = ({ profileName, profileFlow: { newName } }: State): boolean =>
  nameKey(newName) === nameKey(profileName ?? '');

function options(state: State): Option[] {
  const present = presentSource(state);
  const isThere = isSameName(state);
  const hasFile = hasSecret(state) || (present === 'file' && isThere);
  const hasKeychain =
    (hasSecret(state) && state.profileFlow.knownSources?.isKeychainUsable === true) ||
    (present === 'keychain' && isThere);
  return [ASK, ...(hasFile ? [FILE] : []), COMMAND, VARIABLE, ...(hasKeychain ? [KEYCHAIN] : [])];
}

/** Returns the secret to store at the chosen source; null if that stores none or already has it. */
export function secretToStore(state: State): Secret | null {
  if (state.form.region === 'practice' || !isWritable(sourceOf(state.profileFlow.source)) || keepsSource(state))
    return null;
  return new Secret(CREDENTIALS[secretFieldOf(state.form)](state.form).text);
}

/** Names the secret of each sign-in method. */
export const SECRET_LABELS: Readonly<Record<State['form']['method'], string>> = {
  server: 'The secret',
  local: 'The secret',
  login: 'The password',
  'app-token': 'The token',
};

const change = (state: State, part: Partial<SourceForm>): State =>
  changeState(state, { profileFlow: { source: { ...state.profileFlow.source, ...part } } });

/** Chooses another kind of source. Its answers start empty. */
const chooseKind = (state: State, kind: string): State =>
  kind === state.profileFlow.source.kind
    ? state
    : changeState(state, { profileFlow: { source: { ...EMPTY_SOURCE_FORM, kind: kind as SecretSourceKind } } });

const kindField = (state: State): Field => ({
  kind: 'choice',
  id: 'sourceKind',
  label: SECRET_LABELS[state.form.method],
  value: state.profileFlow.source.kind,
  options: options(state),
  change: chooseKind,
});

const passphraseFields = ({ profileFlow: { source } }: State): Field[] => [
  secretField({
    id: 'passphrase',
    label: 'Passphrase',
    value: source.passphrase,
    problem: passphraseProblem(source.passphrase),
    change: (state, passphrase) => change(state, { passphrase }),
  }),
  secretField({
    id: 'again',
    label: 'Passphrase again',
    value: source.again,
    problem: againProblem(source),
    change: (state, again) => change(state, { again }),
  }),
];

const CONTAINS_SECRET =
  'This line seems to contain the secret itself, and would be saved unencrypted. Enter a command that reads the secret from a password manager.';

/** Asks for the command or the name of the variable. */
const textOf = ({ profileFlow: { source } }: State): Field =>
  textField({
    id: 'sourceText',
    label: source.kind === 'command' ? 'Command' : 'Variable',
    value: source.text,
    placeholder: source.kind === 'command' ? 'pass show kaltura/admin-secret' : 'KALTURA_ADMIN_SECRET',
    problem: sourceTextProblem(source),
    warning: /[0-9a-f]{32}/i.test(source.text) ? CONTAINS_SECRET : null,
    change: (state, text) => change(state, { text, usesShell: false }),
  });

const SHELL: Field = {
  kind: 'choice',
  id: 'usesShell',
  label: 'Shell',
  value: 'no',
  options: [
    { value: 'no', label: 'Change the command' },
    { value: 'yes', label: 'Run it through a shell', hint: 'it needs the shell’s syntax', tone: 'caution' },
  ],
  change: (state, answer) =>
    answer === 'yes' ? change(state, { usesShell: true }) : goTo(state, 'save', { focusOn: 'sourceText' }),
};

/** Returns the fields for the secret source; none in practice, because the practice secret is public. */
export function sourceFields(state: State): Field[] {
  if (state.form.region === 'practice') return [];
  const {
    profileFlow: { source },
  } = state;
  if (source.kind === 'file' && !keepsSource(state)) return [kindField(state), ...passphraseFields(state)];
  if (source.kind !== 'command' && source.kind !== 'variable') return [kindField(state)];
  return [kindField(state), textOf(state), ...(needsShell(source) ? [SHELL] : [])];
}

/** Describes the exact source before anything is written there. */
export function sourceParagraphs(state: State): Paragraph[] {
  const {
    profileFlow: { source, knownSources, newName },
  } = state;
  if (state.form.region === 'practice' || source.kind === 'ask' || knownSources === null) return [];
  if (sourceTextProblem(source) !== null || needsShell(source)) return [];
  const present = profileInUse(state);
  const of: SecretName =
    keepsSource(state) && present !== undefined
      ? secretNameOf(present, 'secret')
      : { profile: cleanName(newName), what: 'secret', entry: null };
  const where = `The secret: ${knownSources.describe(sourceOf(source), of)}`;
  const withKey = state.profileFlow.includesKey && isWritable(sourceOf(source)) ? ' The key is stored there too.' : '';
  return [plain(`${where}${withKey}`)];
}
