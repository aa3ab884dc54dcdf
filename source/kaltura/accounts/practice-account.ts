import type { Secret } from '../secret.js';
import type { SignIn } from '../sign-in/key-request.js';

/** The Administrator Secret of the practice accounts. It is public, so a signature made with it says nothing about any other account. */
export const PRACTICE_ADMIN_SECRET = 'c0ffee00c0ffee00c0ffee00c0ffee00';

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
  /** The IDs of its entries. The first one is visible to every key. */
  readonly entryIds: readonly [string, ...string[]];
  /** Returns the current one-time code. `now` is in epoch milliseconds. */
  currentCode(now: number): string;
}

/** Checks whether a sign-in contains only the public credentials of the practice account, which any practice server may get. */
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
