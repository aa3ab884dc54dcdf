import type { Secret } from '../kaltura/secret.js';
import type { SecretName, SecretSource } from './source.js';
import type { SecretSourceError } from './source-error.js';

export interface PassphraseQuestion {
  /** The full path of the encrypted file. */
  readonly file: string;
  readonly of: SecretName;
  /** To `seal` a file a new passphrase should be asked for twice: a slip of the finger would lock the file for ever. */
  readonly purpose: 'open' | 'seal';
}

/** Asks for a passphrase; null where none is given. */
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

/** What became of one entry or file. Each was looked for again afterwards: `removed` and `absent` mean that it is not there now. */
export interface ForgetResult {
  /** The entry of the keychain, or the full path. */
  readonly what: string;
  readonly outcome: 'removed' | 'absent' | SecretSourceError;
  /** Whether the entry certainly existed, or only may have existed. */
  readonly isCertain: boolean;
}

/** Keeps the secrets of profiles, each in its place. Every function throws nothing but `SecretPlaceError`. */
export interface SecretKeeper {
  /** The exact place in words, to be shown before anything is written there. */
  describe(place: SecretSource, of: SecretName): string;
  /**
   * Whether the place can be used here, found out before it is offered: an entry of chance is written to the keychain, read and removed; the
   * folder of the files is looked at. Commands are not run, for they may ask for a touch.
   */
  check(place: SecretSource, signal?: AbortSignal): Promise<void>;
  read(place: SecretSource, of: SecretName, ask: AskPassphrase, signal?: AbortSignal): Promise<Secret>;
  /** Asks for the passphrase of an encrypted file that is to be written, before anything is touched. Never an empty one. */
  askToSeal(of: SecretName, ask: AskPassphrase): Promise<Secret>;
  /** Stores a secret, over the one that is there. For the places that `isWritable`. */
  write(place: SecretSource, of: SecretName, secret: Secret, ask: AskPassphrase): Promise<void>;
  /** Removes what is stored, and makes sure that it is gone. False where there was nothing. */
  remove(place: SecretSource, of: SecretName): Promise<boolean>;
  /** Copies an entry to another name. Needs no passphrase. Returns false if there is nothing to copy. */
  copy(place: SecretSource, from: SecretName, to: SecretName): Promise<boolean>;
  /** Creates a unique entry ID. */
  newEntry(): string;
  /** Removes everything: the entries of the keychain, and every encrypted file. One that fails does not stop the others. */
  forget(known: KnownEntries): Promise<readonly ForgetResult[]>;
}
