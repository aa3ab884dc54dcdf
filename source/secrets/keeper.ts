import type { Secret } from '../kaltura/secret.js';
import { unconfirmedError } from './describe.js';
import { forgetKeychain } from './forget.js';
import { isWritable, needsConfirmation, type SecretName, type SecretSource } from './source.js';
import { SecretSourceError } from './source-error.js';

export interface PassphraseQuestion {
  /** The full path of the encrypted file. */
  readonly file: string;
  /** To `seal` a file, a new passphrase should be asked for twice, because a typing error would make the file unreadable. */
  readonly purpose: 'open' | 'seal';
}

/** Asks for a passphrase; null if the user enters none. */
export type AskPassphrase = (question: PassphraseQuestion) => Promise<Secret | null>;

/** The keychain entries that profile files refer to. */
export interface KnownEntries {
  /** From records whose secret source can be read. */
  readonly certain: readonly SecretName[];
  /** From damaged records, records of a newer version, or the name of the file. */
  readonly possible: readonly SecretName[];
  /** The files that may refer to more entries than could be read. */
  readonly unclear: readonly string[];
}

/** The result of removing one entry or file. Each was checked again afterwards: `removed` and `absent` mean that it is gone. */
export interface ForgetResult {
  /** The keychain entry, or the full path. */
  readonly what: string;
  readonly outcome: 'removed' | 'absent' | SecretSourceError;
  /** Whether the entry certainly existed, or only may have existed. */
  readonly isCertain: boolean;
}

/** Reads and writes the secrets of profiles, each at its source. Every function throws only `SecretSourceError`. */
export interface SecretKeeper {
  /** Describes the exact location, to show it before anything is written there. */
  describe(place: SecretSource, of: SecretName): string;
  /**
   * Checks that the source can be used, before it is offered. Writes, reads and removes a random keychain entry; inspects the folder of the
   * files. Doesn't run commands, because they may ask for a touch.
   */
  check(place: SecretSource, signal?: AbortSignal): Promise<void>;
  read(place: SecretSource, of: SecretName, ask: AskPassphrase, signal?: AbortSignal): Promise<Secret>;
  /** Asks for the passphrase of a new encrypted file before anything is changed. Never returns an empty one. */
  askToSeal(of: SecretName, ask: AskPassphrase): Promise<Secret>;
  /** Stores a secret and replaces the present one. Only for sources that are `isWritable`. */
  write(place: SecretSource, of: SecretName, secret: Secret, ask: AskPassphrase): Promise<void>;
  /** Removes a stored secret, and checks that it is gone. Returns false if there was none. */
  remove(place: SecretSource, of: SecretName): Promise<boolean>;
  /** Copies an entry to another name. Needs no passphrase. Returns false if there is nothing to copy. */
  copy(place: SecretSource, from: SecretName, to: SecretName): Promise<boolean>;
  /** Creates a unique entry ID. */
  newEntry(): string;
  /** Removes everything: the keychain entries, and every encrypted file. One failure doesn't stop the others. */
  forget(known: KnownEntries): Promise<readonly ForgetResult[]>;
}

/** Stores secrets by their names, for the calls of `SecretKeeper` that name this source. */
export interface SecretStore {
  check(signal?: AbortSignal): Promise<void>;
  read(of: SecretName, ask: AskPassphrase, signal?: AbortSignal): Promise<Secret>;
  write(of: SecretName, secret: Secret, ask: AskPassphrase): Promise<void>;
  /** Returns false if there was none. */
  remove(of: SecretName): Promise<boolean>;
  /** Returns false if there is nothing to copy. */
  copy(from: SecretName, to: SecretName): Promise<boolean>;
}

export interface Keychain extends SecretStore {
  has(of: SecretName): Promise<boolean>;
  /** Lists the accounts of all entries of this program. */
  list(): Promise<readonly string[]>;
}

export interface EncryptedFiles extends SecretStore, Pick<SecretKeeper, 'askToSeal'> {
  /** Removes every file, also of removed profiles, and the folder. */
  forget(): Promise<readonly ForgetResult[]>;
}

/** The sources on this computer. */
export interface LocalSources extends Pick<SecretKeeper, 'describe' | 'newEntry'> {
  readonly keychain: Keychain;
  readonly file: EncryptedFiles;
  readCommand(place: Extract<SecretSource, { kind: 'command' }>, signal?: AbortSignal): Promise<Secret>;
  readVariable(place: Extract<SecretSource, { kind: 'variable' }>): Secret;
}

const nothingStored = (): SecretSourceError =>
  new SecretSourceError(
    'read-only',
    'This secret source stores nothing.',
    'Choose the keychain or an encrypted file for the profile.',
  );

/** Says why the secret could not be read back unchanged; null if it could. */
function storageProblem(secret: Secret): string | null {
  if (secret.length === 0) return 'There is nothing to store.';
  // A lone surrogate can't be written as UTF-8, and some keychains end a text at NUL.
  return /[\p{Cs}\0]/u.test(secret.reveal()) ? 'It contains a character that can’t be stored.' : null;
}

export function createSecretKeeper(sources: LocalSources): SecretKeeper {
  const { keychain, file, describe, newEntry, readCommand, readVariable } = sources;
  return {
    describe,
    newEntry,
    askToSeal: file.askToSeal,
    async check(place, signal) {
      if (isWritable(place)) await sources[place.kind].check(signal);
      if (place.kind === 'variable') readVariable(place);
    },
    async read(place, of, ask, signal) {
      if (isWritable(place)) return sources[place.kind].read(of, ask, signal);
      if (of.what === 'key' || place.kind === 'ask') throw nothingStored();
      if (needsConfirmation(place)) throw unconfirmedError(place);
      return place.kind === 'command' ? readCommand(place, signal) : readVariable(place);
    },
    async write(place, of, secret, ask) {
      if (!isWritable(place)) throw nothingStored();
      const problem = storageProblem(secret);
      if (problem !== null) throw new SecretSourceError('failed', problem, 'Enter it again.');
      await sources[place.kind].write(of, secret, ask);
    },
    remove: async (place, of) => isWritable(place) && sources[place.kind].remove(of),
    copy: async (place, from, to) => isWritable(place) && sources[place.kind].copy(from, to),
    forget: async (known) => [...(await forgetKeychain(known, keychain)), ...(await file.forget())],
  };
}

/** Characters: few enough to type each time, enough to resist guessing. */
export const SHORTEST_PASSPHRASE = 12;

/** Says why the passphrase is too weak; null if it isn't. */
export const passphraseProblem = (passphrase: Secret): string | null =>
  passphrase.length < SHORTEST_PASSPHRASE
    ? `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters: anyone who copies the file can try any number of passphrases.`
    : null;
