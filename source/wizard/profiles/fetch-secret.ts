import type { Profile } from '../../profiles/profile.js';
import { needsConfirmation } from '../../secrets/source.js';
import type { Effect } from '../engine/effect.js';
import { changeState, goHome, goTo, profileInUse, type State, stay, type Transition } from '../engine/state.js';
import { formOf } from '../form/profile.js';
import { secretFieldOf } from '../form/reading.js';
import { EMPTY_SOURCE_FORM } from '../form/secret-source.js';
import type { SecretReading } from './profile-flow.js';

/** Describes what happens while a secret is read, by source. */
const STAGES: Readonly<Record<Profile['secretSource']['kind'], string>> = {
  ask: '',
  keychain: 'Asking the keychain…',
  command: 'Running the command that prints the secret…',
  variable: 'Reading the variable…',
  file: 'Opening the encrypted file…',
};

/** Reads the secret, or the saved key, of the profile in use from its source. */
export function readSecret(state: State): Transition {
  const profile = profileInUse(state);
  if (profile === undefined || state.profileFlow.secretReading === null) return stay(goHome(state));
  const attempt = state.waiting.attempt + 1;
  const { kind } = profile.secretSource;
  const passphrase = kind === 'file' ? state.profileFlow.source.passphrase : null;
  const { what } = state.profileFlow.secretReading;
  const stage = STAGES[kind];
  return stay(goTo(state, 'working', { waiting: { attempt, stage } }), {
    do: 'read-secret',
    attempt,
    profile,
    what,
    passphrase,
  });
}

/** Reads a secret from its source. Asks for the passphrase first if it is an encrypted file. */
export function fetchSecret(state: State, profile: Profile, reading: SecretReading, ...effects: Effect[]): Transition {
  const next = changeState(state, {
    profileFlow: { secretReading: reading, source: EMPTY_SOURCE_FORM, sourceProblem: null },
  });
  if (profile.secretSource.kind === 'file') return stay(goTo(next, 'passphrase'), ...effects);
  const started = readSecret(next);
  return { state: started.state, effects: [...effects, ...started.effects] };
}

/** Reads the secret to create a key. Asks first whether an imported command or variable may be used. */
export function fetchSecretForKey(state: State, profile: Profile): Transition {
  if (!needsConfirmation(profile.secretSource)) return fetchSecret(state, profile, { what: 'secret', for: 'make' });
  const pendingConfirmation = { profile, for: 'make' } as const;
  return stay(goTo(state, 'confirm-source', { profileFlow: { pendingConfirmation }, option: 'no' }));
}

/** The answers that say which account a secret belongs to. */
const ACCOUNT = ['region', 'address', 'method', 'partnerId', 'loginId', 'tokenId'] as const;

/** Returns the profile whose source has the secret for these answers; undefined if the user must enter it. */
export function profileWithSecret(state: State): Profile | undefined {
  const { form, setting } = state;
  const profile = profileInUse(state);
  if (profile === undefined || profile.secretSource.kind === 'ask') return undefined;
  const saved = formOf(profile, setting.practiceAccount);
  const isSameAccount = ACCOUNT.every((name) => form[name] === saved[name]);
  return isSameAccount && form[secretFieldOf(form)].length === 0 ? profile : undefined;
}
