import { closeSync, constants, fchmodSync, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { LARGEST_RECORD } from '../profiles/profile-record.js';
import { faultCode, faultReason } from './file-fault.js';
import { isOpenToOthers } from './private-folder.js';

/** Tells one version of a file from the next: every save makes a new one. */
export const stampOf = (stats: Stats): string => `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;

export type FileReading =
  | {
      readonly kind: 'read';
      readonly bytes: Buffer;
      readonly stamp: string;
      readonly access: 'private' | 'closed' | 'exposed';
    }
  | { readonly kind: 'absent' }
  /** Not a plain file, or one that no profile can be. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

const LINK: FileReading = { kind: 'refused', why: 'It is a link, and links are not followed here.' };

/** The link is refused by the system itself where it can, so that none can be put there between the look and the opening. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function close(descriptor: number, mode: number): 'private' | 'closed' | 'exposed' {
  if (!isOpenToOthers(mode)) return 'private';
  try {
    fchmodSync(descriptor, mode & 0o7700);
    return isOpenToOthers(fstatSync(descriptor).mode) ? 'exposed' : 'closed';
  } catch {
    return 'exposed';
  }
}

function readOpened(descriptor: number): FileReading {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return { kind: 'refused', why: 'It is not a plain file.' };
  if (stats.size > LARGEST_RECORD) return { kind: 'refused', why: 'It is too large for a profile.' };
  const access = close(descriptor, stats.mode);
  return { kind: 'read', bytes: readFileSync(descriptor), stamp: stampOf(stats), access };
}

/** Reads a file that is to be ours alone, and takes the rights of others from it. Never throws. */
export function readPrivateFile(file: string): FileReading {
  try {
    const stats = lstatSync(file);
    if (stats.isSymbolicLink()) return LINK;
    if (!stats.isFile()) return { kind: 'refused', why: 'It is not a plain file.' };
    const descriptor = openSync(file, OPEN_FLAGS);
    try {
      return readOpened(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return { kind: 'absent' };
    if (faultCode(error) === 'ELOOP') return LINK;
    return { kind: 'unreadable', why: `It could not be read: ${faultReason(error)[1]}.` };
  }
}

/** Whether the file is still the one that was read. */
export function isUnchanged(file: string, stamp: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stampOf(stats) === stamp;
}
