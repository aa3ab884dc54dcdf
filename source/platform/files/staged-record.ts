import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeInnerFolder } from './private-folder.js';

/** Returns the staging folder, inside the profile folder so that a rename is atomic on the same file system. */
export const stagingFolder = (folder: string): string => join(folder, '.saving');

/** Removes a file or folder that is not needed any more. Never throws. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // A later clean-up removes it.
  }
}

/**
 * Writes a record with conf to the staging folder, and passes the path of the complete file to `put`, which moves it to its final place.
 * Used in place, conf would follow a link, overwrite what another program has just saved, write in place inside a Snap, and leave a partial
 * record on a full disk.
 */
export async function withStagedRecord<T>(
  folder: string,
  record: Record<string, unknown>,
  put: (staged: string) => Promise<T>,
): Promise<T> {
  makeInnerFolder(stagingFolder(folder));
  const own = mkdtempSync(join(stagingFolder(folder), 'save-'));
  try {
    const { default: Conf } = await import('conf');
    const conf = new Conf({
      projectName: 'kaltura-ks',
      projectSuffix: '',
      cwd: own,
      configName: 'profile',
      configFileMode: 0o600,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    });
    conf.store = record;
    const written = readFileSync(conf.path, 'utf8');
    if (written !== JSON.stringify(record, undefined, '\t')) throw Object.assign(new Error(), { code: 'ENOSPC' });
    return await put(conf.path);
  } finally {
    removeQuietly(own);
  }
}

/** Milliseconds. A save takes a few, so an older staged file is from a killed save. */
export const LEFTOVER_AGE = 10 * 60 * 1000;

/** Removes the files of saves that were killed. `now` is in epoch milliseconds. */
export function removeLeftovers(folder: string, now: number): void {
  const staging = stagingFolder(folder);
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const name of readdirSync(staging)) {
    const path = join(staging, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && now - stats.mtimeMs > LEFTOVER_AGE) removeQuietly(path);
  }
}

/** Removes the files of saves that were killed, both profiles and encrypted files. Never throws. `now` is in epoch milliseconds. */
export function removeAllLeftovers(configFolder: string, now: number): void {
  for (const folder of ['profiles', 'secrets']) {
    try {
      removeLeftovers(join(configFolder, folder), now);
    } catch {
      // A command that needs this folder reports the error.
    }
  }
}
