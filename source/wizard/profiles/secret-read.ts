import type { Secret } from '../../kaltura/secret.js';
import { caution } from '../../messages/paragraph.js';
import type { SecretSourceError } from '../../secrets/source-error.js';
import { changeState, goHome, goTo, profileInUse, type State, stay, type Transition } from '../engine/state.js';
import { changeForm } from '../form/form.js';
import { secretFieldOf } from '../form/reading.js';
import { EMPTY_SOURCE_FORM } from '../form/secret-source.js';
import { presentKey } from '../key/subject.js';
import { makeKey } from '../steps/steps.js';

/** Continues with a secret that was read: creates a key, copies it, or shows it. */
export function secretRead(state: State, secret: Secret): Transition {
  const {
    profileFlow: { secretReading },
  } = state;
  const profile = profileInUse(state);
  if (secretReading === null || profile === undefined) return stay(goHome(state));
  const next = changeState(state, { profileFlow: { secretReading: null, source: EMPTY_SOURCE_FORM } });
  if (secretReading.for === 'make') {
    return makeKey({ ...next, form: changeForm(next.form, { [secretFieldOf(next.form)]: secret }) });
  }
  if (profile.savedKey === null) return stay(goHome(next));
  const made = { ...profile.savedKey, ks: secret };
  const opened = { made, request: null, recipe: profile.recipe, asOf: profile.savedAt };
  return presentKey(next, opened, secretReading.for);
}

/** Handles a secret source that failed: asks for the passphrase or the secret again, or offers a new key in place of a saved one. */
export function secretFailed(state: State, error: SecretSourceError): Transition {
  const trouble = `${error.message} ${error.remedy}`;
  const next = changeState(state, { profileFlow: { source: EMPTY_SOURCE_FORM } });
  if (error.fault === 'wrong-passphrase')
    return stay(goTo(next, 'passphrase', { profileFlow: { sourceProblem: trouble } }));
  const isSavedKey = state.profileFlow.secretReading?.what === 'key';
  return stay(
    goTo(next, isSavedKey ? 'saved-key' : 'quick', {
      ...(isSavedKey ? { option: 'new' } : {}),
      profileFlow: { secretReading: null },
      notice: caution(trouble),
    }),
  );
}
