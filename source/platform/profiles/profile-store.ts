import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cleanName, fileNameOf, nameKey, savedNameProblem } from '../../profiles/name.js';
import { type Profile, withoutExpiredKey } from '../../profiles/profile.js';
import { entriesIn, entryKey } from '../../profiles/record-entries.js';
import { changedMeanwhile, type ProfileStore, ProfileStoreError, unusableIn } from '../../profiles/store.js';
import { asStoreError } from '../files/file-fault.js';
import { readPrivateFile } from '../files/private-file.js';
import { checkPrivateFolder, makePrivateFolder } from '../files/private-folder.js';
import { removeAllLeftovers } from '../files/staged-record.js';
import { sweepDamaged } from './damaged-keys.js';
import { type Entry, readEntry, refusal } from './entry.js';
import { leftoverNotes, noteEntries } from './entry-notes.js';
import { loadProfiles, profileFiles } from './load.js';
import { withRecordLock } from './record-lock.js';
import { keepsChanging, matchesRecord, moveProfile, SAVE_ATTEMPTS, saveProfile, updateProfile } from './save.js';

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
  const live = (profile: Profile): Profile => withoutExpiredKey(profile, now() / 1000);

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

  async function update(before: Profile, after: Profile): Promise<void> {
    checkFolders();
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const entry = readEntry(fileOf(before.name), now());
      if (entry.kind === 'trouble') throw refusal(entry.trouble);
      if (entry.kind === 'absent' || !matchesRecord(entry, before, now())) {
        throw changedMeanwhile(before.name, fileOf(before.name));
      }
      if (await updateProfile(folder, live(after), entry)) return;
    }
    throw keepsChanging(before.name, fileOf(before.name));
  }

  async function rename(from: string, to: string): Promise<void> {
    const name = cleanName(to);
    const problem = savedNameProblem(name);
    if (problem !== null) throw new ProfileStoreError('bad-profile', fileOf(to), problem);
    checkFolders();
    const isSameName = nameKey(from) === nameKey(name);
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const entry = found(from);
      const profile = live({ ...entry.profile, name });
      const isDone = isSameName
        ? await updateProfile(folder, profile, entry)
        : await moveProfile(folder, fileOf(from), profile, entry, now());
      if (isDone) return;
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
      rmSync(fileOf(name), { force: true });
    });
  }

  async function namedEntries(): Promise<ReadonlySet<string>> {
    const files = profileFiles(folder).map((file) => ({ file, reading: readPrivateFile(file) }));
    const entries = files.flatMap(({ file, reading }) =>
      reading.kind === 'absent'
        ? []
        : entriesIn(basename(file), reading.kind === 'read' ? reading.bytes : null).entries,
    );
    return new Set(entries.map(entryKey));
  }

  /** The files in which the last `load` found a key that has ended; null before the first. */
  let withEndedKey: readonly string[] | null = null;

  async function sweep(): Promise<void> {
    checkFolders();
    for (const file of withEndedKey ?? profileFiles(folder)) {
      const entry = readEntry(file, now());
      if (entry.kind !== 'profile') continue;
      const profile = live(entry.profile);
      // Changed meanwhile: then by a program that knows that the key has ended.
      if (profile !== entry.profile) await updateProfile(folder, profile, entry);
    }
    await sweepDamaged(folder, now());
    removeAllLeftovers(configFolder, now());
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
        const saved = [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)];
        withEndedKey = saved.filter((profile) => live(profile) !== profile).map(({ name }) => fileOf(name));
        return { profiles: profiles.map(live), troubles: liveTroubles };
      }),
    save: (profile, { replace = false, isRestored = false, expected } = {}) =>
      told('The profile cannot be saved', fileOf(profile.name), async () => {
        makeFolders();
        await saveProfile({ folder, profile: live(profile), replace, isRestored, expected, now: now() });
      }),
    update: (before, after) => told('The profile cannot be saved', fileOf(before.name), () => update(before, after)),
    rename: (from, to) => told('The profile cannot be renamed', fileOf(from), () => rename(from, to)),
    remove: (name, expected) => told('The profile cannot be deleted', fileOf(name), () => remove(name, expected)),
    noteEntries: () => {
      const note = noteEntries(folder);
      const add: typeof note.add = (entries) => {
        try {
          makeFolders();
          note.add(entries);
        } catch (error) {
          throw asStoreError(error, 'The profile cannot be saved', folder);
        }
      };
      return { ...note, add };
    },
    leftoverEntries: () => told('The profiles cannot be read', folder, async () => leftoverNotes(folder, now())),
    namedEntries: () => told('The profiles cannot be read', folder, namedEntries),
    sweep: () => told('The ended keys cannot be deleted', folder, sweep),
  };
}
