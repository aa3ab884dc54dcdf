import type { Http } from '../../kaltura/api/http.js';
import type { Secret } from '../../kaltura/secret.js';
import type { EnvFiles } from '../../profiles/env-file.js';
import type { StoredSecret } from '../../profiles/record-entries.js';
import type { ProfileStore } from '../../profiles/store.js';
import type { SecretKeeper } from '../../secrets/keeper.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** What the commands need of the machine. */
export interface CommandRuntime {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Without the variables that give a secret. */
  readonly env: Env;
  /** The secrets that environment variables gave, by variable name; none of them is empty. */
  readonly secretVariables: ReadonlyMap<string, Secret>;
  readonly isWindows: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Each exchange within that many milliseconds. */
  readonly httpWithin: (timeout: number) => Http;
  readonly openStore: () => Promise<ProfileStore>;
  /**
   * Where secrets of profiles may live. `onWaiting` is told, in a sentence, when a place keeps us waiting, and with it a keychain has the time that a
   * person needs; without it nobody is told, and so it has to answer soon.
   */
  readonly openSecretKeeper: (onWaiting?: ((sentence: string) => void) | undefined) => Promise<SecretKeeper>;
  /** The text of a file that the person names; `why` ends a sentence. */
  readonly readText: (
    path: string,
  ) => Promise<
    | { readonly ok: true; readonly text: string; readonly isOpenToOthers: boolean }
    | { readonly ok: false; readonly why: string }
  >;
  /** Files of variables (.env) that a key may be written to. */
  readonly openEnvFiles: () => Promise<EnvFiles>;
  /** Runs a command with our streams. */
  readonly runChild: (command: {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Env;
  }) => Promise<{ readonly code: number } | { readonly cannotStart: 'absent' | 'denied' | 'other' }>;
  /** Everything on the disk that is ours. */
  readonly openSavedFiles: () => Promise<{
    readonly folder: string;
    list(): string[];
    /** The stored secrets that profile files refer to. `unclear` lists the files that may refer to more. */
    namedEntries(): {
      readonly certain: readonly StoredSecret[];
      readonly possible: readonly StoredSecret[];
      readonly unclear: readonly string[];
    };
    remove(): void;
  }>;
  /** The names of the saved profiles, only read. */
  readonly profileNames: () => Promise<readonly string[]>;
  /** What there is around the program, looked at without changing anything. */
  readonly lookAround: () => Promise<Surroundings>;
  /** Calls the listener in place of the default action of every signal that would end the program, until the returned function is called. */
  readonly onSignal: (listener: () => void) => () => void;
  /** Releases the terminal when the program is stopped, and takes it again when the program continues, until the returned function is called. */
  readonly guardTerminal: (use: { release(): void; take(): void }) => () => void;
  /** Resolves when the program is told to stop. */
  readonly untilStopped: () => Promise<void>;
}

/** What commands look at, beyond streams and variables. */
export interface Surroundings {
  /** Where the wizard can be shown; else why not, as a part of a sentence. */
  readonly terminal: { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** Whether whatever is written to standard output is lost: it leads to the null device, or was closed. */
  readonly isOutputDropped: boolean;
  /** The programs that may take a copied key, and whether each was found. */
  readonly clipboardTools: readonly { readonly name: string; readonly isFound: boolean }[];
  /** The way to a server: null for none, else the variable that names the proxy, its host, or what is wrong with it. */
  readonly proxyTo: (serviceUrl: string) => {
    readonly variable: string;
    readonly host: string | null;
    readonly problem: string | null;
  } | null;
}
