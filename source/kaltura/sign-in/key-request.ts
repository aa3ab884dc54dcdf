import type { CallDeps } from '../api/http.js';
import type { KsVersion, SessionType } from '../ks/fields.js';
import type { Secret } from '../secret.js';
import type { KeySpec } from './key-spec.js';

/** A sign-in method with its IDs and credentials. */
export type SignIn =
  /** `session.start` with the account's admin or user secret (docs/kaltura-facts.md 5.1). */
  | { readonly method: 'server'; readonly partnerId: number; readonly secret: Secret }
  /** Signs on this computer, always with the *admin* secret (docs/kaltura-facts.md 0.1). */
  | { readonly method: 'local'; readonly partnerId: number; readonly secret: Secret; readonly ksVersion: KsVersion }
  /** `user.loginByLoginId`. Without a partner ID, the server uses the account last used. */
  | {
      readonly method: 'login';
      readonly partnerId: number | null;
      readonly loginId: string;
      readonly password: Secret;
      /** The one-time code, if the server asked for one. */
      readonly code: Secret | null;
    }
  /** A widget session, then the token's hash, then `appToken.startSession` (docs/kaltura-facts.md 5.8). */
  | { readonly method: 'app-token'; readonly partnerId: number; readonly tokenId: string; readonly token: Secret };

/** Everything needed to create a key: what the server gets of a `KeySpec`, with the credentials. */
export interface KeyRequest extends Pick<KeySpec, 'serviceUrl' | 'type' | 'userId' | 'lifetime' | 'privileges'> {
  readonly signIn: SignIn;
}

/** The secrets that are sent, and must not appear in anything that is shown. */
export function secretsOf({ signIn }: KeyRequest): readonly Secret[] {
  switch (signIn.method) {
    case 'server':
    case 'local':
      return [signIn.secret];
    case 'login':
      return signIn.code === null ? [signIn.password] : [signIn.password, signIn.code];
    case 'app-token':
      return [signIn.token];
  }
}

/** The known facts about a key; null for each unknown fact. */
export interface KeyFacts {
  readonly partnerId: number | null;
  readonly userId: string | null;
  readonly type: SessionType | null;
  readonly privileges: string | null;
  /** Expiry in epoch seconds. */
  readonly expiresAt: number | null;
}

export interface MadeKey {
  readonly ks: Secret;
  readonly facts: KeyFacts;
  /** The source of the facts: the key itself, or the server. With null, the facts are only what was requested. */
  readonly confirmedBy: 'key' | 'server' | null;
}

/** The hash functions of app tokens (docs/kaltura-facts.md 5.8). */
export type TokenHash = 'SHA256' | 'SHA1' | 'SHA512' | 'MD5';

/** The current stage, for a progress display. */
export type Stage =
  | { readonly name: 'signing' }
  | { readonly name: 'starting-session' }
  | { readonly name: 'logging-in' }
  | { readonly name: 'reading-the-key' }
  | { readonly name: 'opening-widget-session' }
  | { readonly name: 'trying-hash'; readonly hash: TokenHash; readonly attempt: number; readonly of: number };

/** The services that creating a key needs. */
export interface MakeKeyDeps extends CallDeps {
  /** Returns the time in epoch milliseconds. */
  readonly now: () => number;
  /** Returns random bytes from a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly onStage?: ((stage: Stage) => void) | undefined;
}

export type UnsuitableFault =
  /**
   * The lifetime is not a positive whole number of seconds. The server would create an expired key
   * (docs/kaltura-facts.md 5.3).
   */
  | 'lifetime'
  /** A `;` would shift the later fields of a version 1 key (docs/kaltura-facts.md 1.3). */
  | 'semicolon-in-user'
  | 'semicolon-in-privileges'
  /** A privilege name starts with `_`, or the server cannot parse it (docs/kaltura-facts.md 1.4). */
  | 'privilege-name';

/** The request cannot produce a valid key. Nothing was sent. */
export class UnsuitableRequestError extends Error {
  override readonly name = 'UnsuitableRequestError';
  constructor(readonly fault: UnsuitableFault) {
    super(`No key can be created from this request: ${fault}.`);
  }
}
