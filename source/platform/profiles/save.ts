import { unlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileNameOf } from '../../profiles/name.js';
import { type Profile, withoutExpiredKey } from '../../profiles/profile.js';
import { readProfile, withUnknownFields, writeProfile } from '../../profiles/record.js';
import { isSameProfile } from '../../profiles/same-profile.js';
import {
  changedMeanwhile,
  LARGEST_RECORD,
  nameTaken,
  ProfileStoreError,
  type SaveOptions,
} from '../../profiles/store.js';
import { isUnchanged } from '../files/private-file.js';
import { putNewFile, replaceFile } from '../files/put-file.js';
import { withStagedRecord } from '../files/staged-record.js';
import { type Entry, type ProfileEntry, readEntry, refusal } from './entry.js';
import { withRecordLock } from './record-lock.js';

/**
 * Creates the record of a profile.
 * @param isRestored whether an unusable profile may be written, because it was read from the disk before
 * @param former the record as it was read. Its fields from a newer version of this program are kept
 * @throws {ProfileStoreError} if reading the record would not return the same profile
 */
function recordOf(profile: Profile, file: string, isRestored: boolean, former?: Uint8Array): Record<string, unknown> {
  const record = writeProfile(profile);
  const reading = readProfile(record);
  const why = 'why' in reading ? reading.why : 'One of its fields would be lost.';
  const read = reading.kind === 'profile' || (isRestored && reading.kind === 'unusable') ? reading.profile : null;
  if (read === null || !isDeepStrictEqual(writeProfile(read), record)) {
    throw new ProfileStoreError('bad-profile', file, `This profile can’t be saved. ${why}`);
  }
  const whole = former === undefined ? record : withUnknownFields(record, former);
  if (Buffer.byteLength(JSON.stringify(whole, undefined, '\t')) > LARGEST_RECORD) {
    throw new ProfileStoreError('bad-profile', file, 'This profile can’t be saved, because it is too large.');
  }
  return whole;
}

/** How often to try if other programs keep creating or removing the same file. After that, the file system is at fault. */
export const SAVE_ATTEMPTS = 100;

export const keepsChanging = (name: string, file: string): ProfileStoreError =>
  new ProfileStoreError('changed', file, `Other programs keep changing “${name}” (${file}). Stop them and try again.`);

/** Checks whether the entry still contains this profile. Ignores an expired saved key. `now` is in epoch milliseconds. */
export const matchesRecord = (entry: Entry, profile: Profile, now: number): boolean =>
  entry.kind === 'profile' && isSameProfile(withoutExpiredKey(entry.profile, now / 1000), profile);

/**
 * Writes one profile to its file. Checks the present file just before the new one replaces it, so that a concurrent save is noticed.
 * Quarantines a damaged file. `now` is in epoch milliseconds.
 * @throws {ProfileStoreError}
 */
export async function saveProfile(
  folder: string,
  profile: Profile,
  now: number,
  { replace = false, isRestored = false, expected }: SaveOptions = {},
): Promise<void> {
  const file = join(folder, fileNameOf(profile.name));
  await withStagedRecord(folder, recordOf(profile, file, isRestored), (staged) =>
    withRecordLock(folder, file, async () => {
      const entry = readEntry(file, now);
      if (entry.kind === 'profile' && replace) {
        if (expected === null || (expected !== undefined && !matchesRecord(entry, expected, now))) {
          throw changedMeanwhile(profile.name, file);
        }
        await replaceFile(staged, file);
        return;
      }
      if (entry.kind === 'absent' && expected) throw changedMeanwhile(profile.name, file);
      await moveToFreeName(staged, file, now);
    }),
  );
}

/**
 * Moves the staged file to its final name.
 * @throws {ProfileStoreError} if the name is taken, or the present file must not be changed
 */
async function moveToFreeName(staged: string, file: string, now: number): Promise<void> {
  for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
    const entry = readEntry(file, now);
    if (entry.kind === 'profile') throw nameTaken(entry.profile.name, file);
    const isInTheWay = entry.kind === 'trouble' && (entry.trouble.kind !== 'damaged' || entry.trouble.movedTo === null);
    if (isInTheWay) throw refusal(entry.trouble);
    if (await putNewFile(staged, file)) return;
  }
  throw keepsChanging(basename(file, '.json'), file);
}

/**
 * Writes a profile over the record that was read, and keeps the fields that a newer version of this program has added. A new name must be
 * free: then the old file is removed. Returns false and does nothing if another program has changed the record since it was read.
 */
export async function updateProfile(
  folder: string,
  profile: Profile,
  former: Pick<ProfileEntry, 'file' | 'stamp' | 'bytes'>,
  now: number,
): Promise<boolean> {
  const file = join(folder, fileNameOf(profile.name));
  return withStagedRecord(folder, recordOf(profile, file, true, former.bytes), (staged) =>
    withRecordLock(folder, former.file, async () => {
      if (!isUnchanged(former.file, former.stamp)) return false;
      if (file === former.file) {
        await replaceFile(staged, file);
        return true;
      }
      // Write the new file before removing the old one: a crash in between leaves both.
      await moveToFreeName(staged, file, now);
      unlinkSync(former.file);
      return true;
    }),
  );
}
