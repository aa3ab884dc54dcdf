import { savedProfileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { changedMeanwhile } from './profile-store.js';
import { isSameProfile } from './same-profile.js';
import { isWritable, SECRETS_OF_A_PROFILE } from './secret-place.js';

/**
 * Removes a profile and what is stored for it.
 *
 * @returns whether anything was stored
 * @throws {ProfileStoreError} also where another program changed the profile meanwhile: it is not removed
 * @throws {SecretPlaceError} and the profile is still there
 */
export async function removeWithSecrets(name: string, { store, secrets }: StoreAndSecrets): Promise<boolean> {
  const profile = await savedProfileNamed(name, store);
  let wasStored = false;
  if (profile !== null && isWritable(profile.secretPlace)) {
    // First the secrets: without its profile, nothing would lead to them.
    for (const what of SECRETS_OF_A_PROFILE) {
      if (await secrets.remove(profile, what)) wasStored = true;
    }
    const now = await savedProfileNamed(name, store);
    if (now !== null && !isSameProfile(now, profile)) throw changedMeanwhile(now.name, store.fileOf(now.name));
  }
  await store.remove(name);
  return wasStored;
}
