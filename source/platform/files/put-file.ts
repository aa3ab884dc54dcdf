import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { faultCode } from './file-fault.js';

/** Windows error codes while a virus scanner or indexer briefly holds the file open. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Replaces a file in one step: readers see the old or the new file, never a part. */
export async function replaceFile(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 5 || !HELD.has(faultCode(error))) throw error;
      await setTimeout(20 * 2 ** attempt);
    }
  }
}

/** Error codes of file systems without hard links (exFAT, some network and phone file systems). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** Moves a file to a free name. Returns false and changes nothing if the name is taken, so two programs can't both succeed. */
export async function putNewFile(from: string, to: string): Promise<boolean> {
  try {
    linkSync(from, to);
  } catch (error) {
    if (faultCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(faultCode(error))) throw error;
    if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) return false;
    await replaceFile(from, to);
    return true;
  }
  rmSync(from, { force: true });
  return true;
}
