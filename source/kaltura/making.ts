import type { Http } from './http.js';

/** The hash functions that an app token may have been made with (facts 5.8). */
export type TokenHash = 'SHA256' | 'SHA1' | 'SHA512' | 'MD5';

/** What is being done right now, for whoever waits. */
export type Stage =
  | { readonly name: 'signing' }
  | { readonly name: 'starting-session' }
  | { readonly name: 'logging-in' }
  | { readonly name: 'asking-the-key' }
  | { readonly name: 'opening-widget-session' }
  | { readonly name: 'trying-hash'; readonly hash: TokenHash; readonly attempt: number; readonly of: number };

/** What making a key needs of the world. */
export interface MakeKeyDeps {
  readonly http: Http;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Of a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: ((stage: Stage) => void) | undefined;
}

export type UnsuitableFault =
  /** Not a whole, positive number of seconds: the server would make a key that has already ended (facts 5.3). */
  | 'lifetime'
  /** A `;` would shift the later fields of a version 1 key (facts 1.3). */
  | 'semicolon-in-user'
  | 'semicolon-in-privileges'
  /** A name that begins with `_`, or that the server cannot read (facts 1.4). */
  | 'privilege-name';

/** No key can be made from this request; nothing was sent. */
export class UnsuitableRequestError extends Error {
  override readonly name = 'UnsuitableRequestError';
  constructor(readonly fault: UnsuitableFault) {
    super(`The request cannot be made into a key: ${fault}.`);
  }
}
