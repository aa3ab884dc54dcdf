import { closeSync, linkSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { faultCode } from '../files/file-fault.js';
import { makeInnerFolder } from '../files/private-folder.js';
import { stagingFolder } from '../files/staged-record.js';

/** Milliseconds between two attempts to take a lock that another program holds. */
const RETRY_INTERVAL = 5;
/** Milliseconds after which the lock's owner must have been killed: a lock is held only while a file is read and renamed. */
const STALE_AFTER = 2000;

function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if (faultCode(error) === 'EEXIST') return false;
    throw error;
  }
}

const identityOf = (lock: string): string => {
  const stats = lstatSync(lock, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino}:${stats.mtimeMs}`;
};

/** Removes the lock of a killed program, but not a newer lock that another program may have taken since. */
function breakLock(lock: string, identity: string): void {
  const taken = `${lock}.${process.pid}`;
  try {
    renameSync(lock, taken);
    if (identityOf(taken) !== identity) linkSync(taken, lock);
  } catch {
    // It is gone, or there is a newer one.
  }
  rmSync(taken, { force: true });
}

/**
 * Runs `act` while no other program changes the record of the same profile. So a record can be compared and replaced without losing a
 * change that another program saved in between.
 * @param folder the folder of the profiles
 * @param file the record
 */
export async function withRecordLock<T>(folder: string, file: string, act: () => T | Promise<T>): Promise<T> {
  const lock = join(stagingFolder(folder), `lock-${basename(file)}`);
  let identity = '';
  for (let waited = 0; ; waited += RETRY_INTERVAL) {
    makeInnerFolder(stagingFolder(folder));
    if (takeLock(lock)) break;
    const found = identityOf(lock);
    if (found !== identity) {
      identity = found;
      waited = 0;
    }
    if (waited >= STALE_AFTER) breakLock(lock, identity);
    else await setTimeout(RETRY_INTERVAL);
  }
  try {
    return await act();
  } finally {
    rmSync(lock, { force: true });
  }
}
