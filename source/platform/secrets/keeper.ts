import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Secret } from '../../kaltura/secret.js';
import { describeSource, unconfirmedError } from '../../secrets/describe.js';
import { SCRYPT_COST, type ScryptCost } from '../../secrets/encrypted-format.js';
import type { AskPassphrase, ForgetResult, KnownEntries, SecretKeeper } from '../../secrets/keeper.js';
import {
  isWritable,
  KEYCHAIN_SERVICE,
  keychainAccount,
  needsConfirmation,
  type SecretName,
  type SecretSource,
} from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import type { SecretVariables } from '../../secrets/variables.js';
import { readCommand } from './command.js';
import { createEncryptedFiles } from './encrypted-file.js';
import { forgetFiles, outcomeOf } from './forget-files.js';
import { createKeychain } from './keychain.js';
import { readVariable } from './variable.js';

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
   * Gets a sentence for the user when a source is slow (more than the keychain's timeout). The keychain then gets a minute to be unlocked.
   * Without it, the timeout is final.
   */
  readonly onWaiting?: ((sentence: string) => void) | undefined;
  /** Milliseconds. */
  readonly keychainLimit?: number;
  /** Milliseconds. */
  readonly commandLimit?: number;
  /** Aborts at the program's exit: pending keychain calls then don't delay it. */
  readonly leaving?: AbortSignal;
  readonly cost?: ScryptCost;
  readonly spawn?: typeof spawn;
  readonly randomBytes?: (size: number) => Buffer;
  /** The file from which the optional keychain package is resolved. */
  readonly keyringFrom?: string;
}

/** Milliseconds. A keychain responds in a few, unless it shows a dialog. */
const KEYCHAIN_LIMIT = 3000;
const LIST_ATTEMPTS = 20;
/** Milliseconds for a user to find and touch a hardware token, or to type a passphrase. */
const PERSON_LIMIT = 60_000;

