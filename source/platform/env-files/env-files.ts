import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Secret } from '../../kaltura/secret.js';
import {
  type ConfirmedEnvFile,
  type EnvFileEdit,
  type EnvFileState,
  type EnvFiles,
  type EnvFileWriteResult,
  fitsEnvFile,
  hasKey,
  withKey,
} from '../../profiles/env-file.js';
import { isUnchanged } from '../files/private-file.js';
import { type FileAccess, isOpenToOthers } from '../files/private-folder.js';
import { putNewFile, replaceFile } from '../files/put-file.js';
import { deferSignals } from '../signals.js';
import { gitStatus } from './git-status.js';
import { absolutePath, type EnvFileContent, type EnvTarget, problemOf, readTarget, targetOf } from './target.js';

const RANDOM = 6;

/** Returns a unique temporary name in the folder of the target. */
export const stagedName = (target: string): string =>
  join(dirname(target), `${basename(target)}.${randomBytes(RANDOM).toString('hex')}.tmp`);

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

const OWN = 0o600;

/** Writes the text to a temporary file next to the target, private from its first byte and complete on the disk. */
function stage(target: string, text: Secret, before: EnvFileContent | null): string {
  const staged = stagedName(target);
  const descriptor = openSync(staged, 'wx', OWN | ((before?.mode ?? 0) & 0o700));
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

/** Moves the new file into place. Returns false if another program has written the file first: read it again. */
const put = (target: string, text: Secret, before: EnvFileContent | null): Promise<boolean> =>
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

function accessNow(target: string, before: EnvFileContent | null): FileAccess {
  // Some file systems accept a permission change and ignore it.
  if (isOpenToOthers(lstatSync(target).mode)) return 'exposed';
  return before !== null && isOpenToOthers(before.mode) ? 'closed' : 'private';
}

/** Writes the edit. Returns true if the file is complete; false if it changed in the meantime. */
async function writeEdit(edit: EnvFileEdit, target: string, before: EnvFileContent | null): Promise<boolean> {
  if (edit.outcome !== 'unchanged' || before === null) return put(target, edit.text, before);
  if (isOpenToOthers(before.mode)) chmodSync(target, before.mode & 0o700);
  return true;
}

const ATTEMPTS = 5;

async function writeTo({ path, target }: EnvTarget, ks: Secret): Promise<EnvFileWriteResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = readTarget(target);
    const edit = withKey(before?.text ?? '', ks);
    if (!(await writeEdit(edit, target, before))) continue;
    const outcome = before === null ? 'created' : edit.outcome;
    return { ok: true, path, target, outcome, access: accessNow(target, before), idleLines: edit.idleLines };
  }
  return { ok: false, path, why: 'another program keeps changing it' };
}

const isCommitted = (git: EnvFileState['git']): boolean => git === 'tracked' || git === 'would-be-committed';

/** Says what has changed since the user confirmed the file, as a part of a sentence; null if nothing relevant has. */
async function changeSinceConfirmed(
  seen: ConfirmedEnvFile,
  { target }: EnvTarget,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (target !== seen.target) return 'its path led to another file when kaltura-ks checked it';
  if (isCommitted(seen.git) || !isCommitted(await gitStatus(target, env))) return null;
  return 'git would commit it now, but not when kaltura-ks checked it';
}

async function write(
  named: string,
  ks: Secret,
  seen: ConfirmedEnvFile,
  env: NodeJS.ProcessEnv,
): Promise<EnvFileWriteResult> {
  const path = absolutePath(named);
  if (!fitsEnvFile(ks)) return { ok: false, path, why: 'the new text contains characters that a key can’t have' };
  try {
    const found = targetOf(path);
    removeStagedLeftovers(found.target, Date.now());
    const why = await changeSinceConfirmed(seen, found, env);
    return why === null ? await writeTo(found, ks) : { ok: false, path, why };
  } catch (error) {
    return { ok: false, path, why: problemOf(error) };
  }
}

async function inspectFile(named: string, env: NodeJS.ProcessEnv): Promise<EnvFileState> {
  const path = absolutePath(named);
  let found: EnvTarget = { path, target: path, isLink: false, leadsAway: false };
  let content: EnvFileContent | null = null;
  let problem: string | null = null;
  try {
    found = targetOf(path);
    removeStagedLeftovers(found.target, Date.now());
    content = readTarget(found.target);
  } catch (error) {
    problem = problemOf(error);
  }
  return {
    ...found,
    exists: content !== null,
    isOpenToOthers: content !== null && isOpenToOthers(content.mode),
    hasKey: content !== null && hasKey(content.text),
    // The git status doesn't matter if the file can't be written.
    git: problem === null ? await gitStatus(found.target, env) : 'unknown',
    problem,
  };
}

/** Opens the .env files of this computer. */
export const openEnvFiles = (env: NodeJS.ProcessEnv): EnvFiles => ({
  look: (path) => inspectFile(path, env),
  write: (path, ks, seen) => write(path, ks, seen, env),
  removeSecret: async (account) => (await import('./remove-secret.js')).removeSecret(account, put),
});
