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

/** @throws {ProfileStoreError} where the profile would not come back from the disk as it is */
function recordOf(profile: Profile, file: string): Record<string, unknown> {
  const record = writeProfile(profile);
  const reading = readProfile(record);
  const why = reading.kind === 'damaged' ? reading.why : 'It has a field that would be lost.';
  if (reading.kind !== 'profile' || !isDeepStrictEqual(writeProfile(reading.profile), record)) {
    throw new ProfileStoreError('bad-profile', file, `This profile cannot be saved. ${why}`);
  }
  if (Buffer.byteLength(JSON.stringify(record, undefined, '\t')) > LARGEST_RECORD) {
    throw new ProfileStoreError('bad-profile', file, 'This profile cannot be saved. It is too large.');
  }
  return record;
}

export interface SaveWish {
  readonly folder: string;
  readonly profile: Profile;
  readonly replace: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Writes one profile to its file. Who has the name is looked up after the record is written aside, just before it takes its
 * place, so that what another program saved meanwhile is seen. What is damaged is set aside.
 */
export async function saveProfile({ folder, profile, replace, now }: SaveWish): Promise<void> {
  const file = join(folder, fileNameOf(profile.name));
  const staged = await stageRecord(folder, recordOf(profile, file));
  try {
    for (;;) {
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
  const staged = await stageRecord(folder, recordOf(profile, file));
  try {
    if (!isUnchanged(file, stamp)) return false;
    await replaceFile(staged.path, file);
    return true;
  } finally {
    staged.discard();
  }
}
