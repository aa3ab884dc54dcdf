import { fchmodSync, fstatSync, lstatSync, type Stats } from 'node:fs';
import { LARGEST_RECORD } from '../../profiles/store.js';
import { faultReason } from './file-fault.js';
import { readPlainFile } from './plain-file.js';
import { describeOwner, type FileAccess, isOfAnotherUser, isOpenToOthers } from './private-folder.js';

/** Identifies one version of a file: every save creates a new stamp. */
export const stampOf = (stats: Stats): string => `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;

export type FileReading =
  | {
      readonly kind: 'read';
      readonly bytes: Buffer;
      readonly stamp: string;
      readonly access: FileAccess;
    }
  | { readonly kind: 'absent' }
  /** Not a plain file, the file of another user, or too large for a profile. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly why: string };

function close(descriptor: number, mode: number): FileAccess {
  if (!isOpenToOthers(mode)) return 'private';
  try {
    fchmodSync(descriptor, mode & 0o7700);
    return isOpenToOthers(fstatSync(descriptor).mode) ? 'exposed' : 'closed';
  } catch {
    return 'exposed';
  }
}

/** Refuses the file of another user, who could name any command or server in it. */
const refuseForeign = (stats: Stats): string | null =>
  isOfAnotherUser(stats) ? `It belongs to ${describeOwner(stats)}, who could have written it to mislead you.` : null;

/** Reads a private file and removes other users' access to it. Never throws. */
export function readPrivateFile(file: string): FileReading {
  let access: FileAccess = 'private';
  const reading = readPlainFile(file, {
    limit: LARGEST_RECORD,
    refuse: refuseForeign,
    onOpened: (descriptor, { mode }) => {
      access = close(descriptor, mode);
    },
  });
  switch (reading.kind) {
    case 'read':
      return { kind: 'read', bytes: reading.bytes, stamp: stampOf(reading.stats), access };
    case 'too-large':
      return { kind: 'refused', why: 'It is too large for a profile.' };
    case 'unreadable':
      return { kind: 'unreadable', why: `It could not be read: ${faultReason(reading.error)[1]}.` };
    default:
      return reading;
  }
}

/** Like `readPrivateFile`, but doesn't change permissions. null if the file can't be read or belongs to another user. */
export function peekPrivateFile(file: string): Buffer | null {
  const reading = readPlainFile(file, { limit: LARGEST_RECORD, refuse: refuseForeign });
  return reading.kind === 'read' ? reading.bytes : null;
}

/** Checks whether the file is still the version that was read. */
export function isUnchanged(file: string, stamp: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stampOf(stats) === stamp;
}
