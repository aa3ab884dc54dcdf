import { chmodSync, lstatSync } from 'node:fs';
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
import { type FileAccess, isOpenToOthers } from '../files/private-folder.js';
import { gitStatus } from './git-status.js';
import { putText, removeStagedLeftovers } from './put-text.js';
import { absolutePath, type EnvFileContent, type EnvTarget, problemOf, readTarget, targetOf } from './target.js';

function accessNow(target: string, before: EnvFileContent | null): FileAccess {
  // Some file systems accept a permission change and ignore it.
  if (isOpenToOthers(lstatSync(target).mode)) return 'exposed';
  return before !== null && isOpenToOthers(before.mode) ? 'closed' : 'private';
}

/** Writes the edit. Returns true if the file is complete; false if it changed in the meantime. */
async function writeEdit(edit: EnvFileEdit, target: string, before: EnvFileContent | null): Promise<boolean> {
  if (edit.outcome !== 'unchanged' || before === null) return putText(target, edit.text, before);
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
  removeSecret: async (account) => (await import('./remove-secret.js')).removeSecret(account),
});
