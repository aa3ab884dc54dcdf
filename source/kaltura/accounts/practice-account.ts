import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.js';
import type { SignIn } from '../sign-in/key-request.js';

/** The Administrator Secret of the practice accounts. It is public, so a signature made with it says nothing about any other account. */
export const PRACTICE_ADMIN_SECRET = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/** The User Secret of the practice accounts, and the password of their logins. Public as well. */
export const PRACTICE_USER_SECRET = 'decaf000decaf000decaf000decaf000';
export const PRACTICE_PASSWORD = 'Practice-1!';

export const PRACTICE_LOGIN_IDS = {
  admin: 'admin@practice.example',
  /** Requires a one-time code. */
  withCode: 'code@practice.example',
  /** Not an administrator; a member of the hidden category. */
  viewer: 'viewer@practice.example',
} as const;

/** The app token that practice fills in. Its requests choose the user. */
export const PRACTICE_TOKEN_ID = '0_rehearse';

/** The value of the app tokens that every practice server has. */
export const PRACTICE_TOKEN = '7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e';

/** The accounts of the practice server. */
export const PRACTICE_PARTNER_IDS = { usual: 1234567, capped: 1234568, blocked: 1234569 } as const;

/** Returns whether the practice server has this account number. A real server may have it too. */
export const isPracticeAccount = (partnerId: number | null): boolean =>
  Object.values<number | null>(PRACTICE_PARTNER_IDS).includes(partnerId);

/** The practice account. It is public and works only on the practice server, so a new user can accept it with Enter. */
export interface PracticeAccount {
  readonly partnerId: string;
  readonly secret: Secret;
  readonly loginId: string;
  readonly password: Secret;
  readonly tokenId: string;
  readonly token: Secret;
  /** The IDs of its entries. The first one is visible to every key, and entitlement hides the second one. */
  readonly entryIds: readonly [string, string, ...string[]];
  /** Returns the current one-time code. `now` is in epoch milliseconds. */
  currentCode(now: number): string;
}

/** Checks whether a sign-in is exactly the one that practice fills in. */
export function isPracticeSignIn(signIn: SignIn, account: PracticeAccount): boolean {
  if (String(signIn.partnerId) !== account.partnerId) return false;
  switch (signIn.method) {
    case 'server':
    case 'local':
      return signIn.secret.equals(account.secret);
    case 'login':
      return signIn.loginId === account.loginId && signIn.password.equals(account.password);
    case 'app-token':
      return signIn.tokenId === account.tokenId && signIn.token.equals(account.token);
  }
}

const TOKEN_HALF = 16;

const tokenMark = (start: string): string =>
  createHmac('sha256', PRACTICE_ADMIN_SECRET).update(start).digest('hex').slice(0, TOKEN_HALF);

/**
 * Returns the value of a new app token of the practice server. Its second half is a code of the first half, by which every practice value is
 * recognized and a real one is not.
 */
export function newPracticeToken(random: Uint8Array): string {
  const start = Buffer.from(random).toString('hex').slice(0, TOKEN_HALF);
  return `${start}${tokenMark(start)}`;
}

function isPracticeToken(token: Secret): boolean {
  const value = token.reveal();
  return value === PRACTICE_TOKEN || value.slice(TOKEN_HALF) === tokenMark(value.slice(0, TOKEN_HALF));
}

/** Checks whether a sign-in contains only credentials of practice accounts. They are public, so any practice server may get them. */
export function hasOnlyPracticeCredentials(signIn: SignIn): boolean {
  if (signIn.partnerId !== null && !isPracticeAccount(signIn.partnerId)) return false;
  switch (signIn.method) {
    case 'server':
    case 'local':
      return [PRACTICE_ADMIN_SECRET, PRACTICE_USER_SECRET].includes(signIn.secret.reveal());
    case 'login':
      return (
        Object.values<string>(PRACTICE_LOGIN_IDS).includes(signIn.loginId) &&
        signIn.password.reveal() === PRACTICE_PASSWORD
      );
    case 'app-token':
      return isPracticeToken(signIn.token);
  }
}

/** Checks whether practice fills in the secret of a sign-in: it knows the values of no other app tokens. */
export const isSecretFilledIn = (method: SignIn['method'], tokenId: string | null): boolean =>
  method !== 'app-token' || tokenId === PRACTICE_TOKEN_ID;
