import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describeSource } from '../../secrets/describe.js';
import { SCRYPT_COST, type ScryptCost } from '../../secrets/encrypted-secret.js';
import { createSecretKeeper, type SecretKeeper } from '../../secrets/keeper.js';
import { readVariable, type SecretVariables } from '../../secrets/variables.js';
import { readCommand } from './command.js';
import { createEncryptedFiles } from './encrypted-file.js';
import { forgetFiles } from './forget-files.js';
import { createKeychain } from './keychain.js';

export interface SecretKeeperDeps {
  /** The config folder of this program. Encrypted files are in its subfolder `secrets`. */
  readonly configFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Secrets that were removed from `env`. */
  readonly secretVariables?: SecretVariables;
  readonly platform: NodeJS.Platform;
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Gets a sentence for the user when the keychain is slow (more than its timeout). It then gets a minute to be unlocked. Without it, the
   * timeout is final.
   */
  readonly onWaiting?: ((sentence: string) => void) | undefined;
  /** Milliseconds. */
  readonly keychainLimit?: number;
  /** Milliseconds. */
  readonly commandLimit?: number;
  /** Aborts at the program's exit: pending keychain calls then don't delay it. */
  readonly leaving?: AbortSignal;
  readonly cost?: ScryptCost | undefined;
  readonly spawn?: typeof spawn;
  readonly randomBytes?: (size: number) => Buffer;
  /** The file from which the optional keychain package is resolved. */
  readonly keyringFrom?: string;
}

/** Milliseconds. A keychain responds in a few, unless it shows a dialog. */
const KEYCHAIN_LIMIT = 3000;
/** Milliseconds for a user to find and touch a hardware token, or to type a passphrase. */
const PERSON_LIMIT = 60_000;

/** Opens the secret sources of this computer. */
export function openSecretKeeper(deps: SecretKeeperDeps): SecretKeeper {
  const { configFolder, env, platform, now, onWaiting, keychainLimit = KEYCHAIN_LIMIT } = deps;
  const random = deps.randomBytes ?? randomBytes;
  const variables = deps.secretVariables ?? new Map();
  const files = createEncryptedFiles({ configFolder, now, cost: deps.cost ?? SCRYPT_COST, randomBytes: random });
  const keychain = createKeychain({
    env,
    platform,
    spawn: deps.spawn ?? spawn,
    node: process.execPath,
    keyringFrom: deps.keyringFrom ?? import.meta.url,
    randomBytes: random,
    limit: keychainLimit,
    longLimit: Math.max(PERSON_LIMIT, keychainLimit),
    leaving: deps.leaving,
    onWaiting:
      onWaiting === undefined
        ? null
        : () => onWaiting('Waiting for the keychain. A window may ask you to unlock it, perhaps on another screen.'),
  });
  const commandDeps = {
    env,
    spawn: deps.spawn ?? spawn,
    limit: deps.commandLimit ?? PERSON_LIMIT,
  };
  return createSecretKeeper({
    keychain,
    file: { ...files, forget: () => forgetFiles(files.folder) },
    readCommand: (place, signal) => readCommand(place, commandDeps, signal),
    readVariable: (place) => readVariable(place, env, variables),
    describe: (place, of) => describeSource(place, { platform, of, file: files.fileOf(of), folder: files.folder }),
    newEntry: () => random(16).toString('hex'),
  });
}
