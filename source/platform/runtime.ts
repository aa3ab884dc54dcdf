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

/** Everything outside that the program can touch: the one place of side effects, and what a test puts in their stead. */
export interface Runtime {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Without the variables that give a secret. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The secrets that environment variables gave, by variable name; none of them is empty. */
  readonly secretVariables: ReadonlyMap<string, Secret>;
  readonly isWindows: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Of a cryptographic source. */
  readonly randomBytes: (length: number) => Uint8Array;
  readonly http: Http;
  /** As `http`, with another time limit for each exchange, in milliseconds. */
  readonly httpWithin: (timeout: number) => Http;
  /** Reached late: nothing of it is loaded before it is needed. */
  readonly openStore: () => Promise<ProfileStore>;
  /**
   * Where secrets of profiles may live. `onWaiting` is told, in a sentence, when a place keeps us waiting, and with it a keychain has the time that a
   * person needs; without it nobody is told, and so it has to answer soon.
   */
  readonly openSecretKeeper: (onWaiting?: ((sentence: string) => void) | undefined) => Promise<SecretKeeper>;
  /** The clipboard as seen from that terminal. */
  readonly openClipboard: (terminal: NodeJS.WriteStream) => Promise<Clipboard>;
  /** The text of a file that the person names. */
  readonly readText: (path: string) => Promise<TextReading>;
  /** Files of variables (.env) that a key may be written to. */
  readonly openEnvFiles: () => Promise<EnvFiles>;
  /** Runs a command with our streams. */
  readonly runChild: (command: ChildCommand) => Promise<ChildResult>;
  /** Everything on the disk that is ours. */
  readonly openSavedFiles: () => Promise<SavedFiles>;
  /** The names of the saved profiles, only read. */
  readonly profileNames: () => Promise<readonly string[]>;
  /** What there is around the program, for its own account of itself. */
  readonly lookAround: () => Promise<ReturnType<typeof describeSurroundings>>;
  /** Calls the listener in place of the default action of every signal that would end the program, until the returned function is called. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => () => void;
  /** Releases the terminal when the program is stopped, and takes it again when the program continues, until the returned function is called. */
  readonly guardTerminal: (use: TerminalUse) => () => void;
  /** Resolves when the program is told to stop (SIGINT or SIGTERM). */
  readonly untilStopped: () => Promise<void>;
  /** All is done: whatever a keychain still waits for does not keep the program from its end. */
  readonly leave: () => void;
  /** The number of colours that everything drawn from now on may use, as chalk counts it: 0 to 3. */
  readonly setColourLevel: (level: ColourLevel) => void;
}

export type ColourLevel = 0 | 1 | 2 | 3;
