import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';
import { ProfileStoreError } from '../../profiles/store.js';

const APP = 'kaltura-ks';

export interface ConfigPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The person's home folder, as the environment says; empty where `HOME` is. */
  readonly home: string;
  /** The home folder that the account itself has; may throw. */
  readonly accountHome?: () => string;
}

/**
 * The folder that conf would choose for this program. Worked out here because loading conf to ask costs more than reading all profiles.
 *
 * It differs from conf's where that would depend on the folder the program was started in, so that profiles with their kept keys came
 * to lie in a project: a relative `XDG_CONFIG_HOME` (or `APPDATA`) is ignored, as the XDG specification demands, and in the place of an empty
 * or relative home stands that of the account.
 *
 * @throws {ProfileStoreError} where no home folder is known
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
      'Profiles cannot be kept: no home folder is known. Set HOME to its path.',
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
