import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cleanName, fileNameOf, nameKey } from '../../profiles/name.js';
import { entriesIn, entryKey } from '../../profiles/record-entries.js';
import type { ProfileStore } from '../../profiles/store.js';
import { asStoreError } from '../files/file-fault.js';
import { readPrivateFile } from '../files/private-file.js';
import { makePrivateFolder } from '../files/private-folder.js';
import { readDefault, writeDefault } from './default-profile.js';
import { leftoverNotes, noteEntries } from './entry-notes.js';
import { loadProfiles, profileFiles } from './load.js';

export interface ProfileStoreDeps {
  /** The config folder of this program, which is its own: see `configFolder`. The profiles lie in `profiles` inside it. */
  readonly configFolder: string;
  /** Epoch milliseconds. */
  now(): number;
}

/**
 * Stores the profiles on the disk, one file each: two programs write the same file only if they change the same profile, and damage stays in
 * one profile.
 */
export function createProfileStore({ configFolder, now }: ProfileStoreDeps): ProfileStore {
  const folder = join(configFolder, 'profiles');
  const fileOf = (name: string): string => join(folder, fileNameOf(name));
  const makeFolders = () => [configFolder, folder].map(makePrivateFolder);

  // Loaded late: most commands only read profiles.
  const changes = async () => (await import('./change-records.js')).createRecordChanges({ configFolder, folder, now });

  /** Converts every error of `act` to a `ProfileStoreError`. */
  async function guarded<T>(what: string, path: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw asStoreError(error, what, path);
    }
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

  const isDefault = (name: string): boolean => {
    const present = readDefault(configFolder);
    return present !== null && nameKey(present) === nameKey(name);
  };

  /** The files in which the last `load` found an expired key; null before the first. */
  let withExpiredKey: readonly string[] | null = null;

  return {
    folder,
    fileOf,
    load: () =>
      guarded('The profiles can’t be read', folder, async () => {
        const { filesWithExpiredKey, ...loaded } = loadProfiles(configFolder, folder, now());
        withExpiredKey = filesWithExpiredKey;
        return loaded;
      }),
    save: (profile, options) =>
      guarded('The profile can’t be saved', fileOf(profile.name), async () => {
        makeFolders();
        await (await changes()).save(profile, options);
      }),
    update: (before, after) =>
      guarded('The profile can’t be saved', fileOf(before.name), async () => (await changes()).update(before, after)),
    rename: (from, to) =>
      guarded('The profile can’t be renamed', fileOf(from), async () => {
        const wasDefault = isDefault(from);
        await (await changes()).rename(from, to);
        if (wasDefault) await writeDefault(configFolder, folder, cleanName(to));
      }),
    remove: (name, expected) =>
      guarded('The profile can’t be deleted', fileOf(name), async () => {
        const former = isDefault(name) ? readDefault(configFolder) : null;
        // Unset first, so that a later profile of this name never becomes the default by itself.
        if (former !== null) await writeDefault(configFolder, folder, null);
        try {
          await (await changes()).remove(name, expected);
        } catch (error) {
          if (former !== null) await writeDefault(configFolder, folder, former);
          throw error;
        }
      }),
    defaultName: () =>
      guarded('The default profile can’t be read', configFolder, async () => {
        const name = readDefault(configFolder);
        return name !== null && existsSync(fileOf(name)) ? name : null;
      }),
    setDefault: (name) =>
      guarded('The default profile can’t be changed', configFolder, async () => {
        if (name !== null) makeFolders();
        await writeDefault(configFolder, folder, name);
      }),
    noteEntries: (doing) => {
      const note = noteEntries(folder);
      const add: typeof note.add = (entries) => {
        try {
          makeFolders();
          note.add(entries);
        } catch (error) {
          throw asStoreError(error, `The profile can’t be ${doing}`, folder);
        }
      };
      return { ...note, add };
    },
    leftoverEntries: () => guarded('The profiles can’t be read', folder, async () => leftoverNotes(folder, now())),
    namedEntries: () => guarded('The profiles can’t be read', folder, namedEntries),
    sweep: () =>
      guarded('The expired keys can’t be deleted', folder, async () => (await changes()).sweep(withExpiredKey)),
  };
}
