import { lstatSync } from 'node:fs';
import { withoutExpiredKeyText } from '../../profiles/damaged-record.js';
import { isUnchanged, readPrivateFile } from '../files/private-file.js';
import { replaceFile } from '../files/put-file.js';
import { withStagedRecord } from '../files/staged-record.js';
import { profileFiles } from './load.js';
import { damagedFolder } from './quarantine.js';

async function sweepFile(folder: string, file: string, now: number): Promise<void> {
  const reading = readPrivateFile(file);
  if (reading.kind !== 'read') return;
  const record = withoutExpiredKeyText(reading.bytes, now / 1000);
  if (record === null) return;
  await withStagedRecord(folder, record, async (staged) => {
    if (isUnchanged(file, reading.stamp)) await replaceFile(staged, file);
  });
}

/**
 * Removes expired keys from quarantined records, which would otherwise stay on the disk forever. Keeps everything else in them.
 * @param folder the folder of the profiles
 * @param now epoch milliseconds
 */
export async function sweepDamaged(folder: string, now: number): Promise<void> {
  const damaged = damagedFolder(folder);
  if (lstatSync(damaged, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const file of profileFiles(damaged)) {
    try {
      await sweepFile(folder, file, now);
    } catch {
      // One that can't be rewritten must not block the others; the next clean-up tries again.
    }
  }
}
