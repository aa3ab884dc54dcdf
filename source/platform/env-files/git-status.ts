import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { GitStatus } from '../../profiles/env-file.js';
import { runProcess } from '../secrets/run-process.js';
import { environmentForTools } from '../terminal/clipboard-tools.js';

/** Milliseconds for one git call. */
const LIMIT = 5000;

/** Variables that tell git where the user's settings are, and where to stop looking for a repository. */
const GIT_VARIABLES =
  /^(?:XDG_CONFIG_HOME|HOMEDRIVE|HOMEPATH|PROGRAMDATA|GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|GIT_CEILING_DIRECTORIES)$/i;

/**
 * Returns an environment with only what git needs: variables such as GIT_DIR would point it to another repository. Also forbids downloads,
 * since repository settings name the programs that download (core.sshCommand). Git before 2.39.4 ignores the first of the two variables for
 * that.
 */
function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => GIT_VARIABLES.test(name))),
    ...environmentForTools(env),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** Turns off repository settings that start a program, and bare repositories inside the files of another one. */
const SAFE_SETTINGS = ['core.fsmonitor=false', `core.hooksPath=${devNull}`, 'safe.bareRepository=explicit'];

/** Runs git and returns its exit code; null if it could not be run. */
async function ask(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const settings = ['-C', folder, '--no-pager', ...SAFE_SETTINGS.flatMap((setting) => ['-c', setting])];
  const outcome = await runProcess({
    command: 'git',
    args: [...settings, ...args],
    usesShell: false,
    env: gitEnvironment(env),
    input: null,
    limit: LIMIT,
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
 * Returns what git does with a file. The file need not exist, but its folder must. Changes nothing.
 * @param file absolute and not a link, because git stores a link's target path, not its content
 */
export async function gitStatus(file: string, env: NodeJS.ProcessEnv): Promise<GitStatus> {
  const [folder, name] = [realpathSync(dirname(file)), basename(file)];
  const tracked = await ask(folder, ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name], env);
  if (tracked === 0) return 'tracked';
  // Check this second, because git commits tracked files even if they are ignored. It takes names literally, except with a leading colon.
  const ignored = tracked === 1 ? await ask(folder, ['check-ignore', '-q', '--', `./${name}`], env) : null;
  if (ignored === 0) return 'ignored';
  if (ignored === 1) return 'would-be-committed';
  return isInRepository(folder) ? 'unknown' : 'no-repository';
}
