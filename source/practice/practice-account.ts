import { createHmac } from 'node:crypto';
import {
  PRACTICE_ADMIN_SECRET,
  PRACTICE_LOGIN_IDS,
  PRACTICE_PARTNER_IDS,
  PRACTICE_PASSWORD,
  PRACTICE_TOKEN,
  PRACTICE_TOKEN_ID,
  PRACTICE_USER_SECRET,
  type PracticeAccount,
} from '../kaltura/accounts/practice-account.js';
import { Secret } from '../kaltura/secret.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;

/**
 * Returns the code of an authenticator app: RFC 6238 with SHA-1, six digits, steps of 30 seconds.
 *
 * @param seed in base32
 * @param now epoch milliseconds
 */
function oneTimeCode(seed: string, now: number): string {
  const bits = [...seed].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Accepts the current code and the one of the previous step, for users who type in the last second (RFC 6238, 5.2). */
export const isCorrectCode = (code: string, seed: string, now: number): boolean =>
  code === oneTimeCode(seed, now) || code === oneTimeCode(seed, now - STEP);

/**
 * The credentials of the practice accounts. They are invented and work nowhere else, so they can be shown and printed.
 * They never change, so that keys and profiles keep working in later runs.
 */
export const PRACTICE_CREDENTIALS = {
  partnerId: PRACTICE_PARTNER_IDS.usual,
  adminSecret: PRACTICE_ADMIN_SECRET,
  userSecret: PRACTICE_USER_SECRET,
  /** Limits sessions to one hour: longer lifetimes are silently shortened. Same secrets. */
  cappedPartnerId: PRACTICE_PARTNER_IDS.capped,
  /** Blocked: opens widget sessions only, and accepts no key. Same secrets. */
  blockedPartnerId: PRACTICE_PARTNER_IDS.blocked,
  loginId: PRACTICE_LOGIN_IDS.admin,
  password: PRACTICE_PASSWORD,
  /** Requires a one-time code, which `currentCode` returns. Same password. */
  otpLoginId: PRACTICE_LOGIN_IDS.withCode,
  /** Base32 seed of the one-time codes, for an authenticator app. */
  codeSeed: 'PRACTICEPRACTICE',
  /** Not an administrator; a member of the hidden category. Same password. */
  viewerLoginId: PRACTICE_LOGIN_IDS.viewer,
  /** SHA256, USER, one day. The request chooses the user. */
  tokenId: PRACTICE_TOKEN_ID,
  /** The value of both app tokens. */
  token: PRACTICE_TOKEN,
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

/**
 * Returns the current one-time code, for users without an authenticator app.
 *
 * @param now epoch milliseconds
 */
export const currentCode = (now: number): string => oneTimeCode(PRACTICE_CREDENTIALS.codeSeed, now);

/** The practice account, as commands and the wizard fill it in. */
export const PRACTICE_ACCOUNT: PracticeAccount = {
  partnerId: String(PRACTICE_CREDENTIALS.partnerId),
  secret: new Secret(PRACTICE_CREDENTIALS.adminSecret),
  loginId: PRACTICE_CREDENTIALS.loginId,
  password: new Secret(PRACTICE_CREDENTIALS.password),
  tokenId: PRACTICE_CREDENTIALS.tokenId,
  token: new Secret(PRACTICE_CREDENTIALS.token),
  entryIds: [PRACTICE_CREDENTIALS.entryId, PRACTICE_CREDENTIALS.hiddenEntryId, ...PRACTICE_CREDENTIALS.otherEntryIds],
  currentCode,
};
