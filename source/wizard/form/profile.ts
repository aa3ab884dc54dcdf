import type { PracticeAccount } from '../../kaltura/accounts/practice-account.js';
import { isSameKey, type KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { cleanName, nameKey } from '../../profiles/name.js';
import { type Profile, type SavedKey, withoutExpiredKey } from '../../profiles/profile.js';
import { profileFor, specOfProfile } from '../../profiles/profile-spec.js';
import { isSameSource } from '../../profiles/same-profile.js';
import { needsConfirmation, type SecretSource } from '../../secrets/source.js';
import { profileInUse, type State } from '../engine/state.js';
import { accountToConfirm, EMPTY_FORM, type FormState } from './form.js';
import { withPracticeAccount } from './practice.js';
import { lifetimeAnswers, recipeUseOf, withRecipeOf } from './purpose.js';
import { partnerIdOf, specOf } from './reading.js';
import { sourceFormOf, sourceOf } from './secret-source.js';

/** Returns the answers of a profile. Secrets, passwords and tokens are missing, except those of the practice account. */
export function formOf(profile: Profile, practiceAccount: PracticeAccount): FormState {
  const { holder, privileges } = specOfProfile(profile);
  const form: FormState = {
    ...EMPTY_FORM,
    region: profile.region,
    address: profile.region === 'own' ? profile.serviceUrl : '',
    method: profile.method,
    ksVersion: profile.ksVersion === 1 ? '1' : '2',
    partnerId: profile.partnerId === null ? '' : String(profile.partnerId),
    loginId: profile.loginId ?? '',
    tokenId: profile.tokenId ?? '',
    holder,
    type: profile.type,
    userId: profile.userId,
    ...lifetimeAnswers(profile.lifetime),
    task: profile.privileges === '' ? 'nothing' : 'write',
    privileges,
    ...withRecipeOf(profile.recipe, privileges),
    acceptedRisks: profile.acceptedRisks,
  };
  // ADMIN was confirmed when the profile was saved.
  const confirmed: FormState = { ...form, adminMeantFor: accountToConfirm(form) };
  const filled = confirmed.region === 'practice' ? withPracticeAccount(confirmed, practiceAccount) : confirmed;
  return { ...filled, acceptedRisks: profile.acceptedRisks, adminMeantFor: accountToConfirm(filled) };
}

/** Checks whether the current key matches the answers, which may have changed since. */
export const isKeyOfForm = ({ form, key }: State): boolean => key !== null && isSameKey(key.madeFor, specOf(form));

/** Checks whether a profile requests this key. */
export const requestsKey = (profile: Profile, spec: KeySpec, { setting }: State): boolean =>
  isSameKey(specOf(formOf(profile, setting.practiceAccount)), spec);

/** Returns the profile in use if it doesn't request this key, because answers were changed since it was saved. */
export function outdatedProfile(state: State, spec: KeySpec = specOf(state.form)): Profile | undefined {
  const saved = profileInUse(state);
  return saved === undefined || requestsKey(saved, spec, state) ? undefined : saved;
}

/** Checks whether the answers still match the key that is saved with the profile. */
const isSavedKeyValid = (state: State, before: Profile): boolean =>
  requestsKey(before, specOf(state.form), state) &&
  (before.savedKey?.ks !== null || before.secretSource.kind === state.profileFlow.source.kind);

/** Returns the key to save: the current one, if the user chose so; else the saved one, while it matches the answers. */
function keyToSave(state: State, before: Profile | undefined): SavedKey | null {
  if (state.key !== null && isKeyOfForm(state)) return state.profileFlow.includesKey ? state.key.made : null;
  return before !== undefined && isSavedKeyValid(state, before) ? before.savedKey : null;
}

/** Returns the profile in use if another name is typed: saving then leaves it unchanged. */
export function unchangedProfile(state: State): Profile | undefined {
  const saved = profileInUse(state);
  return saved === undefined || nameKey(saved.name) === nameKey(state.profileFlow.newName) ? undefined : saved;
}

/** Checks whether saving removes the saved key, because the answers have changed. */
export function losesSavedKey(state: State): boolean {
  const before = profileInUse(state);
  if (before?.savedKey == null || unchangedProfile(state) !== undefined) return false;
  return state.key === null && keyToSave(state, before) === null;
}

/** Saving an imported profile does not confirm its command: a separate screen asks for that. */
function secretSourceOf({ profileFlow: { source } }: State, before: Profile | undefined): SecretSource {
  const typed = sourceOf(source);
  if (before === undefined || !needsConfirmation(before.secretSource)) return typed;
  const offered = sourceFormOf(before);
  const isUntouched = source.kind === offered.kind && source.text === offered.text;
  return isUntouched || isSameSource(before.secretSource, typed) ? before.secretSource : typed;
}

/** Returns the profile to save. */
export function profileOf(state: State): Profile {
  const { form } = state;
  const spec = specOf(form);
  const seconds = Math.floor(state.now / 1000);
  const before = profileInUse(state);
  const profile: Profile = {
    ...profileFor(spec, {
      name: cleanName(state.profileFlow.newName),
      acceptedRisks: form.acceptedRisks,
      recipe: recipeUseOf(form),
      secretSource: form.region === 'practice' ? { kind: 'ask' } : secretSourceOf(state, before),
      savedAt: seconds,
    }),
    ksVersion: form.ksVersion === '2' ? 2 : 1,
    savedKey: keyToSave(state, before),
    lastKeyEndedAt: before?.lastKeyEndedAt ?? null,
  };
  return withoutExpiredKey(profile, seconds);
}

/** Suggests a name, such as `eu-2345678`. */
export function suggestedName(form: FormState): string {
  const account = form.method === 'login' ? form.loginId.trim() : String(partnerIdOf(form) ?? '');
  return [form.region === 'own' ? 'own' : form.region, account].filter((part) => part !== '').join('-');
}
