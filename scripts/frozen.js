/**
 * Loaded before the program when its pictures are drawn: the clock stands still and chance repeats itself, so that the same
 * screens come out each time.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const now = Date.parse('2026-11-24T16:20:00Z');
const RealDate = Date;
globalThis.Date = class FrozenDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now] : parts));
  }
  static now() {
    return now;
  }
};

let count = 0;
const fill = (bytes) => {
  for (let index = 0; index < bytes.length; index++) {
    count += 1;
    bytes[index] = (count * 2_654_435_761) >>> 24;
  }
  return bytes;
};
crypto.randomBytes = (length) => fill(Buffer.alloc(length));
crypto.randomFillSync = fill;
globalThis.crypto.getRandomValues = fill;
crypto.webcrypto.getRandomValues = fill;
syncBuiltinESMExports();
