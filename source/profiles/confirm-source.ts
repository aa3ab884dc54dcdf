import { isSameAccount } from '../kaltura/sign-in/key-spec.js';
import { needsConfirmation, withConfirmation } from '../secrets/source.js';
import type { Profile } from './profile.js';
import { specOfProfile } from './profile-spec.js';
import { isSameSource } from './same-profile.js';
import { changedMeanwhile, type ProfileStore, profileNamed } from './store.js';

/** Checks whether both have the exact source, server and account that a user confirms. Another program may have confirmed it meanwhile. */
const isAsShown = (one: Profile, other: Profile): boolean =>
  one.method === other.method &&
  isSameAccount(specOfProfile(one), specOfProfile(other)) &&
  isSameSource(one.secretSource, other.secretSource);

/**
 * Records that the user has confirmed the command or variable of a profile.
 * @param shown the profile as it was shown to the user
 * @returns the confirmed profile, with the source that was shown
 * @throws {ProfileStoreError} if the record has changed since it was shown: the new source was not confirmed
 */
export async function confirmSource(shown: Profile, store: ProfileStore): Promise<Profile> {
  const current = await profileNamed(shown.name, store);
  if (current === null || !isAsShown(current, shown)) {
    throw changedMeanwhile(shown.name, store.fileOf(shown.name));
  }
  if (!needsConfirmation(current.secretSource)) return current;
  const confirmed = { ...current, secretSource: withConfirmation(current.secretSource, true) };
  await store.update(current, confirmed);
  return confirmed;
}
