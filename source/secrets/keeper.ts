import type { Secret } from '../kaltura/secret.js';
import type { SecretName, SecretSource } from './source.js';
import type { SecretSourceError } from './source-error.js';

export interface PassphraseQuestion {
  /** The full path of the encrypted file. */
  readonly file: string;
  readonly of: SecretName;
  /** To `seal` a file, a new passphrase should be asked for twice, because a typing error would make the file unreadable. */
  readonly purpose: 'open' | 'seal';
}

/** Asks for a passphrase; null if the user enters none. */
export type AskPassphrase = (question: PassphraseQuestion) => Promise<Secret | null>;

/** The keychain entries that profile files refer to. */
export interface KnownEntries {
  /** Entries of profiles whose record can be read. */
  readonly certain: readonly SecretName[];
  /** Entries that damaged files and files of a newer version refer to, or would have referred to. */
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
