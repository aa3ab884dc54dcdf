import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import { deleteLeftoverEntries } from './change-entries.js';
import { removeWithSecrets, renameWithSecrets, saveKey } from './change-profile.js';
import { type DropListener, dropRevokedKeys, type RevokedKey } from './drop-ended-keys.js';
import type { Profile } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { type ProfileToSave, saveWithSecrets } from './save.js';

/**
 * Changes profiles together with their secrets. A secret is never sent for another profile, and changes that another program made in the
 * meantime are kept. See the functions that it calls for details.
 */
export const createSavedProfiles = (deps: StoreAndSecrets) => ({
  async save(request: ProfileToSave) {
    const outcome = await saveWithSecrets(request, deps);
    await deleteLeftoverEntries(request.profile.secretSource.kind, deps);
    return outcome;
  },
  rename: (from: string, to: string) => renameWithSecrets(from, to, deps),
  /** Returns whether the profile had stored secrets. */
  async remove(name: string) {
    const { hadEntries, place } = await removeWithSecrets(name, deps);
    await deleteLeftoverEntries(place, deps);
    return hadEntries;
  },
  keepKey: (profile: Profile, made: MadeKey, savedAt: number) => saveKey(profile, made, savedAt, deps),
  dropEnded: (ended: RevokedKey, at: number, listener?: DropListener) => dropRevokedKeys(ended, at, deps, listener),
});

export type SavedProfiles = ReturnType<typeof createSavedProfiles>;
