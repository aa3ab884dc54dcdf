import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Env } from '../../operations/runtime.js';
import { ProfileStoreError } from '../../profiles/store.js';

const APP = 'kaltura-ks';

export interface ConfigPlace {
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  /** The user's home folder from the environment; empty if `HOME` is. */
  readonly home: string;
  /** Returns the home folder of the account; may throw. */
  readonly accountHome?: () => string;
}

/**
 * Returns the folder that conf would choose for this program. Computed here, because loading conf costs more than reading all profiles.
 * Unlike conf, ignores a relative `XDG_CONFIG_HOME` or `APPDATA` (as the XDG specification demands), and replaces an empty or relative home
 * by that of the account. Otherwise profiles could be saved in the current folder.
 * @throws {ProfileStoreError} if no home folder is known
 */
export function configFolder({ env, platform, home, accountHome = () => userInfo().homedir }: ConfigPlace): string {
  const { isAbsolute, join } = platform === 'win32' ? win32 : posix;
  const named = (variable: string): string | null => {
    const folder = env[variable] ?? '';
    return isAbsolute(folder) ? folder : null;
  };
  const inHome = (...folders: string[]): string => {
    const found = isAbsolute(home) ? home : accountFolder(accountHome);
    if (isAbsolute(found)) return join(found, ...folders);
    throw new ProfileStoreError(
      'other',
      APP,
      'Profiles can’t be saved: the home folder is unknown. Set HOME to its path.',
    );
  };
  switch (platform) {
    case 'darwin':
      return inHome('Library', 'Preferences', APP);
    case 'win32':
      return join(named('APPDATA') ?? inHome('AppData', 'Roaming'), APP, 'Config');
    default:
      return join(named('XDG_CONFIG_HOME') ?? inHome('.config'), APP);
  }
}

function accountFolder(accountHome: () => string): string {
  try {
    return accountHome();
  } catch {
    // A user ID without an account, as in a container.
    return '';
  }
}
