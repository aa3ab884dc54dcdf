import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Profile, withoutEndedKey } from '../profiles/profile.js';
import { cleanName, fileNameOf, nameKey, savedNameProblem } from '../profiles/profile-name.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/profile-store.js';
import { sweepDamaged } from './damaged-keys.js';
import { asStoreError } from './file-fault.js';
import { loadProfiles, profileFiles } from './load-profiles.js';
import { isUnchanged } from './private-file.js';
import { checkPrivateFolder, makePrivateFolder } from './private-folder.js';
import { type Entry, readEntry, refusal } from './profile-entry.js';
import { keepsChanging, SAVE_ATTEMPTS, saveProfile, updateProfile } from './save-profile.js';
import { removeLeftovers } from './staged-record.js';

export interface ProfileStoreDeps {
  /** The config folder of this program, which is its own: see `configFolder`. The profiles lie in `profiles` inside it. */
  readonly configFolder: string;
  /** Epoch milliseconds. */
  now(): number;
}

/**
 * The profiles on the disk, one file each: no two programs write the same file unless they save the same profile, so no lock is needed, and damage
 * stays in one profile.
 */
export function createProfileStore({ configFolder, now }: ProfileStoreDeps): ProfileStore {
  const folder = join(configFolder, 'profiles');
  const fileOf = (name: string): string => join(folder, fileNameOf(name));
  const live = (profile: Profile): Profile => withoutEndedKey(profile, now() / 1000);

  const checkFolders = () => [configFolder, folder].map(checkPrivateFolder);
  const makeFolders = () => [configFolder, folder].map(makePrivateFolder);

  /** Nothing but a `ProfileStoreError` leaves the store. */
  async function told<T>(what: string, path: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw asStoreError(error, what, path);
    }
  }

  function found(name: string): Extract<Entry, { kind: 'profile' }> {
    const entry = readEntry(fileOf(name), now());
    if (entry.kind === 'profile') return entry;
    if (entry.kind === 'trouble') throw refusal(entry.trouble);
    throw new ProfileStoreError('missing', fileOf(name), `There is no profile named “${name}” (${fileOf(name)}).`);
  }

  async function rename(from: string, to: string): Promise<void> {
    const name = cleanName(to);
    const problem = savedNameProblem(name);
    if (problem !== null) throw new ProfileStoreError('bad-profile', fileOf(to), problem);
    checkFolders();
    if (nameKey(from) === nameKey(name)) {
      for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
        const { profile, stamp } = found(from);
        if (await updateProfile(folder, live({ ...profile, name }), stamp)) return;
      }
      throw keepsChanging(name, fileOf(name));
    }
    const { profile, stamp } = found(from);
    // First the new, then the old: a crash between the two leaves both.
    await saveProfile({ folder, profile: live({ ...profile, name }), replace: false, isRestored: true, now: now() });
    // What another program has saved under the old name meanwhile is not ours to delete.
    if (isUnchanged(fileOf(from), stamp)) rmSync(fileOf(from), { force: true });
  }

  async function remove(name: string): Promise<void> {
    checkFolders();
    const entry = readEntry(fileOf(name), now());
    if (entry.kind === 'trouble' && entry.trouble.kind !== 'damaged') throw refusal(entry.trouble);
    if (entry.kind === 'profile') rmSync(fileOf(name), { force: true });
  }

  async function sweep(): Promise<void> {
    checkFolders();
    for (const file of profileFiles(folder)) {
      const entry = readEntry(file, now());
      if (entry.kind !== 'profile') continue;
      const profile = live(entry.profile);
      // Changed meanwhile: then by a program that knows that the key has ended.
      if (profile !== entry.profile) await updateProfile(folder, profile, entry.stamp);
    }
    await sweepDamaged(folder, now());
    removeLeftovers(folder, now());
  }

  return {
    folder,
    fileOf,
    load: () =>
      told('The profiles cannot be read', folder, async () => {
        const { profiles, troubles } = loadProfiles(configFolder, folder, now());
        const liveTroubles = troubles.map((trouble) =>
          trouble.kind === 'unusable' ? { ...trouble, profile: live(trouble.profile) } : trouble,
        );
        return { profiles: profiles.map(live), troubles: liveTroubles };
      }),
    save: (profile, { replace = false, isRestored = false } = {}) =>
      told('The profile cannot be saved', fileOf(profile.name), async () => {
        makeFolders();
        await saveProfile({ folder, profile: live(profile), replace, isRestored, now: now() });
      }),
    rename: (from, to) => told('The profile cannot be renamed', fileOf(from), () => rename(from, to)),
    remove: (name) => told('The profile cannot be deleted', fileOf(name), () => remove(name)),
    sweep: () => told('The ended keys cannot be deleted', folder, sweep),
  };
}
