import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An isolated environment for one run of the program. It never reads or changes the developer's own files. */
export type Isolation = {
  /** HOME of the program. XDG_CONFIG_HOME is `.config` in it. */
  readonly home: string;
  /** For the test harness, for example captured output. */
  readonly harnessFolder: string;
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
};

/**
 * The environment starts empty: no CI, no NO_COLOR or FORCE_COLOR, no SSH, TMUX or DISPLAY, no keychain bus. The
 * one folder of PATH holds only `tools` (name to shell script), so the clipboard tools of the computer are never found.
 */
export async function createIsolation(
  env: Readonly<Record<string, string | undefined>> = {},
  tools: Readonly<Record<string, string>> = {},
): Promise<Isolation> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'kaltura-ks-terminal-')));
  const [home, harnessFolder, bin] = [join(root, 'home'), join(root, 'harness'), join(root, 'bin')];
  const config = join(home, '.config');
  for (const folder of [config, harnessFolder, bin]) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, script] of Object.entries(tools)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const variables = {
    HOME: home,
    XDG_CONFIG_HOME: config,
    PATH: bin,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: harnessFolder,
    ...env,
  };
  const entries = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    home,
    harnessFolder,
    env: Object.fromEntries(entries),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
