import type { RegionId } from '../accounts/regions.js';
import type { HolderId } from '../holders.js';
import type { KsVersion, SessionType } from '../ks/fields.js';
import { Secret } from '../secret.js';
import { readCode, readSecretFor } from '../typed-values.js';
import type { KeyRequest, SignIn } from './key-request.js';

/** A sign-in method with its IDs, without secrets. `partnerId` is null if it is unknown; only a login works without one. */
export type SignInSpec =
  | { readonly method: 'server'; readonly partnerId: number | null }
  /** Only a key that is signed on this computer can choose its version (docs/kaltura-facts.md 1.1). */
  | { readonly method: 'local'; readonly partnerId: number | null; readonly ksVersion: KsVersion }
  | { readonly method: 'login'; readonly partnerId: number | null; readonly loginId: string }
  | { readonly method: 'app-token'; readonly partnerId: number | null; readonly tokenId: string };

/** The four sign-in methods. */
export type SignInMethod = SignInSpec['method'];

/** A requested key: where it comes from, and what it is. Contains no secret. */
export interface KeySpec {
  readonly region: RegionId;
  /** Scheme, host and port, without `/api_v3`; '' if the address of a self-hosted server is invalid. */
  readonly serviceUrl: string;
  readonly signIn: SignInSpec;
  /** With a login, the server ignores it: the user who logs in decides the type. */
  readonly type: SessionType;
  /** '' for no user (docs/kaltura-facts.md 5.4). With a login, the key always names the user who logs in. */
  readonly userId: string;
  /** Lifetime in seconds from now. */
  readonly lifetime: number;
  readonly privileges: string;
  /** Who will use the key. */
  readonly holder: HolderId;
}

/** Returns the version of the key, if it is certain; null if the server decides by the account's settings (docs/kaltura-facts.md 1.1). */
export const versionOf = (signIn: SignInSpec): KsVersion | null =>
  signIn.method === 'local' ? signIn.ksVersion : null;

/** Returns the login ID or the app token ID; '' for a method without one. */
function idOf(signIn: SignInSpec): string {
  if (signIn.method === 'login') return signIn.loginId;
  return signIn.method === 'app-token' ? signIn.tokenId : '';
}

/** The parts of a spec that name its account. */
type Account = Pick<KeySpec, 'serviceUrl' | 'signIn'>;

const usesAccountSecret = ({ method }: SignInSpec): boolean => method === 'server' || method === 'local';

/** Checks whether both sign in with an account secret, both with a password, or both with an app token. */
export const isSameKindOfSecret = (one: SignInSpec, other: SignInSpec): boolean =>
  one.method === other.method || (usesAccountSecret(one) && usesAccountSecret(other));

/**
 * Checks whether both specs sign in to the same account with the same credentials, so that a secret of one may be sent for the other. An
 * account secret signs locally and at the server.
 */
export const isSameAccount = (one: Account, other: Account): boolean =>
  one.serviceUrl === other.serviceUrl &&
  isSameKindOfSecret(one.signIn, other.signIn) &&
  one.signIn.partnerId === other.signIn.partnerId &&
  idOf(one.signIn) === idOf(other.signIn);

/** Checks whether both specs request the same key, so that one key serves both. The holder doesn't matter. */
export const isSameKey = (one: KeySpec, other: KeySpec): boolean =>
  isSameAccount(one, other) &&
  one.signIn.method === other.signIn.method &&
  versionOf(one.signIn) === versionOf(other.signIn) &&
  one.type === other.type &&
  one.userId === other.userId &&
  one.lifetime === other.lifetime &&
  one.privileges === other.privileges;

/** What was typed or read to sign in. */
export interface Credentials {
  /** The account secret, the password, or the value of the app token. */
  readonly secret: Secret;
  /** The one-time code of a login; null without one. */
  readonly code: Secret | null;
}

/**
 * Returns the request for a complete spec. Cleans the credentials.
 *
 * @param serviceUrl the present address of the practice server, which the spec doesn't know
 */
export const requestFor = (spec: KeySpec, credentials: Credentials, serviceUrl = spec.serviceUrl): KeyRequest => ({
  serviceUrl,
  signIn: signInWith(spec.signIn, credentials),
  type: spec.type,
  userId: spec.signIn.method === 'login' ? '' : spec.userId,
  lifetime: spec.lifetime,
  privileges: spec.privileges,
});

function signInWith(signIn: SignInSpec, { secret: typed, code }: Credentials): SignIn {
  const partnerId = signIn.partnerId ?? 0;
  const secret = new Secret(readSecretFor(signIn.method, typed).text);
  switch (signIn.method) {
    case 'server':
      return { ...signIn, partnerId, secret };
    case 'local':
      return { method: 'local', partnerId, secret, ksVersion: signIn.ksVersion };
    case 'login':
      return { ...signIn, password: secret, code: code === null ? null : new Secret(readCode(code).text) };
    case 'app-token':
      return { ...signIn, partnerId, token: secret };
  }
}
