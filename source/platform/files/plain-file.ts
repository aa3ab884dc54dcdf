import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { faultCode } from './file-fault.js';

export type PlainFileReading<T> =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly stats: Stats; readonly opened: T }
  | { readonly kind: 'absent' }
  /** A link, not a plain file, or refused by `refuse`. `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly error: unknown };

export interface PlainFileOptions<T> {
  /** The size limit in bytes. */
  readonly limit: number;
  readonly followsLinks: boolean;
  /** Says why the opened file must not be read; null if it can be. */
  readonly refuse: (stats: Stats) => string | null;
  /** Called with the opened file before it is read. */
  readonly onOpened: (descriptor: number, stats: Stats) => T;
}

const LINK = { kind: 'refused', why: 'It is a link, and kaltura-ks does not follow links here.' } as const;
const NOT_PLAIN = { kind: 'refused', why: 'It is not a regular file.' } as const;

/** Bytes to read at once from files that state no size, as those in `/proc`. */
const CHUNK = 4096;

/** Reads to the end, even if the file is larger than `size` by now; returns null if it exceeds the limit. */
function readAtMost(descriptor: number, size: number, limit: number): Buffer | null {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    // One byte more than the size, so that a single read usually finds the end.
    const chunk = Buffer.allocUnsafe(size === 0 ? CHUNK : size + 1);
    const read = readSync(descriptor, chunk);
    if (size > 0 && length === 0 && read === size) return chunk.subarray(0, read);
    if (read === 0) return Buffer.concat(chunks);
    length += read;
    chunks.push(chunk.subarray(0, read));
  }
  return null;
}

/**
 * Reads a plain file that someone else may have put there: never waits for a FIFO, never reads a device, and never reads more than the
 * limit. Checks the opened file, so that no other file can replace it in between. Never throws.
 */
export function readPlainFile<T>(path: string, options: PlainFileOptions<T>): PlainFileReading<T> {
  const { limit, followsLinks, refuse, onOpened } = options;
  // Windows has none of these flags.
  const noLinks = followsLinks ? 0 : (constants.O_NOFOLLOW ?? 0);
  try {
    if (!followsLinks) {
      const stats = lstatSync(path);
      if (stats.isSymbolicLink()) return LINK;
      // Opening a device can have effects, so check before as well.
      if (!stats.isFile()) return NOT_PLAIN;
    }
    const descriptor = openSync(path, constants.O_RDONLY | noLinks | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return NOT_PLAIN;
      const why = refuse(stats);
      if (why !== null) return { kind: 'refused', why };
      if (stats.size > limit) return { kind: 'too-large' };
      const opened = onOpened(descriptor, stats);
      const bytes = readAtMost(descriptor, stats.size, limit);
      return bytes === null ? { kind: 'too-large' } : { kind: 'read', bytes, stats, opened };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return { kind: 'absent' };
    if (!followsLinks && faultCode(error) === 'ELOOP') return LINK;
    return { kind: 'unreadable', error };
  }
}
