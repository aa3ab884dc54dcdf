import type { Http } from '../kaltura/api/http.js';
import type { Secret } from '../kaltura/secret.js';
import type { EnvFiles } from '../profiles/env-file.js';
import type { ProfileStore } from '../profiles/store.js';
import type { SecretKeeper } from '../secrets/keeper.js';
import type { ChildCommand, ChildResult } from './child-command.js';
import type { TextReading } from './files/read-text.js';
import type { SavedFiles } from './files/saved-files.js';
import type { describeSurroundings } from './look-around.js';
import type { TerminalUse } from './signals.js';
import type { Clipboard } from './terminal/clipboard.js';

/** Everything outside of the program that it can use. All side effects go through it, so that a test can replace them. */
export interface Runtime {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Without the variables that contain a secret. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Secrets from environment variables, by variable name; never empty. */
  readonly secretVariables: ReadonlyMap<string, Secret>;
  readonly isWindows: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** From a cryptographic source. */
  readonly randomBytes: (length: number) => Uint8Array;
  readonly http: Http;
  /** Like `http`, with another timeout for each request, in milliseconds. */
  readonly httpWithin: (timeout: number) => Http;
  /** Opens the profile store, which is loaded only when it is needed. */
  readonly openStore: () => Promise<ProfileStore>;
  /**
   * Opens the secret sources of profiles. `onWaiting` gets a sentence when a source is slow; a keychain then has the time that a user
   * needs. Without it, the keychain has only a short timeout.
   */
  readonly openSecretKeeper: (onWaiting?: ((sentence: string) => void) | undefined) => Promise<SecretKeeper>;
  /** Opens the clipboard as seen from that terminal. */
  readonly openClipboard: (terminal: NodeJS.WriteStream) => Promise<Clipboard>;
  /** Reads the text of a file that the user names. */
  readonly readText: (path: string) => Promise<TextReading>;
  /** Opens the .env files that a key may be written to. */
  readonly openEnvFiles: () => Promise<EnvFiles>;
  /** Runs a command with this program's streams. */
  readonly runChild: (command: ChildCommand) => Promise<ChildResult>;
  /** Opens everything that this program has saved on the disk. */
  readonly openSavedFiles: () => Promise<SavedFiles>;
  /** Lists the names of the saved profiles; changes nothing. */
  readonly profileNames: () => Promise<readonly string[]>;
  /** Describes the program's surroundings, for `status`. */
  readonly lookAround: () => Promise<ReturnType<typeof describeSurroundings>>;
  /** Calls the listener in place of the default action of every signal that would end the program, until the returned function is called. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => () => void;
  /** Releases the terminal when the program is stopped, and takes it again when the program continues, until the returned function is called. */
  readonly guardTerminal: (use: TerminalUse) => () => void;
  /** Resolves when the program is told to stop (SIGINT or SIGTERM). */
  readonly untilStopped: () => Promise<void>;
  /** Call it at the end: pending keychain calls then don't delay the exit. */
  readonly leave: () => void;
  /** Sets the number of colours for everything drawn from now on, as chalk counts it: 0 to 3. */
  readonly setColourLevel: (level: ColourLevel) => void;
}

export type ColourLevel = 0 | 1 | 2 | 3;
