import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cleanName, fileNameOf, savedNameProblem } from '../../profiles/name.js';
import { type Profile, withoutExpiredKey } from '../../profiles/profile.js';
import { changedMeanwhile, ProfileStoreError, type SaveOptions } from '../../profiles/store.js';
import { checkPrivateFolder } from '../files/private-folder.js';
import { removeAllLeftovers } from '../files/staged-record.js';
import { sweepDamaged } from './damaged-keys.js';
import { type ProfileEntry, readEntry, refusal } from './entry.js';
import { profileFiles } from './load.js';
import { withRecordLock } from './record-lock.js';
import { keepsChanging, matchesRecord, SAVE_ATTEMPTS, saveProfile, updateProfile } from './save.js';

interface RecordChangesDeps {
  readonly configFolder: string;
  /** The folder of the profiles, inside `configFolder`. */
  readonly folder: string;
  /** Epoch milliseconds. */
  now(): number;
}

/** The changes of the saved profiles: see `ProfileStore`. */
export function createRecordChanges({ configFolder, folder, now }: RecordChangesDeps) {
  const fileOf = (name: string): string => join(folder, fileNameOf(name));
  const live = (profile: Profile): Profile => withoutExpiredKey(profile, now() / 1000);
  const checkFolders = () => [configFolder, folder].map(checkPrivateFolder);

  const save = (profile: Profile, options?: SaveOptions): Promise<void> =>
    saveProfile(folder, live(profile), now(), options);

  function found(name: string): ProfileEntry {
    const entry = readEntry(fileOf(name), now());
    if (entry.kind === 'profile') return entry;
    if (entry.kind === 'trouble') throw refusal(entry.trouble);
    throw new ProfileStoreError('missing', fileOf(name), `No profile is named “${name}” (${fileOf(name)}).`);
  }

  async function update(before: Profile, after: Profile): Promise<void> {
    checkFolders();
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const entry = readEntry(fileOf(before.name), now());
      if (entry.kind === 'trouble') throw refusal(entry.trouble);
      if (entry.kind === 'absent' || !matchesRecord(entry, before, now())) {
        throw changedMeanwhile(before.name, fileOf(before.name));
      }
      if (await updateProfile(folder, live(after), entry, now())) return;
    }
    throw keepsChanging(before.name, fileOf(before.name));
  }

  async function rename(from: string, to: string): Promise<void> {
    const name = cleanName(to);
    const problem = savedNameProblem(name);
    if (problem !== null) throw new ProfileStoreError('bad-profile', fileOf(to), problem);
    checkFolders();
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const entry = found(from);
      if (await updateProfile(folder, live({ ...entry.profile, name }), entry, now())) return;
    }
    throw keepsChanging(name, fileOf(name));
  }

  async function remove(name: string, expected?: Profile): Promise<void> {
    checkFolders();
    if (!existsSync(folder)) return;
    await withRecordLock(folder, fileOf(name), () => {
      const entry = readEntry(fileOf(name), now());
      if (entry.kind === 'trouble' && entry.trouble.kind !== 'damaged') throw refusal(entry.trouble);
      if (entry.kind !== 'profile') return;
      if (expected !== undefined && !matchesRecord(entry, expected, now())) throw changedMeanwhile(name, fileOf(name));
      // Not `rmSync`: it reports EPERM as ENOTDIR.
      unlinkSync(fileOf(name));
    });
  }

  /** @param files the files that may contain an expired key; null for all */
  async function sweep(files: readonly string[] | null): Promise<void> {
    checkFolders();
    for (const file of files ?? profileFiles(folder)) {
      const entry = readEntry(file, now());
      if (entry.kind !== 'profile') continue;
      const profile = live(entry.profile);
      // If the file has changed meanwhile, the program that changed it has removed the expired key.
      if (profile !== entry.profile) await updateProfile(folder, profile, entry, now());
    }
    await sweepDamaged(folder, now());
    removeAllLeftovers(configFolder, now());
  }

  return { save, update, rename, remove, sweep };
}
