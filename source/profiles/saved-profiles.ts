import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import { deleteLeftoverEntries, type EntryChangeOutcome } from './change-entries.js';
import { type DropListener, dropRevokedKeys, type RevokedKey } from './drop-ended-keys.js';
import type { Profile } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { removeWithSecrets, renameWithSecrets } from './rename-and-remove.js';
import type { ProfileToSave } from './save.js';
import { saveWithSecrets } from './save.js';
import { saveKey } from './save-key.js';

/**
 * Profiles together with what lies in their places. A secret is never sent for another profile than the one that it was stored for, and what
 * another program changed meanwhile stands. The functions say more.
 */
export interface SavedProfiles {
  /** Tells whether the secret that was replaced could be deleted. */
  save(wish: ProfileToSave): Promise<EntryChangeOutcome>;
  rename(from: string, to: string): Promise<void>;
  /** Whether anything was stored for it. */
  remove(name: string): Promise<boolean>;
  /** `savedAt` in epoch seconds. False where the profile is not there any more as it was. */
  keepKey(profile: Profile, made: MadeKey, savedAt: number): Promise<boolean>;
  /** `at` in epoch seconds. The names of the profiles that kept such a key. */
  dropEnded(ended: RevokedKey, at: number, listener?: DropListener): Promise<readonly string[]>;
}

export const createSavedProfiles = (deps: StoreAndSecrets): SavedProfiles => ({
  async save(wish) {
    const outcome = await saveWithSecrets(wish, deps);
    await deleteLeftoverEntries(wish.profile.secretPlace.kind, deps);
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
