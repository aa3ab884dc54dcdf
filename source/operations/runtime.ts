import type { FormFile, Http } from '../kaltura/api/http.js';
import type { Secret } from '../kaltura/secret.js';
import type { EnvAccount } from '../profiles/env-account.js';
import type { EnvFiles } from '../profiles/env-file.js';
import type { ProfileStore } from '../profiles/store.js';
import type { Clipboard } from '../secrets/clipboard.js';
import type { KnownEntries, SecretKeeper } from '../secrets/keeper.js';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Everything outside of the program that it can use. All side effects go through it, so that a test can replace them.
 * `source/platform/node-runtime.ts` implements it. Code that needs only a part of it takes a `Pick` of it.
 */
export interface Runtime {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Without the variables that contain a secret. */
  readonly env: Env;
  /** The environment that child programs inherit: without the variables of `--dotenv`. */
  readonly inheritedEnv: Env;
  /** Secrets from environment variables, by variable name; never empty. */
  readonly secretVariables: ReadonlyMap<string, Secret>;
  readonly isWindows: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls the listener after a time in milliseconds, unless the returned function is called before. Does not keep the program running. */
  readonly wakeIn: (delay: number, listener: () => void) => () => void;
  /** From a cryptographic source. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** The port that a practice server tries first, if not the usual one. */
  readonly practicePort?: number | undefined;
  /** Returns an HTTP client with this timeout for each request, in milliseconds. */
  readonly httpWithin: (timeout: number) => Http;
  /** Opens the profile store, which is loaded only when it is needed. */
  readonly openStore: () => Promise<ProfileStore>;
  /**
   * Opens the secret sources of profiles. `onWaiting` gets a sentence when the keychain is slow, which then has the time that a user
   * needs. Without it, the keychain has only a short timeout.
   */
  readonly openSecretKeeper: (onWaiting?: ((sentence: string) => void) | undefined) => Promise<SecretKeeper>;
  /** Opens the clipboard as seen from that terminal. */
  readonly openClipboard: (terminal: NodeJS.WriteStream) => Promise<Clipboard>;
  /** Reads the text of a file that the user names. */
  readonly readText: (path: string) => Promise<TextReading>;
  /** Opens a file that the user wants to upload. */
  readonly openUpload: (path: string) => Promise<UploadFile>;
  /** Opens the .env files that a key may be written to. */
  readonly openEnvFiles: () => Promise<EnvFiles>;
  /** Reads the account in `.env` of the current folder; null if there is none. */
  readonly readEnvAccount: () => Promise<EnvAccount | null>;
  /** Runs a command with this program's streams. */
  readonly runChild: (command: ChildCommand) => Promise<ChildResult>;
  /** Opens everything that this program has saved on the disk. */
  readonly openSavedFiles: () => Promise<SavedFiles>;
  /** Lists the names of the saved profiles; changes nothing. */
  readonly profileNames: () => Promise<readonly string[]>;
  /** Describes the program's surroundings, for `status`. Runs, writes and sends nothing. */
  readonly lookAround: () => Promise<Surroundings>;
  /** Returns what happens to standard output: a key that is written to a closed or discarded output is lost. */
  readonly outputState: () => OutputState;
  /** Calls the listener in place of the default action of every signal that would end the program, until the returned function is called. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => () => void;
  /** Releases the terminal when the program is stopped, and takes it again when the program continues, until the returned function is called. */
  readonly guardTerminal: (use: TerminalUse) => () => void;
  /** Stops the program and the rest of its job, as the terminal does on Ctrl+Z outside of raw mode. Does nothing on Windows. */
  readonly suspend: () => void;
  /** Resolves when the program is told to stop (SIGINT or SIGTERM). */
  readonly untilStopped: () => Promise<void>;
  /** Call it at the end: pending keychain calls then don't delay the exit. */
  readonly leave: () => void;
  /** Sets the number of colors for everything drawn from now on, as chalk counts it: 0 to 3. */
  readonly setColorLevel: (level: ColorLevel) => void;
  /** Names the server whose pages (KMC, TestMe) texts on standard error link from now on, where the terminal shows hyperlinks. */
  readonly linkPagesOf: (serviceUrl: string) => void;
}

/** Returns the runtime with some parts replaced. A spread would create all streams, and lose the parts of a runtime that this returned. */
export const replaceParts = (runtime: Runtime, parts: Partial<Runtime>): Runtime =>
  Object.create(runtime, Object.getOwnPropertyDescriptors(parts));

/** `discarded`: it is the null device. `closed`: it was closed before the start. */
export type OutputState = 'open' | 'discarded' | 'closed';

export type ColorLevel = 0 | 1 | 2 | 3;

export type TextReading =
  | { readonly ok: true; readonly text: string; readonly isOpenToOthers: boolean }
  /** Explains why, as the end of a sentence. */
  | { readonly ok: false; readonly why: string };

export type UploadFile =
  | ({ readonly ok: true } & Omit<FormFile, 'name'>)
  /** Explains why, as the end of a sentence. */
  | { readonly ok: false; readonly why: string };

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The complete environment. */
  readonly env: Env;
}

/** The exit code of a command (as in a shell, 128 + n after signal n), or why it could not be started. */
export type ChildResult =
  | { readonly code: number }
  | { readonly cannotStart: 'absent' | 'denied' | 'other'; readonly why: ChildProblem | null };

/**
 * What is visibly wrong with a command that could not be started. `in-folder`: a file of the current folder has its name.
 * `no-interpreter`: the file is there, and the program that should run it is not. `not-executable`: the file is there, and may not be run.
 */
export type ChildProblem = 'in-folder' | 'no-interpreter' | 'not-executable';

/** Everything that this program has saved on the disk. */
export interface SavedFiles {
  /** The config folder, which only this program uses. */
  readonly folder: string;
  /**
   * Lists every file, link and other item in the folder by its full path; empty if there is no folder.
   * @throws {ProfileStoreError} if the folder belongs to another user, because its files could name our entries
   */
  list(): string[];
  /** Finds the keychain entries that profile files refer to: good files, damaged ones (quarantined or not), and those of a newer version. */
  keychainEntries(): KnownEntries;
  /**
   * Removes the folder and its content; removes links without following them.
   * @throws {ProfileStoreError}
   */
  remove(): void;
}

/** A part of the program that reads single key presses from the terminal. All of its functions are synchronous. */
export interface TerminalUse {
  /** Restores the terminal's settings, with echo. Called at most once before `take`. */
  release(): void;
  /** Takes control of the terminal again. */
  take(): void;
  /** Restores the terminal before a signal ends the program. Without it, the caller handles those signals. */
  readonly leave?: () => void;
}

export interface Surroundings {
  /** Whether the wizard can be shown; if not, the reason as a part of a sentence. */
  readonly terminal: { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** The programs that can copy to the clipboard, and whether each was found. */
  readonly clipboardTools: readonly { readonly name: string; readonly isFound: boolean }[];
  /**
   * Returns the proxy for requests to a server: the variable that names it, and its host or what is wrong with it. Null if there is no
   * proxy.
   */
  readonly proxyTo: (serviceUrl: string) => {
    readonly variable: string;
    readonly host: string | null;
    readonly problem: string | null;
  } | null;
}
