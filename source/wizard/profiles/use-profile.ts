import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import type { Effect } from '../engine/effect.js';
import {
  changeState,
  goHome,
  goTo,
  NEW_KEY,
  profileInUse,
  type State,
  stay,
  type Transition,
} from '../engine/state.js';
import type { FormState } from '../form/form.js';
import { formOf } from '../form/profile.js';
import { CREDENTIALS, credentialsFor } from '../form/reading.js';
import { isAccepted } from '../form/risk-word.js';
import { presentKey } from '../key/subject.js';
import { areComplete, firstIncomplete } from '../steps/steps.js';
import { fetchSecret, fetchSecretForKey } from './fetch-secret.js';

const practiceFor = (form: FormState): Effect[] => (form.region === 'practice' ? [{ do: 'open-practice' }] : []);

/** Checks whether at most the secret is missing. */
const isMakeable = (form: FormState): boolean =>
  areComplete(form, (step) => step !== 'credentials' && step !== 'review') &&
  credentialsFor(form).every((name) => typeof form[name] !== 'string' || CREDENTIALS[name](form).problem === null);

/** Creates a key from a profile: asks only for missing values, and opens the review if the risks were not accepted. */
export function createKeyFromProfile(state: State, profile: Profile): Transition {
  const form = formOf(profile, state.setting.practiceAccount);
  const loaded = changeState(state, {
    form,
    profileName: profile.name,
    profileFlow: { newName: profile.name },
    making: { hasReviewed: true, detour: null },
    key: null,
  });
  const missing = firstIncomplete(form);
  const isSimple = isMakeable(form) && isAccepted(form);
  if (!isSimple) return stay(goTo(loaded, 'review'), ...practiceFor(form));
  const isElsewhere = profile.secretSource.kind !== 'ask' && missing === 'credentials';
  if (isElsewhere) return fetchSecretForKey(loaded, profile);
  return stay(goTo(loaded, 'quick'), ...practiceFor(form));
}

const hasValidKey = (profile: Profile, now: number): boolean =>
  profile.savedKey !== null && (savedKeyExpiry(profile) ?? 0) > now / 1000;

/** Opens Home after a saved key was shown. Marks its profile only if Enter then offers a saved key, and doesn't create one. */
export function goHomeFromSavedKey(state: State): State {
  const profile = profileInUse(state);
  const home = goHome(state);
  return profile !== undefined && hasValidKey(profile, state.now)
    ? home
    : changeState(home, { profileFlow: { selectedProfile: NEW_KEY } });
}

/** Handles Enter on a profile: offers a valid saved key first. */
export function use(state: State, profile: Profile): Transition {
  if (!hasValidKey(profile, state.now)) return createKeyFromProfile(state, profile);
  const form = formOf(profile, state.setting.practiceAccount);
  return stay(
    goTo(state, 'saved-key', {
      form,
      profileName: profile.name,
      profileFlow: { newName: profile.name },
      option: 'copy',
    }),
  );
}

/** Copies or shows the saved key of a profile. */
export function outputSavedKey(state: State, profile: Profile, how: 'copy' | 'show'): Transition {
  const { savedKey } = profile;
  if (savedKey === null) return stay(goHome(state));
  if (savedKey.ks === null) return fetchSecret(state, profile, { what: 'key', for: how });
  const made = { ...savedKey, ks: savedKey.ks };
  return presentKey(state, { made, request: null, recipe: profile.recipe, asOf: profile.savedAt }, how);
}
