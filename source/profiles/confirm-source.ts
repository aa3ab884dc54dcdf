import { isDeepStrictEqual } from 'node:util';
import { needsConfirmation, withConfirmation } from '../secrets/source.js';
import type { Profile } from './profile.js';
import { changedMeanwhile, type ProfileStore, profileNamed } from './store.js';

/**
 * Returns the parts that a user confirms: the exact source, server and account. Ignores whether another program has confirmed the same in
 * the meantime.
 */
const partsToConfirm = (profile: Profile): readonly unknown[] => {
  const { secretPlace, region, serviceUrl, method, partnerId, loginId, tokenId } = profile;
  return [withConfirmation(secretPlace, true), region, serviceUrl, method, partnerId, loginId, tokenId];
};

/**
 * Records that the user has confirmed the command or variable of a profile.
 * @param shown the profile as it was shown to the user
 * @returns the confirmed profile, with the source that was shown
 * @throws {ProfileStoreError} if the record has changed since it was shown: the new source was not confirmed
 */
export async function confirmSource(shown: Profile, store: ProfileStore): Promise<Profile> {
  const current = await profileNamed(shown.name, store);
  if (current === null || !isDeepStrictEqual(partsToConfirm(current), partsToConfirm(shown))) {
    throw changedMeanwhile(shown.name, store.fileOf(shown.name));
  }
  if (!needsConfirmation(current.secretPlace)) return current;
  const confirmed = { ...current, secretPlace: withConfirmation(current.secretPlace, true) };
  await store.update(current, confirmed);
  return confirmed;
}
