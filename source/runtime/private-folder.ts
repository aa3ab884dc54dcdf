import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { ProfileStoreError } from '../profiles/profile-store.js';
import { faultCode } from './file-fault.js';

export type FolderState = 'absent' | 'private' | 'closed' | 'exposed';

const GROUP_AND_OTHERS = 0o077;

/** Whether others on this computer may do anything with it. Windows has no such bits: there the folder of the person is private as a whole. */
export const isOpenToOthers = (mode: number): boolean =>
  process.platform !== 'win32' && (mode & GROUP_AND_OTHERS) !== 0;

function find(folder: string): Stats | null {
  try {
    return lstatSync(folder);
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Looks at a folder that is to be ours alone: `private` as it should be, `closed` if others had rights to it, `exposed` if that could not be
 * changed.
 *
 * @throws {ProfileStoreError} where it is a link, which could lead what is written to anywhere, or no folder
 */
export function checkPrivateFolder(folder: string): FolderState {
  const stats = find(folder);
  if (stats === null) return 'absent';
  if (stats.isSymbolicLink()) {
    const message = `Profiles are not kept behind a link, which could lead them anywhere: put a real folder in its place (${folder}).`;
    throw new ProfileStoreError('refused', folder, message);
  }
  if (!stats.isDirectory()) {
    throw new ProfileStoreError(
      'refused',
      folder,
      `There is a file where the folder of the profiles should be (${folder}).`,
    );
  }
  if (!isOpenToOthers(stats.mode)) return 'private';
  try {
    chmodSync(folder, stats.mode & 0o7700);
  } catch {
    return 'exposed';
  }
  // Some file systems take the change and ignore it.
  return isOpenToOthers(lstatSync(folder).mode) ? 'exposed' : 'closed';
}

/** As `checkPrivateFolder`, and makes the folder where it is absent. */
export function makePrivateFolder(folder: string): FolderState {
  const state = checkPrivateFolder(folder);
  if (state !== 'absent') return state;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return checkPrivateFolder(folder);
}
