import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { SavedFiles } from '../../operations/runtime.js';
import { entriesIn, type StoredSecret } from '../../profiles/record-entries.js';
import type { KnownEntries } from '../../secrets/keeper.js';
import type { SecretName } from '../../secrets/source.js';
import { entriesOfNote, notesFolder } from '../profiles/entry-notes.js';
import { asStoreError, faultCode } from './file-fault.js';
import { readPrivateFile } from './private-file.js';
import { assertOwnFolder } from './private-folder.js';

const inKeychain = (entries: readonly StoredSecret[]): SecretName[] =>
  entries.filter(({ place }) => place === 'keychain').map(({ of }) => of);

function keychainEntries(folder: string, files: readonly string[]): KnownEntries {
  const certain: SecretName[] = [];
  const possible: SecretName[] = [];
  const unclear: string[] = [];
  const profiles = join(folder, 'profiles');
  for (const file of files.filter((path) => path.startsWith(profiles) && path.endsWith('.json'))) {
    const reading = readPrivateFile(file);
    if (reading.kind === 'absent') continue;
    const bytes = reading.kind === 'read' ? reading.bytes : null;
    if (dirname(file) === notesFolder(profiles)) {
      if (bytes !== null) certain.push(...inKeychain(entriesOfNote(bytes)));
      continue;
    }
    const { entries, isCertain } = entriesIn(basename(file), bytes);
    (isCertain ? certain : possible).push(...inKeychain(entries));
    if (!isCertain) unclear.push(file);
  }
  return { certain, possible, unclear };
}

const SUBFOLDERS = ['profiles', 'secrets'];

/** How often to try if other programs change the folder at the same time. */
const ATTEMPTS = 50;

/** Error codes of a removal while another program removes the same folder or saves something in it. */
const RACES = new Set(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EBUSY']);

function everything(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? everything(path) : [path];
    });
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw asStoreError(error, 'The saved files can’t be listed', folder);
  }
}

export const openSavedFiles = (folder: string): SavedFiles => ({
  folder,
  list: () => {
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    // If the folder is a link, only the link is ours, not its target.
    if (!stats.isDirectory()) return [folder];
    for (const each of [folder, ...SUBFOLDERS.map((name) => join(folder, name))]) {
      const found = lstatSync(each, { throwIfNoEntry: false });
      if (found?.isDirectory() === true) assertOwnFolder(each, found);
    }
    return everything(folder).toSorted();
  },
  keychainEntries: () =>
    lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
      ? keychainEntries(folder, everything(folder))
      : { certain: [], possible: [], unclear: [] },
  remove: () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        rmSync(folder, { recursive: true, force: true });
        return;
      } catch (error) {
        if (attempt < ATTEMPTS && RACES.has(faultCode(error))) continue;
        throw asStoreError(error, 'The saved files can’t be removed', folder);
      }
    }
  },
});
