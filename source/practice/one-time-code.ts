import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP = 30_000;

/**
 * The code that an authenticator app shows: RFC 6238 with SHA-1, six digits and steps of 30 seconds.
 *
 * @param seed in base32
 * @param now epoch milliseconds
 */
export function oneTimeCode(seed: string, now: number): string {
  const bits = [...seed].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The code of now or of the step before: who types it in the last second is not punished (RFC 6238, 5.2). */
export const isRightCode = (code: string, seed: string, now: number): boolean =>
  code === oneTimeCode(seed, now) || code === oneTimeCode(seed, now - STEP);
