import type { MadeKey } from '../kaltura/key-request.js';
import { sayStretch } from '../kaltura/lifetime.js';
import type { Profile } from '../profiles/profile.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/profile-store.js';
import { isWritable } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
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
    if (!(error instanceof SecretPlaceError) || error.fault === 'cancelled') throw error;
    report.say(`caution: the kept key could not be had, so a new one is made. ${error.message}`);
    return null;
  }
}

/**
 * Keeps a new key with its profile: where the secret lies, if keys can be kept there. One that cannot be kept is handed over all the
 * same.
 */
export async function keepKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  store: ProfileStore,
  access: PlaceAccess,
  report: Report,
): Promise<void> {
  const isElsewhere = isWritable(profile.secretPlace);
  try {
    if (isElsewhere) await access.write(profile, 'key', made.ks);
    const keptKey = { ...made, ks: isElsewhere ? null : made.ks };
    await store.save({ ...profile, keptKey, savedAt }, { replace: true });
    report.detail('The key is kept with the profile.');
  } catch (error) {
    if (!(error instanceof ProfileStoreError) && !(error instanceof SecretPlaceError)) throw error;
    report.say(`caution: the key could not be kept. ${error.message}`);
  }
}
