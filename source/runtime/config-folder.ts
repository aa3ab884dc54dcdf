import { join, resolve } from 'node:path';

const APP = 'kaltura-ks';

export interface ConfigPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The person's home folder. */
  readonly home: string;
}

/** The folder that conf would choose for this program. Worked out here because loading conf to ask costs more than reading all profiles. */
export function configFolder({ env, platform, home }: ConfigPlace): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Preferences', APP);
    case 'win32':
      return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), APP, 'Config');
    default:
      return resolve(env['XDG_CONFIG_HOME'] || join(home, '.config'), APP);
  }
}
