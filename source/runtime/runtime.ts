import type { Http } from '../kaltura/http.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import type { Clipboard } from './clipboard.js';

/** Everything outside that the program can touch: the one place of side effects, and what a test puts in their stead. */
export interface Runtime {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Of a cryptographic source. */
  readonly randomBytes: (length: number) => Uint8Array;
  readonly http: Http;
  /** Reached late: nothing of it is loaded before it is needed. */
  readonly openStore: () => Promise<ProfileStore>;
  /** The clipboard as seen from that terminal. */
  readonly openClipboard: (terminal: NodeJS.WriteStream) => Promise<Clipboard>;
  /** Resolves when the program is told to stop (SIGINT or SIGTERM). */
  readonly untilStopped: () => Promise<void>;
  /** The number of colours that everything drawn from now on may use, as chalk counts it: 0 to 3. */
  readonly setColourLevel: (level: ColourLevel) => void;
}

export type ColourLevel = 0 | 1 | 2 | 3;
