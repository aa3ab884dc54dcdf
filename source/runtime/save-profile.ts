import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '../profiles/profile.js';
import { fileNameOf } from '../profiles/profile-name.js';
import { LARGEST_RECORD, readProfile, writeProfile } from '../profiles/profile-record.js';
import { nameTaken, ProfileStoreError } from '../profiles/profile-store.js';
import { isUnchanged } from './private-file.js';
import { readEntry, refusal } from './profile-entry.js';
import { putNewFile, replaceFile } from './put-file.js';
import { stageRecord } from './staged-record.js';

/**
 * @param isRestored whether a profile that must not be used is written all the same, because it was read from the disk before
 * @throws {ProfileStoreError} where the profile would not come back from the disk as it is
 */
function recordOf(profile: Profile, file: string, isRestored: boolean): Record<string, unknown> {
  const record = writeProfile(profile);
  const reading = readProfile(record);
  const why = 'why' in reading ? reading.why : 'It has a field that would be lost.';
  const read = reading.kind === 'profile' || (isRestored && reading.kind === 'unusable') ? reading.profile : null;
  if (read === null || !isDeepStrictEqual(writeProfile(read), record)) {
    throw new ProfileStoreError('bad-profile', file, `This profile cannot be saved. ${why}`);
  }
  if (Buffer.byteLength(JSON.stringify(record, undefined, '\t')) > LARGEST_RECORD) {
    throw new ProfileStoreError('bad-profile', file, 'This profile cannot be saved. It is too large.');
  }
  return record;
}

/** More often in a row, other programs do not create or remove the same file: then the file system is at fault. */
export const SAVE_ATTEMPTS = 100;

export const keepsChanging = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError('changed', file, `Other programs keep changing “${name}” (${file}). Stop them and try again.`);

export interface SaveWish {
  readonly folder: string;
  readonly profile: Profile;
  readonly replace: boolean;
  /** Whether a profile that must not be used is written all the same, because it was read from the disk before. */
  readonly isRestored: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Writes one profile to its file. Who has the name is looked up after the record is written aside, just before it takes its
 * place, so that what another program saved meanwhile is seen. What is damaged is set aside.
 */
export async function saveProfile({ folder, profile, replace, isRestored, now }: SaveWish): Promise<void> {
  const file = join(folder, fileNameOf(profile.name));
  const staged = await stageRecord(folder, recordOf(profile, file, isRestored));
  try {
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const entry = readEntry(file, now);
      if (entry.kind === 'profile') {
        if (!replace) throw nameTaken(entry.profile.name, file);
        await replaceFile(staged.path, file);
        return;
      }
      const isInTheWay =
        entry.kind === 'trouble' && (entry.trouble.kind !== 'damaged' || entry.trouble.movedTo === null);
      if (isInTheWay) throw refusal(entry.trouble);
      if (await putNewFile(staged.path, file)) return;
    }
    throw keepsChanging(profile.name, file);
  } finally {
    staged.discard();
  }
}

/**
 * Writes a profile over the version of it that was read, and only over that one. False, and nothing done, where another program has changed
 * it since.
 */
export async function updateProfile(folder: string, profile: Profile, stamp: string): Promise<boolean> {
  const file = join(folder, fileNameOf(profile.name));
  const staged = await stageRecord(folder, recordOf(profile, file, true));
  try {
    if (!isUnchanged(file, stamp)) return false;
    await replaceFile(staged.path, file);
    return true;
  } finally {
    staged.discard();
  }
}
