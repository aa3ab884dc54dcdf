import { accessSync, constants, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { faultCode, faultReason } from '../files/file-fault.js';
import { readPlainFile } from '../files/plain-file.js';
import { stampOf } from '../files/private-file.js';

/** The file that a path resolves to. */
export interface EnvTarget {
  /** The absolute path, before links are followed. */
  readonly path: string;
  /** The file that the links lead to. Only a dangling link may make it absent. */
  readonly target: string;
  readonly isLink: boolean;
  /** Whether the target is outside of the link's folder. */
  readonly leadsAway: boolean;
}

export interface EnvFileContent {
  readonly text: string;
  /** The encoding that preserves every byte of the file. */
  readonly encoding: 'utf8' | 'latin1';
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
  readonly stamp: string;
}

/** Explains why the file can't be used, as a part of a sentence. */
class EnvFileProblem extends Error {
  override readonly name = 'EnvFileProblem';
}

/** Describes an error by its code only, because its message could quote the text to write. */
export function problemOf(error: unknown): string {
  if (error instanceof EnvFileProblem) return error.message;
  return faultCode(error) === 'ENOENT'
    ? 'its folder does not exist; create it, or use another path'
    : faultReason(error)[1];
}

const MOST_LINKS = 16;

const isLinkAt = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/**
 * Follows links.
 * @throws {EnvFileProblem} and system errors
 */
function follow(path: string): string {
  let target = path;
  for (let hops = 0; isLinkAt(target); hops += 1) {
    if (hops === MOST_LINKS) throw new EnvFileProblem('its links form a loop');
    target = resolve(realpathSync(dirname(target)), readlinkSync(target));
  }
  return join(realpathSync(dirname(target)), basename(target));
}

/** Resolves a path. `~/` is the user's home folder, even if no shell has expanded it. */
export const absolutePath = (named: string): string =>
  resolve(/^~[\\/]/.test(named) ? join(homedir(), named.slice(2)) : named);

/**
 * Resolves a path to its target.
 * @throws {EnvFileProblem} and system errors
 */
export function targetOf(path: string): EnvTarget {
  if (!isLinkAt(path)) return { path, target: path, isLink: false, leadsAway: false };
  const target = follow(path);
  const folder = realpathSync(dirname(path));
  return {
    path,
    target,
    isLink: true,
    leadsAway: !target.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`),
  };
}

/** Bytes; far above any real .env file. */
const LARGEST = 1024 * 1024;

function assertFits(target: string, stats: Stats): void {
  if (stats.isDirectory()) throw new EnvFileProblem('it is a folder');
  if (!stats.isFile()) throw new EnvFileProblem('it is not a regular file');
  if (stats.size > LARGEST) throw new EnvFileProblem('it is too large for a file with variables');
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && stats.uid !== self) {
    throw new EnvFileProblem('it belongs to another user of this computer');
  }
  assertWritable(target, 'it is write-protected');
}

function assertWritable(path: string, why: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw faultReason(error)[0] === 'denied' ? new EnvFileProblem(why) : error;
  }
}

function decoded(bytes: Buffer): Pick<EnvFileContent, 'text' | 'encoding'> {
  if (bytes.includes(0)) throw new EnvFileProblem('it is not a text file');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { text, encoding: 'utf8' }
    : { text: bytes.toString('latin1'), encoding: 'latin1' };
}

/**
 * Reads the file; null if it doesn't exist yet. Also checks, as far as possible, that it can be written.
 * @throws {EnvFileProblem} and system errors
 */
export function readTarget(target: string): EnvFileContent | null {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats !== undefined) assertFits(target, stats);
  // The file is replaced by a new one from the same folder.
  assertWritable(dirname(target), 'you don’t have permission to write to its folder');
  if (stats === undefined) return null;
  const reading = readPlainFile(target, {
    limit: LARGEST,
    refuse: (opened) => (opened.ino === stats.ino && opened.dev === stats.dev ? null : 'It was replaced.'),
  });
  switch (reading.kind) {
    case 'read': {
      const { mode, uid, gid } = reading.stats;
      return { ...decoded(reading.bytes), mode, owner: uid, group: gid, stamp: stampOf(reading.stats) };
    }
    case 'unreadable':
      throw reading.error;
    default:
      throw new EnvFileProblem('another program replaced it at the same time: try again');
  }
}
