import { isDeepStrictEqual } from 'node:util';
import { isSameKey } from '../kaltura/sign-in/key-spec.js';
import { type SecretSource, withConfirmation, withEntries, withoutEntries } from '../secrets/source.js';
import type { Profile } from './profile.js';
import { specOfProfile } from './profile-spec.js';
import { writeProfile } from './record.js';

/** Checks whether two profiles are equal in all fields. */
export const isSameProfile = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(writeProfile(one), writeProfile(other));

/** Checks whether both name the same source, confirmed or not. */
export const isSameSource = (one: SecretSource, other: SecretSource): boolean =>
  isDeepStrictEqual(withConfirmation(withoutEntries(one), true), withConfirmation(withoutEntries(other), true));

/** Checks whether a key of one profile can be saved with the other: it is the same request, and the key is stored at the same source. */
export const acceptsKeyOf = (one: Profile, other: Profile): boolean =>
  isSameKey(specOfProfile(one), specOfProfile(other)) &&
  one.privileges === other.privileges &&
  isSameSource(one.secretSource, other.secretSource);

/** Checks whether the profiles differ at most in their saved key. */
export const isSameButForKey = (one: Profile, other: Profile): boolean =>
  isSameProfile(withoutKey(one), withoutKey(other));

const withoutKey = (profile: Profile): Profile => ({
  ...profile,
  secretSource: withEntries(profile.secretSource, { key: null }),
  savedKey: null,
  lastKeyEndedAt: null,
  savedAt: 0,
});

/** Checks whether both have the same saved key, at a source of the same kind. */
export const keepsSameKey = (one: Profile, other: Profile): boolean =>
  one.savedKey !== null &&
  isDeepStrictEqual(withoutEntries(one.secretSource), withoutEntries(other.secretSource)) &&
  isDeepStrictEqual(writeProfile(one)['keptKey'], writeProfile(other)['keptKey']);
