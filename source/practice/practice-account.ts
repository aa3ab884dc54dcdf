import { createHmac } from 'node:crypto';
import { PRACTICE_ADMIN_SECRET, PRACTICE_PARTNER_IDS } from '../kaltura/ks/signing-secret.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;

/**
 * The code that an authenticator app shows: RFC 6238 with SHA-1, six digits and steps of 30 seconds.
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

/** The code of now or of the step before: who types it in the last second is not punished (RFC 6238, 5.2). */
export const isCorrectCode = (code: string, seed: string, now: number): boolean =>
  code === oneTimeCode(seed, now) || code === oneTimeCode(seed, now - STEP);

/**
 * What a person who practises may know. All of it is invented and opens nothing anywhere else, so it may be shown and printed; and
 * it never changes, so that keys and profiles made in one run go on working in the next.
 */
export const PRACTICE_CREDENTIALS = {
  partnerId: PRACTICE_PARTNER_IDS.usual,
  adminSecret: PRACTICE_ADMIN_SECRET,
  userSecret: 'decaf000decaf000decaf000decaf000',
  /** Caps the life of sessions at an hour: a longer one is shortened without a word. Same secrets. */
  cappedPartnerId: PRACTICE_PARTNER_IDS.capped,
  /** Blocked: gives widget sessions and nothing else, and takes no key. Same secrets. */
  blockedPartnerId: PRACTICE_PARTNER_IDS.blocked,
  loginId: 'admin@practice.example',
  password: 'Practice-1!',
  /** Asks for a one-time code, which `currentCode` gives. Same password. */
  otpLoginId: 'code@practice.example',
  /** Base32 seed of those codes, for an authenticator app. */
  codeSeed: 'PRACTICEPRACTICE',
  /** No administrator, and a member of the hidden category. Same password. */
  viewerLoginId: 'viewer@practice.example',
  /** SHA256, USER, a day; leaves the user to the request. */
  tokenId: '0_rehearse',
  /** The value of both tokens. */
  token: '7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e',
  /** Fixes ADMIN, a user, `list:*` and 30 minutes, whatever is asked: the key is stronger than asked for. */
  fixedTokenId: '0_fixadmin',
  /** A role of the account's own, for `setrole`: it reads content and nothing else. */
  roleId: 5001,
  hiddenCategoryId: 2003,
  plainCategoryId: 2001,
  privacyContext: 'intranet',
  hiddenEntryId: '0_staffday',
} as const;

/** The one-time code of this moment, for who has no authenticator app at hand. @param now epoch milliseconds */
export const currentCode = (now: number): string => oneTimeCode(PRACTICE_CREDENTIALS.codeSeed, now);
