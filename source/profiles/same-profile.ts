import { isDeepStrictEqual } from 'node:util';
import { isWritable, type SecretSource, withConfirmation, withEntries, withoutEntries } from '../secrets/source.js';
import type { Profile } from './profile.js';
import { writeProfile } from './record.js';

/** Whether nothing at all was changed. */
export const isSameProfile = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(writeProfile(one), writeProfile(other));

/** Whether a secret of the one proves the same at the same server as that of the other: it is not sent on behalf of another account. */
export const isSameAccount = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(accountOf(one), accountOf(other));

/** Whether both name the same source, confirmed or not. */
export const isSameSource = (one: SecretSource, other: SecretSource): boolean =>
  isDeepStrictEqual(withConfirmation(withoutEntries(one), true), withConfirmation(withoutEntries(other), true));

const accountOf = ({ serviceUrl, method, partnerId, loginId, tokenId }: Profile): readonly unknown[] => [
  serviceUrl,
  method === 'local' ? 'server' : method,
  partnerId,
  method === 'login' ? loginId : null,
  method === 'app-token' ? tokenId : null,
];

/** Whether a key that was made for the one can be kept with the other: it is what that asks for, and would lie in the same place. */
export const asksForSameKey = (one: Profile, other: Profile): boolean =>
  isSameAccount(one, other) && isDeepStrictEqual(requestOf(one), requestOf(other));

const requestOf = (profile: Profile): readonly unknown[] => [
  profile.method === 'local' ? profile.ksVersion : null,
  profile.type,
  profile.userId,
  profile.lifetime,
  profile.privileges,
  withConfirmation(withoutEntries(profile.secretPlace), true),
];

/** Whether the profiles differ in their kept key at most. */
export const isSameButForKey = (one: Profile, other: Profile): boolean =>
  isSameProfile(withoutKey(one), withoutKey(other));

const withoutKey = (profile: Profile): Profile => ({
  ...profile,
  secretPlace: isWritable(profile.secretPlace) ? withEntries(profile.secretPlace, { key: null }) : profile.secretPlace,
  keptKey: null,
  lastKeyEndedAt: null,
  savedAt: 0,
});

/** Whether both keep the very same key, in a place of the same kind. */
export const keepsSameKey = (one: Profile, other: Profile): boolean =>
  one.keptKey !== null &&
  isDeepStrictEqual(withoutEntries(one.secretPlace), withoutEntries(other.secretPlace)) &&
  isDeepStrictEqual(writeProfile(one)['keptKey'], writeProfile(other)['keptKey']);
