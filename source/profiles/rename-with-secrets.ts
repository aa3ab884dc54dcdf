import { asFarAsPossible } from './as-far-as-possible.js';
import { savedProfileNamed } from './profile-by-name.js';
import { nameKey } from './profile-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { isWritable, SECRETS_OF_A_PROFILE } from './secret-place.js';

/**
 * Gives a profile, and what is stored for it, another name.
 *
 * @throws {ProfileStoreError} where the name is taken, or there is no such profile
 * @throws {SecretPlaceError} and it has its old name, for under the new one its secret would not be found
 */
export async function renameWithSecrets(from: string, to: string, { store, secrets }: StoreAndSecrets): Promise<void> {
  // First the profile: no secret is moved over one that belongs to a profile of the new name.
  await store.rename(from, to);
  if (nameKey(from) === nameKey(to)) return;
  // As it is now: its place may have been changed just before.
  const profile = await savedProfileNamed(to, store);
  if (profile === null || !isWritable(profile.secretPlace)) return;
  try {
    // What a profile that once had this name left behind is not its own.
    for (const what of SECRETS_OF_A_PROFILE) await secrets.remove(profile, what);
    await secrets.move(from, profile);
  } catch (error) {
    await asFarAsPossible(async () => {
      await store.rename(profile.name, from);
      // One of two may have been moved.
      await secrets.move(profile.name, { ...profile, name: from });
    });
    throw error;
  }
}
