import { Secret } from '../../kaltura/secret.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../practice/practice-account.js';
import type { PracticeAccount } from '../../wizard/form/practice.js';

/** The pretend account as wizard and commands fill it in. */
export const PRACTICE_ACCOUNT: PracticeAccount = {
  partnerId: String(PRACTICE_CREDENTIALS.partnerId),
  secret: new Secret(PRACTICE_CREDENTIALS.adminSecret),
  loginId: PRACTICE_CREDENTIALS.loginId,
  password: new Secret(PRACTICE_CREDENTIALS.password),
  tokenId: PRACTICE_CREDENTIALS.tokenId,
  token: new Secret(PRACTICE_CREDENTIALS.token),
  currentCode,
};
