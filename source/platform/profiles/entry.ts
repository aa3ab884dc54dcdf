import { basename } from 'node:path';
import { fileNameOf } from '../../profiles/name.js';
import type { ProfileProblem } from '../../profiles/problem.js';
import type { Profile, Trouble } from '../../profiles/profile.js';
import { readProfileBytes } from '../../profiles/record.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { type FileReading, readPrivateFile } from '../files/private-file.js';
import { quarantine } from './quarantine.js';

/** The problem that prevents using one file. */
export type FileTrouble = Exclude<Trouble, { readonly kind: 'exposed' | 'unusable' }>;

export interface ProfileEntry extends Pick<Extract<FileReading, { kind: 'read' }>, 'bytes' | 'stamp' | 'access'> {
  readonly kind: 'profile';
  readonly file: string;
  readonly profile: Profile;
  /** Why the profile can't be used; null if it can. */
  readonly problem: ProfileProblem | null;
}

/** The content of one profile file. */
export type Entry =
  | { readonly kind: 'absent' }
  | ProfileEntry
  | { readonly kind: 'trouble'; readonly trouble: FileTrouble };

/** Other programs may replace the file at any moment, but hardly more often in a row. */
const ATTEMPTS = 5;

/** Reads one profile file, and quarantines it if it is damaged. `now` is in epoch milliseconds. */
export function readEntry(file: string, now: number): Entry {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const reading = readPrivateFile(file);
    if (reading.kind === 'absent') return reading;
    if (reading.kind !== 'read') return { kind: 'trouble', trouble: { ...reading, file } };
    const { access, stamp, bytes } = reading;
    const record = readProfileBytes(bytes);
    if (record.kind === 'newer') {
      return { kind: 'trouble', trouble: { kind: 'newer', name: record.name ?? basename(file, '.json'), file } };
    }
    if (record.kind !== 'damaged' && fileNameOf(record.profile.name) === basename(file)) {
      const problem = record.kind === 'unusable' ? { why: record.why, fix: record.fix } : null;
      return { kind: 'profile', file, profile: record.profile, problem, stamp, bytes, access };
    }
    // A file copied by hand: under its own name, it would hide the profile that it names, or be hidden by it.
    const why = record.kind === 'damaged' ? record.why : 'The file belongs to a profile with another name.';
    const quarantined = quarantine(file, stamp, now);
    if (quarantined.kind === 'changed') continue;
    const movedTo = quarantined.kind === 'moved' ? quarantined.to : null;
    const stays = quarantined.kind === 'stays' ? quarantined.why : null;
    return { kind: 'trouble', trouble: { kind: 'damaged', file, movedTo, stays, why } };
  }
  return { kind: 'trouble', trouble: { kind: 'unreadable', file, why: 'Other programs keep changing it.' } };
}

/** Returns the error for a file that must not be changed. */
export function refusal(trouble: FileTrouble): ProfileStoreError {
  const { file } = trouble;
  switch (trouble.kind) {
    case 'newer':
      return new ProfileStoreError(
        'newer',
        file,
        `The profile “${trouble.name}” was saved by a newer version of kaltura-ks, and this version does not change it (${file}). Update kaltura-ks.`,
      );
    case 'damaged': {
      const message = `The file of this profile is damaged and was left unchanged (${file}). ${trouble.why} ${trouble.stays ?? ''}`;
      return new ProfileStoreError('damaged', file, message.trim());
    }
    default: {
      const fault = trouble.kind === 'refused' ? 'refused' : 'denied';
      return new ProfileStoreError(fault, file, `The file of this profile is left unchanged (${file}). ${trouble.why}`);
    }
  }
}
