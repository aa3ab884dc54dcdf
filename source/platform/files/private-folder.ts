import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { ProfileStoreError } from '../../profiles/store.js';
import { faultCode, faultReason } from './file-fault.js';

/** Returns the ID of the current user; null on Windows, where files have no such owner. */
const ownId = (): number | null => process.getuid?.() ?? null;

/** Checks whether a file or folder belongs to another user. As root, too: root must not obey a user's files. */
export const isOfAnotherUser = ({ uid }: Pick<Stats, 'uid'>): boolean => ownId() !== null && uid !== ownId();

/** Describes another owner, as a part of a sentence. */
export const describeOwner = ({ uid }: Pick<Stats, 'uid'>): string =>
  `another user of this computer (user ID ${uid}; you are user ID ${ownId()})`;

/**
 * Checks the owner of a folder.
 * @throws {ProfileStoreError} if the folder belongs to another user
 */
export function assertOwnFolder(folder: string, stats: Pick<Stats, 'uid'>): void {
  if (!isOfAnotherUser(stats)) return;
  const fix =
    stats.uid === 0
      ? `If you once ran this program with sudo, make the folder your own: sudo chown -R ${ownId()} "${folder}"`
      : ownId() === 0
        ? 'Run the program as that user, without sudo, or set HOME or XDG_CONFIG_HOME to a folder of your own.'
        : 'Set HOME or XDG_CONFIG_HOME to a folder of your own.';
  const message = `The folder ${folder} belongs to ${describeOwner(stats)}. Its profiles can’t be used, because they could run that user’s commands as you. ${fix}`;
  throw new ProfileStoreError('refused', folder, message);
}

/** `closed`: other users had access and it was removed. `exposed`: their access could not be removed. */
export type FileAccess = 'private' | 'closed' | 'exposed';

export type FolderState = 'absent' | FileAccess;

const GROUP_AND_OTHERS = 0o077;

/** Checks whether other users have any access. Always false on Windows, where the user's folder is private as a whole. */
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
 * Returns the stats of the folder; null if it doesn't exist.
 * @throws {ProfileStoreError} if it is a link (which could lead anywhere), not a folder, or belongs to another user
 */
function findOwnFolder(folder: string): Stats | null {
  const stats = find(folder);
  if (stats === null) return null;
  if (stats.isSymbolicLink()) {
    const message = `The profile folder is a link, which could lead anywhere. Replace it with a real folder (${folder}).`;
    throw new ProfileStoreError('refused', folder, message);
  }
  if (!stats.isDirectory()) {
    throw new ProfileStoreError('refused', folder, `There is a file where the profile folder should be (${folder}).`);
  }
  assertOwnFolder(folder, stats);
  return stats;
}

/** Like `checkPrivateFolder`, but changes nothing. @throws {ProfileStoreError} */
export function assertOwnFolders(...folders: readonly string[]): void {
  for (const folder of folders) findOwnFolder(folder);
}

/**
 * Makes a folder private.
 * @throws {ProfileStoreError} if it is a link, not a folder, or belongs to another user
 */
export function checkPrivateFolder(folder: string): FolderState {
  const stats = findOwnFolder(folder);
  if (stats === null) return 'absent';
  if (!isOpenToOthers(stats.mode)) return 'private';
  try {
    chmodSync(folder, stats.mode & 0o7700);
  } catch {
    return 'exposed';
  }
  // Some file systems accept the change and ignore it.
  return isOpenToOthers(lstatSync(folder).mode) ? 'exposed' : 'closed';
}

/** Like `checkPrivateFolder`, but creates the folder if it doesn't exist. */
export function makePrivateFolder(folder: string): FolderState {
  const state = checkPrivateFolder(folder);
  if (state !== 'absent') return state;
  makeFolder(folder);
  return checkPrivateFolder(folder);
}

/**
 * Like `makePrivateFolder`, for a folder inside one that exists. Throws the error of the system, so that the caller can name what it was doing.
 */
export function makeInnerFolder(folder: string): void {
  // Another program may create it in the meantime: with `recursive`, that is no error.
  if (checkPrivateFolder(folder) === 'absent') mkdirSync(folder, { mode: 0o700, recursive: true });
}

/**
 * Creates a folder and its parents. Not with `recursive`, because that never returns in folders such as `/proc`.
 *
 * @throws {ProfileStoreError}
 */
function makeFolder(folder: string): void {
  const above = dirname(folder);
  if (above !== folder && find(above) === null) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another program may have created it. The caller checks whether it is a folder.
    if (faultCode(error) === 'EEXIST') return;
    const isImpossible = faultCode(error) === 'ENOENT';
    const [fault, reason] = isImpossible
      ? (['other', `${above} does not allow new folders`] as const)
      : faultReason(error);
    const fix = 'Set HOME or XDG_CONFIG_HOME to a folder that you can write to.';
    throw new ProfileStoreError(fault, folder, `The folder ${folder} can’t be created: ${reason}. ${fix}`);
  }
}
