import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EntryNote, type LeftoverEntries, ProfileStoreError } from '../profiles/profile-store.js';
import type { PlacedSecret } from '../profiles/record-entries.js';
import { fieldsOf, type RecordFields } from '../profiles/record-fields.js';
import { isEntryId } from '../profiles/secret-place.js';
import { faultCode } from './file-fault.js';
import { readPrivateFile } from './private-file.js';
import { makePrivateFolder } from './private-folder.js';
import { LEFTOVER_AGE, removeQuietly } from './staged-record.js';

/** A folder that neither version 0.1.0 nor a reader of profiles looks into. */
export const notesFolder = (folder: string): string => join(folder, '.pending');

/**
 * Notes on the disk which entries a change is about to write or to delete. The note is there before the first of them is touched: so entries that
 * no record names any more, because a change was killed, can be found again.
 */
export function noteEntries(folder: string): EntryNote {
  const notes = notesFolder(folder);
  const file = join(notes, `${randomBytes(16).toString('hex')}.json`);
  const noted: PlacedSecret[] = [];
  const assertThere = (): void => {
    if (noted.length === 0 || existsSync(file)) return;
    const message = `Another program deleted what was being saved (${folder}). Save it again.`;
    throw new ProfileStoreError('other', folder, message);
  };
  return {
    assertThere,
    add(entries) {
      assertThere();
      noted.push(...entries);
      makePrivateFolder(notes);
      const text = JSON.stringify({ entries: noted.map(({ place, of }) => ({ place, ...of })) });
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    done: () => removeQuietly(file),
  };
}

function readEntry(value: unknown): PlacedSecret[] {
  const { place, profile, what, entry } = fieldsOf(value, 'The entry') as RecordFields;
  const isPlace = place === 'keychain' || place === 'file';
  if (!isPlace || typeof profile !== 'string' || (what !== 'secret' && what !== 'key')) return [];
  if (entry === undefined) return [{ place, of: { profile, what } }];
  return isEntryId(entry) ? [{ place, of: { profile, what, entry } }] : [];
}

/** What a note says; nothing where it is damaged: then it was not complete, and nothing was touched yet. */
export function entriesOfNote(bytes: Uint8Array): readonly PlacedSecret[] {
  try {
    const { entries } = JSON.parse(new TextDecoder().decode(bytes)) as { entries: unknown[] };
    return entries.flatMap(readEntry);
  } catch {
    return [];
  }
}

/** The notes of changes that were killed. A younger note may belong to a change that still runs. `now` in epoch milliseconds. */
export function leftoverNotes(folder: string, now: number): readonly LeftoverEntries[] {
  const notes = notesFolder(folder);
  return filesIn(notes).flatMap((file) => {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined || now - stats.mtimeMs <= LEFTOVER_AGE) return [];
    const reading = readPrivateFile(file);
    const entries = reading.kind === 'read' ? entriesOfNote(reading.bytes) : [];
    return [{ entries, done: () => removeQuietly(file) }];
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return [];
    throw error;
  }
}
