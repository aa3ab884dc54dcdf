import { Secret } from '../../kaltura/secret.js';
import { currentCode, PRETEND } from '../../practice/practice-account.js';
import type { Pretend } from '../../wizard/form/practice.js';

/** The pretend account as wizard and commands fill it in. */
export const PRETEND_ACCOUNT: Pretend = {
  partnerId: String(PRETEND.partnerId),
  secret: new Secret(PRETEND.adminSecret),
  loginId: PRETEND.loginId,
  password: new Secret(PRETEND.password),
  tokenId: PRETEND.tokenId,
  token: new Secret(PRETEND.token),
  currentCode,
};