/** Creates the store of secrets for all sources. Loads the code of a source only when that source is used. */
export function createSecretKeeper(deps: SecretKeeperDeps): SecretKeeper {
  const { configFolder, env, platform, now, onWaiting, keychainLimit = KEYCHAIN_LIMIT } = deps;
  const chance = deps.randomBytes ?? randomBytes;
  const variables = deps.secretVariables ?? new Map();
  const files = createEncryptedFiles({ configFolder, now, cost: deps.cost ?? SCRYPT_COST, randomBytes: chance });
  const keychain = createKeychain({
    env,
    platform,
    spawn: deps.spawn ?? spawn,
    node: process.execPath,
    keyringFrom: deps.keyringFrom ?? import.meta.url,
    randomBytes: chance,
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
    patience: keychainLimit,
    onWaiting: (source: string) =>
      onWaiting?.(`${source} is still running. It may wait for a touch, or an answer elsewhere.`),
  };

  const nothingStored = (place: SecretSource): SecretSourceError =>
    new SecretSourceError(
      'read-only',
      place.kind,
      'Nothing is stored in this place.',
      'For this the profile needs the keychain or an encrypted file.',
    );

  async function read(place: SecretSource, of: SecretName, ask: AskPassphrase, signal?: AbortSignal): Promise<Secret> {
    if (place.kind === 'keychain') return keychain.read(of, signal);
    if (place.kind === 'file') return files.read(of, ask);
    if (of.what === 'key' || place.kind === 'ask') throw nothingStored(place);
    if (needsConfirmation(place)) throw unconfirmedError(place);
    return place.kind === 'command' ? readCommand(place, commandDeps, signal) : readVariable(place, env, variables);
  }

  async function write(place: SecretSource, of: SecretName, secret: Secret, ask: AskPassphrase): Promise<void> {
    if (!isWritable(place)) throw nothingStored(place);
    const problem = storageProblem(secret);
    if (problem !== null) throw new SecretSourceError('failed', place.kind, problem, 'Enter it once more.');
    await (place.kind === 'keychain' ? keychain.write(of, secret) : files.write(of, secret, ask));
  }

  const stored = (place: SecretSource) => (place.kind === 'keychain' ? keychain : place.kind === 'file' ? files : null);

  async function copy(place: SecretSource, from: SecretName, to: SecretName): Promise<boolean> {
    if (place.kind === 'file') return files.copy(from, to);
    if (place.kind !== 'keychain' || !(await keychain.has(from))) return false;
    await keychain.write(to, await keychain.read(from));
    return true;
  }

  const describe = (place: SecretSource, of: SecretName): string =>
    describeSource(place, { platform, of, file: files.fileOf(of), folder: files.folder });

  /** Removes an entry, which another program may remove at the same time. */
  async function removeFromKeychain(of: SecretName): Promise<boolean> {
    try {
      return await keychain.remove(of);
    } catch (error) {
      const isThere = await keychain.has(of).catch(() => true);
      if (isThere) throw error;
      return false;
    }
  }

  async function forget({ certain, possible, unclear }: KnownEntries): Promise<readonly ForgetResult[]> {
    const forgotten: ForgetResult[] = [];
    const forgetEntry = async (of: SecretName) =>
      ({
        what: `the keychain entry “${keychainAccount(of)}” (service “${KEYCHAIN_SERVICE}”)`,
        outcome: await outcomeOf(() => removeFromKeychain(of)),
      }) as const;
    for (const of of certain) forgotten.push({ ...(await forgetEntry(of)), isCertain: true });
    const candidates = unclear.length === 0 ? [] : possible;
    for (const of of candidates) {
      const { what, outcome } = await forgetEntry(of);
      if (outcome === 'removed') forgotten.push({ what, outcome, isCertain: false });
    }
    if (unclear.length > 0) {
      const what = `the keychain entries of ${unclear.join(', ')}`;
      forgotten.push({ what, outcome: await outcomeOf(assertNoneLeft), isCertain: false });
    }
    // Encrypted files are found by listing their folder, whatever profile they belong to.
    return [...forgotten, ...(await forgetFiles(files.folder))];
  }

  /** Lists the entries, again if another program removes one at the same moment and the list fails. */
  async function listWithRetry(): Promise<readonly string[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await keychain.list();
      } catch (error) {
        if (attempt === LIST_ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Checks that the keychain has no entries left.
   * @throws {SecretSourceError} if entries are left, or the keychain does not respond
   */
  async function assertNoneLeft(): Promise<boolean> {
    // A locked keychain lists nothing.
    await keychain.check();
    const left = await listWithRetry();
    if (left.length === 0) return false;
    throw new SecretSourceError(
      'failed',
      'keychain',
      `The keychain still has ${left.length} ${left.length === 1 ? 'entry' : 'entries'} of this program (service “${KEYCHAIN_SERVICE}”, account ${left.map((account) => `“${account}”`).join(', ')}), and no readable profile refers to ${left.length === 1 ? 'it' : 'them'}.`,
      'A profile in another config folder may use them. If not, delete them with your system’s keychain program.',
    );
  }

  return {
    describe,
    async check(place, signal) {
      if (place.kind === 'keychain') await keychain.check(signal);
      if (place.kind === 'file') await files.check();
      if (place.kind === 'variable') readVariable(place, env, variables);
    },
    read,
    askToSeal: files.askToSeal,
    write,
    remove: async (place, of) => (await stored(place)?.remove(of)) ?? false,
    copy,
    newEntry: () => chance(16).toString('hex'),
    forget,
  };
}

/** Says why the secret could not be read back unchanged; null if it could. */
function storageProblem(secret: Secret): string | null {
  if (secret.length === 0) return 'There is nothing to store.';
  // A lone surrogate can't be written as UTF-8, and some keychains end a text at NUL.
  return /[\p{Cs}\0]/u.test(secret.reveal()) ? 'It has a character that cannot be stored.' : null;
}
