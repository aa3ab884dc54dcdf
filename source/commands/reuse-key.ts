import type { MadeKey } from '../kaltura/key-request.js';
import { sayStretch } from '../kaltura/lifetime.js';
import type { Profile } from '../profiles/profile.js';
import { nameKey } from '../profiles/profile-name.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/profile-store.js';
import { isWritable } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import { draftOf } from '../wizard/profile-draft.js';
import { UsageError } from './exit-codes.js';
import { isSameRequest, keepsKeys, secondsLeft } from './kept-key.js';
import type { PlaceAccess } from './place-access.js';
import { PRETEND_ACCOUNT } from './pretend-account.js';
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

/** The profile of that name as it is now; null where it is gone, or asks for another key or in another place. */
async function stillThere(profile: Profile, store: ProfileStore): Promise<Profile | null> {
  const { profiles } = await store.load();
  const found = profiles.find(({ name }) => nameKey(name) === nameKey(profile.name));
  if (found === undefined || !keepsKeys(found)) return null;
  const isSame = isSameRequest(draftOf(found, PRETEND_ACCOUNT), draftOf(profile, PRETEND_ACCOUNT));
  return isSame && JSON.stringify(found.secretPlace) === JSON.stringify(profile.secretPlace) ? found : null;
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
  const isElsewhere = isWritable(profile.secretPlace);
  const isGone = 'The key is not kept: the profile was changed or removed meanwhile.';
  try {
    if (isElsewhere) {
      if ((await stillThere(profile, store)) === null) return report.detail(isGone);
      await access.write(profile, 'key', made.ks);
    }
    const current = await stillThere(profile, store);
    if (current === null) {
      if (isElsewhere) await access.remove(profile, 'key');
      return report.detail(isGone);
    }
    const keptKey = { ...made, ks: isElsewhere ? null : made.ks };
    await store.save({ ...current, keptKey, savedAt }, { replace: true });
    report.detail('The key is kept with the profile.');
  } catch (error) {
    const isForeseen =
      error instanceof ProfileStoreError || error instanceof SecretPlaceError || error instanceof UsageError;
    if (!isForeseen) throw error;
    report.say(`caution: the key could not be kept. ${error.message}`);
  }
}
