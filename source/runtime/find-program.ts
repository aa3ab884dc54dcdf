import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

export interface ProgramSearch {
  readonly platform?: NodeJS.Platform;
  /** Whether there is a program at an absolute path. */
  readonly isProgram?: (path: string) => boolean;
  /** The person typed the name just now: `./x` means the current folder. */
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

/** The variable PATH, which Windows spells in several ways. */
const isPathName = (name: string, isWindows: boolean): boolean =>
  isWindows ? name.toUpperCase() === 'PATH' : name === 'PATH';

/** The absolute folders of PATH. An empty entry, `.` and other relative ones stand for the current folder, which may be hostile. */
function absoluteFolders(path: string, isWindows: boolean): readonly string[] {
  return path
    .split(isWindows ? ';' : ':')
    .map((folder) => (isWindows ? folder.replaceAll('"', '').trim() : folder))
    .filter((folder) => isAbsolute(folder, isWindows));
}

/** An environment in which no program is looked for in the current folder. */
export function withAbsolutePath(env: Env, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv {
  const isWindows = platform === 'win32';
  const entries = Object.entries(env).map(([name, value = '']) =>
    isPathName(name, isWindows)
      ? ([name, absoluteFolders(value, isWindows).join(isWindows ? ';' : ':')] as const)
      : ([name, value] as const),
  );
  // cmd.exe looks into the current folder first unless this is set.
  return { ...Object.fromEntries(entries), ...(isWindows ? { NoDefaultCurrentDirectoryInExePath: '1' } : {}) };
}

/** The shell that runs a command line: the one that Node takes, by its absolute path. */
export function systemShell(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return '/bin/sh';
  const named = (wanted: string) => Object.entries(env).find(([name]) => name.toUpperCase() === wanted)?.[1] ?? '';
  const [shell, system] = [named('COMSPEC'), named('SYSTEMROOT')];
  if (isAbsolute(shell, true)) return shell;
  return `${isAbsolute(system, true) ? system : 'C:\\Windows'}\\System32\\cmd.exe`;
}

/**
 * The absolute path of a program; null where there is none. It is looked for in the absolute folders of PATH, never in the current folder.
 * Every program that we start is found here.
 */
export function findProgram(name: string, env: Env, search: ProgramSearch = {}): string | null {
  const { platform = process.platform, isProgram = isProgramFile, mayBeRelative = false } = search;
  const isWindows = platform === 'win32';
  const { join } = isWindows ? win32 : posix;
  // What is there and cannot be run is reported by the system, with the reason.
  if (isAbsolute(name, isWindows)) return name;
  if (isWindows ? /[\\/:]/.test(name) : name.includes('/')) return mayBeRelative ? name : null;
  const path = Object.entries(env).find(([variable]) => isPathName(variable, isWindows))?.[1];
  const folders = absoluteFolders(path ?? (isWindows ? '' : '/usr/bin:/bin'), isWindows);
  // The endings that Windows itself tries; scripts (.cmd) need a shell.
  const endings = isWindows ? (name.includes('.') ? ['', '.com', '.exe'] : ['.com', '.exe']) : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (name !== '' && isProgram(file)) return file;
    }
  }
  return null;
}
