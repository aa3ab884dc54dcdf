import { HOLDERS } from '../../kaltura/holders.js';
import { LIFETIMES } from '../../kaltura/lifetime.js';
import { checkPrivileges } from '../../kaltura/privileges/privileges.js';
import { acknowledgementKey } from '../../kaltura/risks/risks.js';
import { cleanName } from '../../profiles/name.js';
import { type Profile, type SavedKey, withoutExpiredKey } from '../../profiles/profile.js';
import { isSameSource } from '../../profiles/same-profile.js';
import { needsConfirmation, type SecretSource } from '../../secrets/source.js';
import type { State } from '../engine/state.js';
import { accountToConfirm, EMPTY_FORM, type FormState } from './form.js';
import type { PracticeAccount } from './practice.js';
import { withPracticeAccount } from './practice.js';
import { CREDENTIALS, partnerIdOf, planOf, requestKeyOf, requestOf } from './reading.js';
import { sourceFormOf, sourceOf } from './secret-source.js';

/** Returns the answers of a profile. Secrets, passwords and tokens are missing, except those of the practice account. */
export function formOf(profile: Profile, pretend: PracticeAccount): FormState {
  const isPreset = LIFETIMES.some((lifetime) => lifetime === profile.lifetime);
  const ksVersion = profile.method === 'local' ? profile.ksVersion : null;
  const checked = checkPrivileges(profile.privileges, { ksVersion });
  const draft: FormState = {
    ...EMPTY_FORM,
    region: profile.region,
    address: profile.region === 'own' ? profile.serviceUrl : '',
    method: profile.method,
    ksVersion: profile.ksVersion === 1 ? '1' : '2',
    partnerId: profile.partnerId === null ? '' : String(profile.partnerId),
    loginId: profile.loginId ?? '',
    tokenId: profile.tokenId ?? '',
    holder: HOLDERS.find((holder) => holder.id === profile.holder)?.id ?? 'me',
    type: profile.type,
    userId: profile.userId,
    lifetime: isPreset ? String(profile.lifetime) : 'other',
    otherLifetime: isPreset ? '' : `${profile.lifetime}s`,
    task: profile.privileges === '' ? 'nothing' : 'write',
    privileges: checked.ok ? checked.privileges : profile.privileges,
    acceptedRisks: profile.acceptedRisks,
  };
  // ADMIN was confirmed when the profile was saved.
  const confirmed: FormState = { ...draft, adminMeantFor: accountToConfirm(draft) };
  const filled = confirmed.region === 'practice' ? withPracticeAccount(confirmed, pretend) : confirmed;
  return { ...filled, acceptedRisks: profile.acceptedRisks, adminMeantFor: accountToConfirm(filled) };
}

/** Checks whether the current key matches the answers, which may have changed since. */
export const isKeyOfForm = ({ draft, key }: State): boolean => key !== null && key.madeFor === requestKeyOf(draft);

/** Checks whether the answers still match the key that is saved with the profile. */
const isSavedKeyValid = (state: State, before: Profile): boolean =>
  requestKeyOf(formOf(before, state.setting.pretend)) === requestKeyOf(state.draft) &&
  (before.keptKey?.ks !== null || before.secretPlace.kind === state.place.kind);

/** Returns the key to save: the current one, if the user chose so; else the saved one, while it matches the answers. */
function savedKeyOf(state: State, before: Profile | undefined): SavedKey | null {
  if (state.key !== null && isKeyOfForm(state)) return state.isKeepingKey ? state.key.made : null;
  return before !== undefined && isSavedKeyValid(state, before) ? before.keptKey : null;
}

/** Checks whether saving removes the saved key, because the answers have changed. */
export function losesSavedKey(state: State): boolean {
  const before = state.profiles.find((profile) => profile.name === state.profileName);
  return before?.keptKey != null && state.key === null && savedKeyOf(state, before) === null;
}

/** Saving an imported profile does not confirm its command: a separate screen asks for that. */
function secretPlaceOf({ place }: State, before: Profile | undefined): SecretSource {
  const typed = sourceOf(place);
  if (before === undefined || !needsConfirmation(before.secretPlace)) return typed;
  const offered = sourceFormOf(before);
  const isUntouched = place.kind === offered.kind && place.text === offered.text;
  return isUntouched || isSameSource(before.secretPlace, typed) ? before.secretPlace : typed;
}

/** Returns the profile to save. */
export function profileOf(state: State): Profile {
  const { draft } = state;
  const request = requestOf(draft, null);
  const seconds = Math.floor(state.now / 1000);
  const before = state.profiles.find((profile) => profile.name === state.profileName);
  const profile: Profile = {
    name: cleanName(state.newName),
    region: draft.region,
    serviceUrl: request.serviceUrl,
    method: draft.method,
    ksVersion: draft.ksVersion === '2' ? 2 : 1,
    partnerId: partnerIdOf(draft),
    loginId: draft.method === 'login' ? CREDENTIALS.loginId(draft).text : null,
    tokenId: draft.method === 'app-token' ? CREDENTIALS.tokenId(draft).text : null,
    holder: draft.holder,
    type: draft.type,
    userId: request.userId,
    lifetime: request.lifetime,
    privileges: draft.privileges,
    acceptedRisks: acknowledgementKey(planOf(draft)).filter((risk) => draft.acceptedRisks.includes(risk)),
    secretPlace: draft.region === 'practice' ? { kind: 'ask' } : secretPlaceOf(state, before),
    keptKey: savedKeyOf(state, before),
    lastKeyEndedAt: before?.lastKeyEndedAt ?? null,
    savedAt: seconds,
  };
  return withoutExpiredKey(profile, seconds);
}

/** Suggests a name, such as `eu-2345678`. */
export function suggestedName(draft: FormState): string {
  const account = draft.method === 'login' ? draft.loginId.trim() : String(partnerIdOf(draft) ?? '');
  return [draft.region === 'own' ? 'own' : draft.region, account].filter((part) => part !== '').join('-');
}
