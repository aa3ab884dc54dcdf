import type { SecretName, SecretPlace } from './secret-place.js';
import { KEYCHAIN_SERVICE, keychainAccount } from './secret-place-names.js';

/** What the exact place depends on. */
export interface PlaceWhere {
  readonly platform: NodeJS.Platform;
  readonly of: SecretName;
  /** The full path of its encrypted file, whether it exists or not. */
  readonly file: string;
}

/** The keychain as the system calls it. */
export function keychainName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'the login keychain of this Mac';
  return platform === 'win32'
    ? 'the Windows Credential Manager'
    : 'the keyring of this desktop (Secret Service: GNOME Keyring, KWallet, KeePassXC)';
}

/** A command as one would type it. */
const asTyped = (command: readonly string[]): string =>
  command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(' ');

/** Some write the secret into the command itself; it need not be said aloud as well. */
const withoutSecrets = (line: string): string => line.replaceAll(/[0-9a-f]{32,}/gi, '••••');

/** The exact place, to be named before anything is written there, and who can read it. */
export function describePlace(place: SecretPlace, where: PlaceWhere): string {
  const { platform, of, file } = where;
  switch (place.kind) {
    case 'ask':
      return 'Nowhere. It is asked for each time, and forgotten when the program ends.';
    case 'keychain':
      return `In ${keychainName(platform)}, service “${KEYCHAIN_SERVICE}”, account “${keychainAccount(of)}”. Programs that you run can ask it for this entry; other users cannot.`;
    case 'command':
      return place.usesShell
        ? `Printed each time by this line for the shell: ${withoutSecrets(place.command[0] ?? '')}`
        : `Printed each time by this command: ${withoutSecrets(asTyped(place.command))}`;
    case 'variable':
      return `In the environment variable ${place.name}, which you set. Nothing is written. Programs that you run can read it.`;
    case 'file': {
      const rights = platform === 'win32' ? 'in your own folder' : 'mode 0600, for you alone';
      return `In the file ${file} (${rights}), encrypted with a passphrase. The passphrase is asked for each time; nobody can restore it.`;
    }
  }
}
