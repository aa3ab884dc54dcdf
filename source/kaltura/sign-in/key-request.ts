import type { Http } from '../api/http.js';
import type { KsVersion, SessionType } from '../ks/fields.js';
import type { Secret } from '../secret.js';

/** The four ways to a key. */
export type SignInMethod = 'server' | 'local' | 'login' | 'app-token';

/** What proves that one may have a key, by way. */
export type SignIn =
  /** `session.start` with the account's admin or user secret (docs/kaltura-facts.md 5.1). */
  | { readonly method: 'server'; readonly partnerId: number; readonly secret: Secret }
  /** Signed on this computer: always the *admin* secret (docs/kaltura-facts.md 0.1). */
  | { readonly method: 'local'; readonly partnerId: number; readonly secret: Secret; readonly ksVersion: KsVersion }
  /** `user.loginByLoginId`; without a partner ID the server takes the account last used. */
  | {
      readonly method: 'login';
      readonly partnerId: number | null;
      readonly loginId: string;
      readonly password: Secret;
      /** The one-time code, once the server has asked for one. */
      readonly code: Secret | null;
    }
  /** A widget session, the token's hash, `appToken.startSession` (docs/kaltura-facts.md 5.8). */
  | { readonly method: 'app-token'; readonly partnerId: number; readonly tokenId: string; readonly token: Secret };

/** Everything that a key is made from. */
export interface KeyRequest {
  /** Scheme, host and port, without `/api_v3`. */
  readonly serviceUrl: string;
  readonly signIn: SignIn;
  readonly type: SessionType;
  /** '' for no user in particular (docs/kaltura-facts.md 5.4). */
  readonly userId: string;
  /** Seconds from now. */
  readonly lifetime: number;
  readonly privileges: string;
}

/** What is known of a key; null where it is not known. */
export interface KeyFacts {
  readonly partnerId: number | null;
  readonly userId: string | null;
  readonly type: SessionType | null;
  readonly privileges: string | null;
  /** Epoch seconds. */
  readonly expiresAt: number | null;
}

export interface MadeKey {
  readonly ks: Secret;
  readonly facts: KeyFacts;
  /** Who says so: the key itself, the server that made it, or nobody: then the facts are only what was asked for. */
  readonly confirmedBy: 'key' | 'server' | null;
}

/** The hash functions that an app token may have been made with (docs/kaltura-facts.md 5.8). */
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
  /** Not a whole, positive number of seconds: the server would make a key that has already ended (docs/kaltura-facts.md 5.3). */
  | 'lifetime'
  /** A `;` would shift the later fields of a version 1 key (docs/kaltura-facts.md 1.3). */
  | 'semicolon-in-user'
  | 'semicolon-in-privileges'
  /** A name that begins with `_`, or that the server cannot read (docs/kaltura-facts.md 1.4). */
  | 'privilege-name';

/** No key can be made from this request; nothing was sent. */
export class UnsuitableRequestError extends Error {
  override readonly name = 'UnsuitableRequestError';
  constructor(readonly fault: UnsuitableFault) {
    super(`The request cannot be made into a key: ${fault}.`);
  }
}
