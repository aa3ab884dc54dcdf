import { ProfileStoreError, type StoreFault } from '../../profiles/store.js';

/** Returns the system's error code (`EACCES`…); '' if there is none. */
export const faultCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const REASONS: Readonly<Record<string, readonly [StoreFault, string]>> = {
  EACCES: ['denied', 'you don’t have permission'],
  EPERM: ['denied', 'you don’t have permission'],
  EROFS: ['read-only', 'the disk is read-only'],
  ENOSPC: ['full', 'the disk is full'],
  EDQUOT: ['full', 'your disk quota is used up'],
  EFBIG: ['other', 'the file is too large for the system'],
  ENOENT: ['other', 'a folder on its path does not exist'],
  ENOTDIR: ['refused', 'there is a file where a folder should be'],
  EEXIST: ['refused', 'there is a file where a folder should be'],
  EISDIR: ['refused', 'there is a folder where a file should be'],
  ELOOP: ['refused', 'it is a link, and kaltura-ks does not follow links here'],
  ENAMETOOLONG: ['other', 'its path is too long for the system'],
  EMFILE: ['other', 'too many files are open'],
  ENFILE: ['other', 'too many files are open'],
};

/** Explains a system error as the end of a sentence. Uses only its code, because its message may quote the text to write. */
export function faultReason(error: unknown): readonly [StoreFault, string] {
  const code = faultCode(error);
  return REASONS[code] ?? ['other', code === '' ? 'the system gives no reason' : `the system says ${code}`];
}

/** Converts a file system error to a `ProfileStoreError` with a plain message. `what` is the start of the sentence: `The profile can’t be saved`. */
export function asStoreError(error: unknown, what: string, path: string): ProfileStoreError {
  if (error instanceof ProfileStoreError) return error;
  const [fault, reason] = faultReason(error);
  const advice = fault === 'full' ? ' Free some space, and try again.' : '';
  return new ProfileStoreError(fault, path, `${what}: ${reason} (${path}).${advice}`);
}
