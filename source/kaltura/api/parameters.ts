import { SESSION_TYPE_NUMBERS } from '../ks/fields.js';
import type { KeyRequest, SignIn } from '../sign-in/key-request.js';
import type { ApiParameters } from './client.js';

// The parameters of each action (docs/kaltura-facts.md 3.2). The sign-in calls and the preview of planned calls share
// them.

type SignInBy<Method extends SignIn['method']> = Extract<SignIn, { readonly method: Method }>;
export type SecretSignIn = SignInBy<'server'>;
export type LocalSignIn = SignInBy<'local'>;
export type LoginSignIn = SignInBy<'login'>;
export type AppTokenSignIn = SignInBy<'app-token'>;

/** The server treats an empty value like a missing one here, so don't send it. */
const undefinedIfEmpty = (text: string): string | undefined => (text === '' ? undefined : text);

const typeNumber = (request: KeyRequest): string => String(SESSION_TYPE_NUMBERS[request.type]);

/**
 * Makes the server answer on its full path and not from a cache (docs/kaltura-facts.md 3.1). `session.start` then caps the lifetime and
 * checks `setrole`, and `session.startWidgetSession` opens a new session.
 */
export const UNCACHED = { nocache: '1' };

/** The parameters of `session.start`. */
export function startParameters(request: KeyRequest, signIn: SecretSignIn): ApiParameters {
  return {
    partnerId: String(signIn.partnerId),
    secret: signIn.secret,
    type: typeNumber(request),
    userId: undefinedIfEmpty(request.userId),
    expiry: String(request.lifetime),
    privileges: undefinedIfEmpty(request.privileges),
    ...UNCACHED,
  };
}

/** The parameters of `user.loginByLoginId`. */
export function loginParameters(request: KeyRequest, signIn: LoginSignIn): ApiParameters {
  return {
    loginId: signIn.loginId,
    password: signIn.password,
    partnerId: signIn.partnerId === null ? undefined : String(signIn.partnerId),
    expiry: String(request.lifetime),
    // The server reads a missing value as `*`, which allows everything (docs/kaltura-facts.md 8a).
    privileges: request.privileges,
    otp: signIn.code ?? undefined,
  };
}

/** Lifetime of the public session that a token's hash is computed with, in seconds. */
export const HASH_SESSION_LIFETIME = 600;

/**
 * The parameters of `session.startWidgetSession`.
 *
 * @param lifetime in seconds. The session is used at once, and only once
 */
export const widgetParameters = (partnerId: number, lifetime: number): ApiParameters => ({
  widgetId: `_${partnerId}`,
  expiry: String(lifetime),
  ...UNCACHED,
});

/**
 * The parameters of `appToken.startSession`.
 *
 * @param proof the values to send or, in a plan, a description of where they come from
 */
export function tokenParameters<Proof>(
  request: KeyRequest,
  signIn: AppTokenSignIn,
  proof: { readonly ks: Proof; readonly tokenHash: Proof },
): Readonly<Record<string, string | Proof | undefined>> {
  return {
    ks: proof.ks,
    id: signIn.tokenId,
    tokenHash: proof.tokenHash,
    type: typeNumber(request),
    userId: undefinedIfEmpty(request.userId),
    expiry: String(request.lifetime),
    sessionPrivileges: undefinedIfEmpty(request.privileges),
  };
}
