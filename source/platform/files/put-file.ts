import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { faultCode } from './file-fault.js';

/** What Windows answers while a virus scanner or an indexer holds the file open for a moment. */
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Puts a file where another is, in one step: whoever reads sees the old one or the new one, whole. */
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

/** What file systems answer that have no hard links (exFAT, some network and phone ones). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/** Puts a file where none is. False, and nothing done, where one is: two programs cannot both succeed. */
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
