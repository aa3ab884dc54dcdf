import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { faultCode } from './file-fault.js';

export type PlainFileReading =
  | { readonly kind: 'read'; readonly bytes: Buffer; readonly stats: Stats }
  | { readonly kind: 'absent' }
  /** A link, not a plain file, or refused by `refuse`. `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly error: unknown };

export interface PlainFileOptions {
  /** The size limit in bytes. */
  readonly limit: number;
  /** Says why the opened file must not be read; null if it can be. */
  readonly refuse?: (stats: Stats) => string | null;
  /** Called with the opened file before it is read. */
  readonly onOpened?: (descriptor: number, stats: Stats) => void;
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
 * limit. Follows no link. Checks the opened file, so that no other file can replace it in between. Never throws.
 */
export function readPlainFile(path: string, { limit, refuse, onOpened }: PlainFileOptions): PlainFileReading {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return LINK;
    // Opening a device can have effects, so check before as well.
    if (!found.isFile()) return NOT_PLAIN;
    // Windows has none of these flags.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return NOT_PLAIN;
      const why = refuse?.(stats) ?? null;
      if (why !== null) return { kind: 'refused', why };
      if (stats.size > limit) return { kind: 'too-large' };
      onOpened?.(descriptor, stats);
      const bytes = readAtMost(descriptor, stats.size, limit);
      return bytes === null ? { kind: 'too-large' } : { kind: 'read', bytes, stats };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return { kind: 'absent' };
    if (faultCode(error) === 'ELOOP') return LINK;
    return { kind: 'unreadable', error };
  }
}
