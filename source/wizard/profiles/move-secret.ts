import { caution, type Paragraph, plain } from '../../messages/paragraph.js';
import type { EnvAccount } from '../../profiles/env-account.js';
import { isWritable } from '../../secrets/source.js';
import type { Field } from '../engine/build-screen.js';
import { changeState, type State } from '../engine/state.js';
import { accountWithSecret } from '../form/env-account.js';
import { EMPTY_SOURCE_FORM, sourceOf } from '../form/secret-source.js';
import type { KnownSources } from './profile-flow.js';

/** Returns the account whose secret can be moved: it was read from an .env file, and the chosen source stores secrets. */
const movable = (state: State): EnvAccount | null =>
  state.form.region !== 'practice' && isWritable(sourceOf(state.profileFlow.source)) ? accountWithSecret(state) : null;

/** Returns the account whose secret is removed from its file after the save; null if the user has not chosen that. */
export const accountToMove = (state: State): EnvAccount | null =>
  state.profileFlow.movesSecret ? movable(state) : null;

/** Asks whether the secret is removed from the .env file. */
export function moveFields(state: State): Field[] {
  const account = movable(state);
  if (account === null) return [];
  return [
    {
      kind: 'choice',
      id: 'movesSecret',
      label: '.env file',
      value: state.profileFlow.movesSecret ? 'move' : 'leave',
      options: [
        { value: 'leave', label: `Leave the secret in ${account.path}` },
        { value: 'move', label: `Remove the secret from ${account.path}`, hint: 'after it is stored and read back' },
      ],
      change: (now, answer) => changeState(now, { profileFlow: { movesSecret: answer === 'move' } }),
    },
  ];
}

/** Says what happens to the .env file. */
export function moveParagraphs(state: State): Paragraph[] {
  const account = accountWithSecret(state);
  const { knownSources, movesSecret, source } = state.profileFlow;
  if (account === null || state.form.region === 'practice') return [];
  const { path } = account;
  const noKeychain: Paragraph =
    source.kind === 'file'
      ? plain('This computer has no usable keychain. An encrypted file is used instead.')
      : caution(`This computer has no usable keychain. Use an encrypted file, or leave the secret in ${path}.`);
  const missing = movesSecret && knownSources?.isKeychainUsable === false ? [noKeychain] : [];
  if (accountToMove(state) === null) return missing;
  return [
    ...missing,
    plain(
      `kaltura-ks removes the line with the secret from ${path}. All other lines stay unchanged. Programs that read the secret from this file stop working.`,
    ),
  ];
}

/** Suggests a source for a secret that is moved: the keychain, or an encrypted file without one. */
export function withKnownSources(state: State, knownSources: KnownSources): State {
  const { movesSecret, source } = state.profileFlow;
  if (!movesSecret || source.kind !== 'ask') return changeState(state, { profileFlow: { knownSources } });
  const kind = knownSources.isKeychainUsable ? 'keychain' : 'file';
  return changeState(state, { profileFlow: { knownSources, source: { ...EMPTY_SOURCE_FORM, kind } } });
}
