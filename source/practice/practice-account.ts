import { createHmac } from 'node:crypto';
import { PRACTICE_CREDENTIALS, type PracticeAccount } from '../kaltura/accounts/practice-account.js';
import { Secret } from '../kaltura/secret.js';

export { PRACTICE_CREDENTIALS } from '../kaltura/accounts/practice-account.js';

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
