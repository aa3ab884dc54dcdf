import type { MadeKey } from '../kaltura/key-request.js';
import { sayStretch } from '../kaltura/lifetime.js';
import { createKeptProfiles } from '../profiles/kept-profiles.js';
import type { Profile } from '../profiles/profile.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/profile-store.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import { UsageError } from './exit-codes.js';
import { secondsLeft } from './kept-key.js';
import type { PlaceAccess } from './place-access.js';
import type { Report } from './report.js';

/** The key that is kept with the profile, if it lives longer than so many seconds; else null. `now` in epoch seconds. */
export async function keptKeyOf(
  profile: Profile,
  minTtl: number,
  now: number,
  access: PlaceAccess,
  report: Report,
): Promise<MadeKey | null> {
  const { keptKey } = profile;
  if (keptKey === null) return null;
  const left = secondsLeft(profile, now) ?? 0;
  if (left <= minTtl) {
    report.detail('The kept key does not live long enough: a new one is made.');
    return null;
  }
  try {
    if (keptKey.ks === null) access.assertPassphrase(profile);
    const ks = keptKey.ks ?? (await access.read(profile, 'key'));
    report.detail(`the key that is kept with the profile (${sayStretch(left)} left)`);
    return { ...keptKey, ks };
  } catch (error) {
    const isGivenUp = error instanceof SecretPlaceError && error.fault === 'cancelled';
    // A missing passphrase is in the way only where the secret is wanted from there too.
    if (isGivenUp || !(error instanceof SecretPlaceError || error instanceof UsageError)) throw error;
    report.say(`caution: the kept key could not be had, so a new one is made. ${error.message}`);
    return null;
  }
}

/**
 * Keeps a new key with its profile: where the secret lies, if keys can be kept there. One that cannot be kept is handed over all the
 * same. The profile may have been changed or removed while the key was made: that stands.
 */
export async function keepKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  store: ProfileStore,
  access: PlaceAccess,
  report: Report,
): Promise<void> {
  try {
    const isKept = await createKeptProfiles({ store, secrets: access }).keepKey(profile, made, savedAt);
    report.detail(
      isKept
        ? 'The key is kept with the profile.'
        : 'The key is not kept: the profile was changed or removed meanwhile.',
    );
  } catch (error) {
    const isForeseen =
      error instanceof ProfileStoreError || error instanceof SecretPlaceError || error instanceof UsageError;
    if (!isForeseen) throw error;
    report.say(`caution: the key could not be kept. ${error.message}`);
  }
}
