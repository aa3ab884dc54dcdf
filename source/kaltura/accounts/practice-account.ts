import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.js';
import type { SignIn } from '../sign-in/key-request.js';

/**
 * The credentials of the practice accounts. They are invented and public, so they can be shown and printed, and a signature made with them
 * says nothing about any other account. They never change, so that keys and profiles keep working in later runs.
 */
export const PRACTICE_CREDENTIALS = {
  partnerId: 1234567,
  adminSecret: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  userSecret: 'decaf000decaf000decaf000decaf000',
  /** Limits sessions to one hour: longer lifetimes are silently shortened. Same secrets. */
  cappedPartnerId: 1234568,
  /** Blocked: opens widget sessions only, and accepts no key. Same secrets. */
  blockedPartnerId: 1234569,
  loginId: 'admin@practice.example',
  password: 'Practice-1!',
  /** Requires a one-time code. Same password. */
  otpLoginId: 'code@practice.example',
  /** Base32 seed of the one-time codes, for an authenticator app. */
  codeSeed: 'PRACTICEPRACTICE',
  /** Not an administrator; a member of the hidden category. Same password. */
  viewerLoginId: 'viewer@practice.example',
  /** The app token that practice fills in: SHA256, USER, one day. The request chooses the user. */
  tokenId: '0_rehearse',
  /** The value of both app tokens. */
  token: '7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e',
  /** Always ADMIN, one user, `list:*` and 30 minutes: its key can do more than the request asks for. */
  fixedTokenId: '0_fixadmin',
  /** A role of the account for `setrole`. It can only read content. */
  roleId: 5001,
  hiddenCategoryId: 2003,
  plainCategoryId: 2001,
  privacyContext: 'intranet',
  entryId: '0_welcome1',
  hiddenEntryId: '0_staffday',
  otherEntryIds: ['0_campus01', '0_sketch01'],
} as const;

const { adminSecret, userSecret, loginId, otpLoginId, viewerLoginId } = PRACTICE_CREDENTIALS;
const PARTNER_IDS: readonly (number | null)[] = [
  PRACTICE_CREDENTIALS.partnerId,
  PRACTICE_CREDENTIALS.cappedPartnerId,
  PRACTICE_CREDENTIALS.blockedPartnerId,
];
const LOGIN_IDS: readonly string[] = [loginId, otpLoginId, viewerLoginId];

/** Returns whether the practice server has this account number. A real server may have it too. */
export const isPracticeAccount = (partnerId: number | null): boolean => PARTNER_IDS.includes(partnerId);

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
  createHmac('sha256', adminSecret).update(start).digest('hex').slice(0, TOKEN_HALF);

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
  return value === PRACTICE_CREDENTIALS.token || value.slice(TOKEN_HALF) === tokenMark(value.slice(0, TOKEN_HALF));
}

/**
 * Checks whether a sign-in names an app token that someone created in practice, with a value that no practice server made: it is mistyped or cut
 * off. A new practice server would not know the token, and would call the ID wrong.
 */
export const hasWrongPracticeToken = (signIn: SignIn): boolean =>
  signIn.method === 'app-token' &&
  ![PRACTICE_CREDENTIALS.tokenId, PRACTICE_CREDENTIALS.fixedTokenId].some((id) => id === signIn.tokenId) &&
  !isPracticeToken(signIn.token);

/** Checks whether a sign-in contains only credentials of practice accounts. They are public, so any practice server may get them. */
export function hasOnlyPracticeCredentials(signIn: SignIn): boolean {
  if (signIn.partnerId !== null && !isPracticeAccount(signIn.partnerId)) return false;
  switch (signIn.method) {
    case 'server':
    case 'local':
      return [adminSecret, userSecret].some((secret) => secret === signIn.secret.reveal());
    case 'login':
      return LOGIN_IDS.includes(signIn.loginId) && signIn.password.reveal() === PRACTICE_CREDENTIALS.password;
    case 'app-token':
      return isPracticeToken(signIn.token);
  }
}

/** Checks whether practice fills in the secret of a sign-in: it knows the values of no other app tokens. */
export const isSecretFilledIn = (method: SignIn['method'], tokenId: string | null): boolean =>
  method !== 'app-token' || tokenId === PRACTICE_CREDENTIALS.tokenId;
