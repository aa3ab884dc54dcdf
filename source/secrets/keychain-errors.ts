import type { Secret } from '../kaltura/secret.js';
import { keychainName } from './describe.js';
import { SecretSourceError, type SecretSourceFault } from './source-error.js';

/** How a keychain call failed. */
export type KeychainTrouble =
  /** The optional package is missing, or doesn't support this system. */
  | { readonly stage: 'load' }
  /** No response within the limit, in milliseconds. */
  | { readonly stage: 'wait'; readonly limit: number }
  /** The user cancelled. */
  | { readonly stage: 'stop' }
  /** After a write or removal, the keychain returned something unexpected. */
  | { readonly stage: 'verify' }
  /** `text` is the error of the keychain or of the library. It is analysed and never shown. `open`: before the keychain was reached. */
  | { readonly stage: 'open' | 'call'; readonly text: string };

export interface KeychainSituation {
  readonly platform: NodeJS.Platform;
  readonly isOverSsh: boolean;
  readonly isWsl: boolean;
}

/** Patterns for the error texts of the three systems and of the library; the first match counts. */
const SIGNS: readonly (readonly [RegExp, SecretSourceFault])[] = [
  [/-25308|interaction is not allowed|prompt was dismissed|is ?locked|locked (object|collection)|unlock/i, 'locked'],
  [/did not receive a reply|timed? ?out|NoReply/i, 'timed-out'],
  [/-25293|-128\b|cancell?ed|passphrase you entered is not correct|access ?denied|not permitted/i, 'denied'],
  [/-25307|-25291|-25294|keychain could not be found|logon session|\b1312\b/i, 'unavailable'],
  [
    /d-?bus|ServiceUnknown|not provided by any|no such (file|interface)|no result found|no storage access|platform failure/i,
    'unavailable',
  ],
  [/too long|longer than/i, 'too-long'],
];

function faultOf(trouble: KeychainTrouble): SecretSourceFault {
  switch (trouble.stage) {
    case 'load':
      return 'unavailable';
    case 'wait':
      return 'timed-out';
    case 'stop':
      return 'cancelled';
    case 'verify':
      return 'failed';
    default: {
      const fault = SIGNS.find(([sign]) => sign.test(trouble.text))?.[1];
      return fault ?? (trouble.stage === 'open' ? 'unavailable' : 'failed');
    }
  }
}

const OTHERS = 'another secret source: an encrypted file, a command or an environment variable';

function remedyForLocked({ platform, isOverSsh }: KeychainSituation): string {
  if (platform === 'darwin') {
    return `Run “security unlock-keychain” in this terminal${isOverSsh ? ' (the only option over SSH)' : ''} and try again.`;
  }
  if (platform === 'win32') return 'Sign in to Windows and try again.';
  return isOverSsh
    ? 'Unlock it on the desktop of that computer, because its unlock prompt does not reach you over SSH. Or choose an encrypted file.'
    : 'Unlock it (in Seahorse, KWalletManager or KeePassXC), or sign in to the desktop again, and try again.';
}

function remedyForUnavailable({ platform, isOverSsh, isWsl }: KeychainSituation): string {
  if (platform === 'darwin') return `Open Keychain Access and make a login keychain the default, or choose ${OTHERS}.`;
  if (platform === 'win32') {
    return isOverSsh
      ? `Windows doesn’t open it over SSH. Choose ${OTHERS}.`
      : `Sign in with a full session, or choose ${OTHERS}.`;
  }
  if (isWsl) return `WSL has no keyring of its own. Choose ${OTHERS}.`;
  return `A server or a plain terminal usually has none. Choose ${OTHERS}. On a desktop, start GNOME Keyring, KWallet or KeePassXC, and give it a default keyring.`;
}

/** Maps the error texts of the three systems to what is missing. The first match counts. */
const MISSING: readonly (readonly [RegExp, string])[] = [
  [/ServiceUnknown|not provided by any/i, 'no program on this computer provides the Secret Service'],
  [/no result found|no storage access/i, 'the Secret Service has no default keyring'],
  [/d-?bus|no such (file|interface)/i, 'there is no D-Bus session'],
  [/-25307|-25294|keychain could not be found/i, 'there is no default keychain'],
  [/logon session|\b1312\b/i, 'this Windows session can’t use it'],
];

