import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GitStanding } from '../profiles/env-file-store.js';
import { childEnvironment } from './secret-places/child-environment.js';
import { runProcess } from './secret-places/run-process.js';

/** Milliseconds for one question. */
const LIMIT = 5000;

/** They would lead git away from the repository that the file lies in. */
const LEADS_AWAY = /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|PREFIX)$/i;

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(childEnvironment(env)).filter(([name]) => !LEADS_AWAY.test(name));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0' };
}

/** The exit code of git; null where it could not be asked. */
async function ask(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  // Of the settings of a repository, this one would start a program.
  const settings = ['-C', folder, '-c', 'core.fsmonitor=false'];
  const outcome = await runProcess({
    command: 'git',
    args: [...settings, ...args],
    usesShell: false,
    env: gitEnvironment(env),
    input: null,
    limit: LIMIT,
    patience: LIMIT,
    onWaiting: () => {},
    spawn,
  });
  return outcome.kind === 'ended' ? outcome.code : null;
}

function isInRepository(folder: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, '.git'))) return true;
    if (dirname(place) === place) return false;
  }
}

/**
 * What git does with a file, which need not exist; its folder does. git is asked, and changes nothing.
 *
 * @param file absolute, and no link itself: of a link, git keeps where it leads to, not what is there
 */
export async function gitStanding(file: string, env: NodeJS.ProcessEnv): Promise<GitStanding> {
  const [folder, name] = [realpathSync(dirname(file)), basename(file)];
  const tracked = await ask(folder, ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name], env);
  if (tracked === 0) return 'tracked';
  // A file that git tracks goes on being committed, whatever is ignored: so this comes second.
  // It takes every name literally, unless one begins with a colon.
  const ignored = tracked === 1 ? await ask(folder, ['check-ignore', '-q', '--', `./${name}`], env) : null;
  if (ignored === 0) return 'ignored';
  if (ignored === 1) return 'would-be-committed';
  return isInRepository(folder) ? 'unknown' : 'no-repository';
}
