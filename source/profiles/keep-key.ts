import type { MadeKey } from '../kaltura/key-request.js';
import { asFarAsPossible } from './as-far-as-possible.js';
import { keepsKeys, type Profile } from './profile.js';
import { profileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { asksForSameKey } from './same-profile.js';
import { isWritable } from './secret-place.js';

/**
 * Keeps a new key with the profile that it was made for, where the secret of that lies, if keys can be kept there.
 *
 * @param savedAt epoch seconds
 * @returns false where the profile was removed meanwhile, or asks for another key, or for none to be kept: that stands
 * @throws {ProfileStoreError}
 * @throws {SecretPlaceError}
 */
export async function keepKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  { store, secrets }: StoreAndSecrets,
): Promise<boolean> {
  const present = async (): Promise<Profile | null> => {
    const found = await profileNamed(profile.name, store);
    return found !== null && keepsKeys(found) && asksForSameKey(found, profile) ? found : null;
  };
  const mark = async (ks: MadeKey['ks'] | null): Promise<boolean> => {
    const current = await present();
    if (current !== null) await store.save({ ...current, keptKey: { ...made, ks }, savedAt }, { replace: true });
    return current !== null;
  };

  if (!isWritable(profile.secretPlace)) return mark(made.ks);
  if ((await present()) === null) return false;
  // Written before it is said to be there, and taken back where that is not said.
  await secrets.write(profile, 'key', made.ks);
  try {
    if (await mark(null)) return true;
  } catch (error) {
    await asFarAsPossible(() => secrets.remove(profile, 'key'));
    throw error;
  }
  await secrets.remove(profile, 'key');
  return false;
}
