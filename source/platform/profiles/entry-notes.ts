import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredSecret } from '../../profiles/record-entries.js';
import { type EntryNote, type LeftoverEntries, ProfileStoreError } from '../../profiles/store.js';
import { fieldsOf, type RecordFields } from '../../secrets/record-fields.js';
import { isEntryId } from '../../secrets/source.js';
import { readPrivateFile } from '../files/private-file.js';
import { makeInnerFolder } from '../files/private-folder.js';
import { LEFTOVER_AGE, removeQuietly } from '../files/staged-record.js';
import { namesInFolder } from './load.js';

/** The folder of the notes. Version 0.1.0 and the readers of profiles ignore it. */
export const notesFolder = (folder: string): string => join(folder, '.pending');

/**
 * Starts a note on the disk of the entries that a change is about to write or delete. The note is written before the first entry changes.
 * If the change is killed, the note names the entries that no record refers to.
 */
export function noteEntries(folder: string): EntryNote {
  const notes = notesFolder(folder);
  const file = join(notes, `${randomBytes(16).toString('hex')}.json`);
  const noted: StoredSecret[] = [];
  const assertThere = (): void => {
    if (noted.length === 0 || existsSync(file)) return;
    const message = `Another program deleted files while the profile was saved (${folder}). Save the profile again.`;
    throw new ProfileStoreError('other', folder, message);
  };
  return {
    assertThere,
    add(entries) {
      assertThere();
      noted.push(...entries);
      makeInnerFolder(notes);
      const text = JSON.stringify({ entries: noted.map(({ place, of }) => ({ place, ...of })) });
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    done: () => removeQuietly(file),
  };
}

function readEntry(value: unknown): StoredSecret[] {
  const { place, profile, what, entry } = fieldsOf(value, 'The entry') as RecordFields;
  const isPlace = place === 'keychain' || place === 'file';
  if (!isPlace || typeof profile !== 'string' || (what !== 'secret' && what !== 'key')) return [];
  if (entry === undefined) return [{ place, of: { profile, what } }];
  return isEntryId(entry) ? [{ place, of: { profile, what, entry } }] : [];
}

/** Reads the entries of a note. A damaged note was never complete, so no entry was changed and it lists none. */
export function entriesOfNote(bytes: Uint8Array): readonly StoredSecret[] {
  try {
    const { entries } = JSON.parse(new TextDecoder().decode(bytes)) as { entries: unknown[] };
    return entries.flatMap(readEntry);
  } catch {
    return [];
  }
}

/** Returns the notes of killed changes. Skips recent notes, whose change may still be running. `now` is in epoch milliseconds. */
export function leftoverNotes(folder: string, now: number): readonly LeftoverEntries[] {
  const notes = notesFolder(folder);
  return namesInFolder(notes).flatMap((name) => {
    const file = join(notes, name);
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined || now - stats.mtimeMs <= LEFTOVER_AGE) return [];
    const reading = readPrivateFile(file);
    const entries = reading.kind === 'read' ? entriesOfNote(reading.bytes) : [];
    return [{ entries, done: () => removeQuietly(file) }];
  });
}
