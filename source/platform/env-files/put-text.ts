import { randomBytes } from 'node:crypto';
import { closeSync, fchownSync, fsyncSync, lstatSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Secret } from '../../kaltura/secret.js';
import { isUnchanged } from '../files/private-file.js';
import { putNewFile, replaceFile } from '../files/put-file.js';
import { deferSignals } from '../signals.js';
import type { EnvFileContent } from './target.js';

/** Returns a unique temporary name in the folder of the target. */
const stagedName = (target: string): string =>
  join(dirname(target), `${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);

const isStagedFor = (target: string, name: string): boolean =>
  name.startsWith(`${basename(target)}.`) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(basename(target).length + 1));

/** Milliseconds. Writing takes a few, so an older temporary file is from a killed program. */
const LEFTOVER_AGE = 60_000;

function isLeftBehind(path: string, now: number): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const isOurs = process.getuid === undefined || stats?.uid === process.getuid();
  return stats?.isFile() === true && isOurs && now - stats.mtimeMs > LEFTOVER_AGE;
}

/**
 * Removes temporary files that killed writes left next to a file: they contain its text, and .gitignore may not match their names. `now` is
 * in epoch milliseconds.
 */
export function removeStagedLeftovers(target: string, now: number): void {
  try {
    const names = readdirSync(dirname(target)).filter((name) => isStagedFor(target, name));
    for (const path of names.map((name) => join(dirname(target), name))) {
      if (isLeftBehind(path, now)) rmSync(path, { force: true });
    }
  } catch {
    // The following write reports what is wrong with the folder.
  }
}

const PRIVATE_MODE = 0o600;

/** Writes the text to a temporary file next to the target, private from its first byte and complete on the disk. */
function stage(target: string, text: Secret, before: EnvFileContent | null): string {
  const staged = stagedName(target);
  const descriptor = openSync(staged, 'wx', PRIVATE_MODE | ((before?.mode ?? 0) & 0o700));
  try {
    // A write by root keeps the owner of the file.
    if (before !== null && process.getuid?.() === 0) fchownSync(descriptor, before.owner, before.group);
    writeFileSync(descriptor, text.reveal(), before?.encoding ?? 'utf8');
    fsyncSync(descriptor);
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  return staged;
}

/** Writes the text to the target in one step. Returns false if another program has written the file first: read it again. */
export const putText = (target: string, text: Secret, before: EnvFileContent | null): Promise<boolean> =>
  // A temporary file contains all the text, and .gitignore may not match its name, so the program must not exit now.
  deferSignals(() => putStaged(target, text, before));

async function putStaged(target: string, text: Secret, before: EnvFileContent | null): Promise<boolean> {
  const staged = stage(target, text, before);
  try {
    if (before === null) return await putNewFile(staged, target);
    if (!isUnchanged(target, before.stamp)) return false;
    await replaceFile(staged, target);
    return true;
  } finally {
    rmSync(staged, { force: true });
  }
}
