import { asFarAsPossible } from './as-far-as-possible.js';
import { deleteEntries, entriesOf } from './change-entries.js';
import { savedProfileNamed } from './profile-by-name.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import type { SecretPlaceKind } from './secret-place.js';

/**
 * Removes a profile and what is stored for it.
 *
 * @throws {ProfileStoreError} also where another program changed the profile meanwhile: it is not removed
 * @throws {SecretPlaceError} and the profile is still there
 */
export async function removeWithSecrets(
  name: string,
  deps: StoreAndSecrets,
): Promise<{ readonly hadEntries: boolean; readonly place: SecretPlaceKind }> {
  const { store, secrets } = deps;
  const profile = await savedProfileNamed(name, store);
  const entries = profile === null ? [] : entriesOf(profile);
  if (profile === null || entries.length === 0) {
    await (profile === null ? store.remove(name) : store.remove(name, profile));
    return { hadEntries: false, place: profile?.secretPlace.kind ?? 'ask' };
  }
  await secrets.check(profile.secretPlace);
  const note = store.noteEntries();
  note.add(entries);
  // Remove the record first, so that no other program can save a profile that refers to the same entries.
  await store.remove(name, profile);
  try {
    const hadEntries = await deleteEntries(entries, deps);
    note.done();
    return { hadEntries, place: profile.secretPlace.kind };
  } catch (error) {
    await asFarAsPossible(() => store.save(profile, { isRestored: true }));
    throw error;
  }
}
