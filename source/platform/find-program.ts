import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import type { Env } from '../operations/runtime.js';

export interface ProgramSearch {
  readonly platform?: NodeJS.Platform;
  /** Checks whether there is a program at an absolute path. */
  readonly isProgram?: (path: string) => boolean;
  /** Whether the user typed the name, so that a relative path such as `./x` is allowed. */
  readonly mayBeRelative?: boolean;
}

function isProgramFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** `\x` and `C:x` depend on the current drive or folder. */
const isAbsolute = (path: string, isWindows: boolean): boolean =>
  isWindows ? /^(?:[a-z]:[\\/]|[\\/]{2}[^\\/])/i.test(path) : posix.isAbsolute(path);

/** Checks for the variable PATH, which Windows spells in several ways. */
const isPathVariable = (name: string, isWindows: boolean): boolean =>
  isWindows ? name.toUpperCase() === 'PATH' : name === 'PATH';

/** Returns the absolute folders of PATH. Skips empty and relative entries: they mean the current folder, which may be hostile. */
function absoluteFolders(path: string, isWindows: boolean): readonly string[] {
  return path
    .split(isWindows ? ';' : ':')
    .map((folder) => (isWindows ? folder.replaceAll('"', '').trim() : folder))
    .filter((folder) => isAbsolute(folder, isWindows));
}

/** Returns an environment that doesn't look for programs in the current folder. */
export function withAbsolutePath(env: Env, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv {
  const isWindows = platform === 'win32';
  const entries = Object.entries(env).map(([name, value = '']) =>
    isPathVariable(name, isWindows)
      ? ([name, absoluteFolders(value, isWindows).join(isWindows ? ';' : ':')] as const)
      : ([name, value] as const),
  );
  // Without this variable, cmd.exe searches the current folder first.
  return { ...Object.fromEntries(entries), ...(isWindows ? { NoDefaultCurrentDirectoryInExePath: '1' } : {}) };
}

/** Returns the absolute path of the shell that Node uses to run a command line. */
export function systemShell(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return '/bin/sh';
  const named = (wanted: string) => Object.entries(env).find(([name]) => name.toUpperCase() === wanted)?.[1] ?? '';
  const [shell, system] = [named('COMSPEC'), named('SYSTEMROOT')];
  if (isAbsolute(shell, true)) return shell;
  return `${isAbsolute(system, true) ? system : 'C:\\Windows'}\\System32\\cmd.exe`;
}

/**
 * Finds a program in the absolute folders of PATH, never in the current folder. Every program that we start is found here.
 * @returns an absolute path; null if there is no such program
 */
export function findProgram(name: string, env: Env, search: ProgramSearch = {}): string | null {
  const { platform = process.platform, isProgram = isProgramFile, mayBeRelative = false } = search;
  const isWindows = platform === 'win32';
  const { join } = isWindows ? win32 : posix;
  // If the program can't be run, the system reports the reason.
  if (isAbsolute(name, isWindows)) return name;
  if (isWindows ? /[\\/:]/.test(name) : name.includes('/')) return mayBeRelative ? name : null;
  const path = Object.entries(env).find(([variable]) => isPathVariable(variable, isWindows))?.[1];
  const folders = absoluteFolders(path ?? (isWindows ? '' : '/usr/bin:/bin'), isWindows);
  // The extensions that Windows itself tries; scripts (.cmd) need a shell.
  const endings = isWindows ? (name.includes('.') ? ['', '.com', '.exe'] : ['.com', '.exe']) : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (name !== '' && isProgram(file)) return file;
    }
  }
  return null;
}
