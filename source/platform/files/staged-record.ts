import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './private-folder.js';

/** A record that is whole on the disk, in a folder of its own, and has yet to take its place. */
export interface StagedRecord {
  readonly path: string;
  /** Removes what is left of it. Never throws. */
  discard(): void;
}

/** Inside the folder of the profiles, so that taking its place is one step of the same file system. */
export const stagingFolder = (folder: string): string => join(folder, '.saving');

/** Removes a file or folder that is not needed any more. Never throws. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // A later sweep finds it.
  }
}

/**
 * Writes a record through conf, aside from its place. conf alone would follow a link, overwrite what another program has just saved under the
 * same name, write in place inside a Snap, and on a full disk put a part of a record over a whole one.
 */
export async function stageRecord(folder: string, record: Record<string, unknown>): Promise<StagedRecord> {
  makePrivateFolder(stagingFolder(folder));
  const own = mkdtempSync(join(stagingFolder(folder), 'save-'));
  const discard = () => removeQuietly(own);
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
    return { path: conf.path, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

/** A save takes milliseconds: what is this old (in milliseconds) was left behind by one that was killed. */
export const LEFTOVER_AGE = 10 * 60 * 1000;

/** Removes what killed saves left behind. `now` in epoch milliseconds. */
export function removeLeftovers(folder: string, now: number): void {
  const staging = stagingFolder(folder);
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const name of readdirSync(staging)) {
    const path = join(staging, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && now - stats.mtimeMs > LEFTOVER_AGE) removeQuietly(path);
  }
}

/** Removes the files that killed saves left behind, of profiles and of encrypted files. Never throws. `now` in epoch milliseconds. */
export function removeAllLeftovers(configFolder: string, now: number): void {
  for (const folder of ['profiles', 'secrets']) {
    try {
      removeLeftovers(join(configFolder, folder), now);
    } catch {
      // A command that needs this folder reports the error.
    }
  }
}