/** Describes the reason in our own words, or by the error number if it is unknown. */
function reasonOf(trouble: KeychainTrouble): string {
  const known = 'text' in trouble ? MISSING.find(([sign]) => sign.test(trouble.text))?.[1] : undefined;
  return known === undefined ? numberIn(trouble) : `, because ${known}`;
}

/** Matches an `OSStatus` of macOS, or an `HRESULT` of Windows. */
const ERROR_NUMBER = /(?<![\w.-])(-\d{3,5}|0x[0-9a-f]{8})(?!\w)/i;

/** The error number; '' if there is none. The rest of the text is never shown, because it can contain the secret. */
function numberIn(trouble: KeychainTrouble): string {
  const number = 'text' in trouble ? ERROR_NUMBER.exec(trouble.text)?.[1] : undefined;
  return number === undefined ? '' : ` (error ${number})`;
}

/** Describes the failure, with a remedy for each kind. */
export function keychainError(trouble: KeychainTrouble, situation: KeychainSituation): SecretSourceError {
  const fault = faultOf(trouble);
  const name = keychainName(situation.platform);
  const error = (message: string, remedy: string) => new SecretSourceError(fault, message, remedy);
  switch (fault) {
    case 'locked':
      return error(`The keychain is locked: ${name}.`, remedyForLocked(situation));
    case 'timed-out': {
      const within = trouble.stage === 'wait' ? ` within ${trouble.limit / 1000} seconds` : '';
      const remedy = 'It may be waiting for you in a window, perhaps on another screen. Answer there and try again.';
      return error(`The keychain did not answer${within}: ${name}.`, remedy);
    }
    case 'cancelled':
      return error(`Stopped waiting for the keychain: ${name}.`, 'Try again.');
    case 'denied':
      return error(`The keychain refused access: ${name}.`, 'Try again and allow it, or choose another secret source.');
    case 'too-long':
      return tooLongForKeychain();
    case 'unavailable':
      return trouble.stage === 'load'
        ? error(
            'The keychain can’t be used: the optional package @napi-rs/keyring is not installed, or it does not support this system.',
            `Install kaltura-ks again with optional packages, or choose ${OTHERS}.`,
          )
        : error(`The keychain is not available${reasonOf(trouble)}.`, remedyForUnavailable(situation));
    default:
      return trouble.stage === 'verify'
        ? error(
            `The keychain accepted the secret, but now returns something else: ${name}.`,
            `Don’t rely on this keychain. Choose ${OTHERS}.`,
          )
        : error(`The keychain failed${numberIn(trouble)}: ${name}.`, `Try again, or choose ${OTHERS}.`);
  }
}

/**
 * Returns the error for a missing entry.
 * @param entry the account that was looked up
 */
export const absentFromKeychain = (entry: string, platform: NodeJS.Platform): SecretSourceError =>
  new SecretSourceError(
    'absent',
    `The keychain no longer has the entry “${entry}”: ${keychainName(platform)}.`,
    'Enter the secret again and save it. Other profiles are not affected.',
  );

/** The Windows limit for one entry, in bytes of UTF-16. */
const WINDOWS_LIMIT = 2560;
/** Our limit on other systems, in the same unit: far above any key, and far below the size limit of a bus message. */
const OTHER_LIMIT = 256 * 1024;

export const isTooLongForKeychain = (secret: Secret, platform: NodeJS.Platform): boolean =>
  Buffer.byteLength(secret.reveal(), 'utf16le') > (platform === 'win32' ? WINDOWS_LIMIT : OTHER_LIMIT);

export const tooLongForKeychain = (): SecretSourceError =>
  new SecretSourceError(
    'too-long',
    'It is too long for one entry of the keychain (Windows takes 2560 bytes, about 1280 characters).',
    'Store it in an encrypted file, or do not store it. A key with fewer privileges is shorter.',
  );
