import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import { deleteLeftoverEntries, type EntryChangeOutcome } from './change-entries.js';
import { removeWithSecrets, renameWithSecrets, saveKey } from './change-profile.js';
import { type DropListener, dropRevokedKeys, type RevokedKey } from './drop-ended-keys.js';
import type { Profile } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import type { ProfileToSave } from './save.js';
import { saveWithSecrets } from './save.js';

/**
 * Changes profiles together with their secrets. A secret is never sent for another profile, and changes that another program made in the
 * meantime are kept. See the functions that it calls for details.
 */
export interface SavedProfiles {
  /** Saves a profile. The result says whether the old secret could be deleted. */
  save(request: ProfileToSave): Promise<EntryChangeOutcome>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a profile. Returns whether it had stored secrets. */
  remove(name: string): Promise<boolean>;
  /** Saves a key with its profile. `savedAt` is in epoch seconds. Returns false if the profile was changed or removed. */
  keepKey(profile: Profile, made: MadeKey, savedAt: number): Promise<boolean>;
  /** Removes revoked keys. `at` is in epoch seconds. Returns the names of the profiles that had such a key. */
  dropEnded(ended: RevokedKey, at: number, listener?: DropListener): Promise<readonly string[]>;
}

export const createSavedProfiles = (deps: StoreAndSecrets): SavedProfiles => ({
  async save(request) {
    const outcome = await saveWithSecrets(request, deps);
    await deleteLeftoverEntries(request.profile.secretSource.kind, deps);
    return outcome;
  },
  rename: (from, to) => renameWithSecrets(from, to, deps),
  async remove(name) {
    const { hadEntries, place } = await removeWithSecrets(name, deps);
    await deleteLeftoverEntries(place, deps);
    return hadEntries;
  },
  keepKey: (profile, made, savedAt) => saveKey(profile, made, savedAt, deps),
  dropEnded: (ended, at, listener) => dropRevokedKeys(ended, at, deps, listener),
});
