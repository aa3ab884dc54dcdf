import { isDeepStrictEqual } from 'node:util';
import { isWritable, type SecretSource, withConfirmation, withEntries, withoutEntries } from '../secrets/source.js';
import type { Profile } from './profile.js';
import { writeProfile } from './record.js';

/** Checks whether two profiles are equal in all fields. */
export const isSameProfile = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(writeProfile(one), writeProfile(other));

/** Checks whether both profiles use the same account at the same server, so that a secret of one may be sent for the other. */
export const isSameAccount = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(accountOf(one), accountOf(other));

/** Checks whether both name the same source, confirmed or not. */
export const isSameSource = (one: SecretSource, other: SecretSource): boolean =>
  isDeepStrictEqual(withConfirmation(withoutEntries(one), true), withConfirmation(withoutEntries(other), true));

const accountOf = ({ serviceUrl, method, partnerId, loginId, tokenId }: Profile): readonly unknown[] => [
  serviceUrl,
  method === 'local' ? 'server' : method,
  partnerId,
  method === 'login' ? loginId : null,
  method === 'app-token' ? tokenId : null,
];

/** Checks whether a key of one profile can be saved with the other: it is the same request, and the key is stored at the same source. */
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

/** Checks whether the profiles differ at most in their saved key. */
export const isSameButForKey = (one: Profile, other: Profile): boolean =>
  isSameProfile(withoutKey(one), withoutKey(other));

const withoutKey = (profile: Profile): Profile => ({
  ...profile,
  secretPlace: isWritable(profile.secretPlace) ? withEntries(profile.secretPlace, { key: null }) : profile.secretPlace,
  keptKey: null,
  lastKeyEndedAt: null,
  savedAt: 0,
});

/** Checks whether both have the same saved key, at a source of the same kind. */
export const keepsSameKey = (one: Profile, other: Profile): boolean =>
  one.keptKey !== null &&
  isDeepStrictEqual(withoutEntries(one.secretPlace), withoutEntries(other.secretPlace)) &&
  isDeepStrictEqual(writeProfile(one)['keptKey'], writeProfile(other)['keptKey']);
