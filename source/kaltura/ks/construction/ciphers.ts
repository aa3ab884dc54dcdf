import { createDecipheriv } from 'node:crypto';

type Mode = 'cbc' | 'ecb' | 'cfb' | 'cfb8' | 'ctr' | 'ofb' | 'gcm';

/** A decryption that code may have the counterpart of. */
export interface Decrypted {
  readonly cipher: string;
  readonly plain: Buffer;
  /** Whether a wrong IV changes only the first block: the text after it can be read with any IV. */
  readonly needsIvForFirstBlockOnly: boolean;
  /** The IV, if it was one that Kaltura does not use. */
  readonly iv: 'prepended' | 'key' | 'text-zeros' | null;
}

const BLOCK = 16;
const ZEROS = Buffer.alloc(BLOCK);
const TEXT_ZEROS = Buffer.alloc(BLOCK, '0');

/** The last 16 bytes of GCM are its tag. */
const TAG = 16;
const NONCE = 12;

/** Modes in which a wrong IV changes only the first block. */
const SELF_SYNCHRONIZING: readonly Mode[] = ['cbc', 'cfb', 'cfb8'];

/** The modes that code uses with a key of this many bytes: the right one first. */
const MODES: Readonly<Record<number, readonly Mode[]>> = {
  16: ['cbc', 'ecb', 'cfb', 'ctr', 'gcm', 'ofb', 'cfb8'],
  24: ['cbc', 'ecb'],
  32: ['cbc', 'ecb', 'cfb', 'ctr', 'gcm'],
};

export function decrypt(mode: Mode, key: Buffer, iv: Buffer, sealed: Buffer): Buffer | null {
  // In a whole number of blocks, so that a cut-off text can be read as far as it goes.
  const whole = mode === 'cbc' || mode === 'ecb' ? sealed.subarray(0, sealed.length - (sealed.length % BLOCK)) : sealed;
  if (whole.length === 0) return null;
  try {
    const decipher = createDecipheriv(`aes-${key.length * 8}-${mode}`, key, mode === 'ecb' ? null : iv);
    return Buffer.concat([decipher.setAutoPadding(false).update(whole), decipher.final()]);
  } catch {
    // Not every runtime has every cipher.
    return null;
  }
}

/** GCM encrypts like CTR. The counter after its nonce starts at 2. */
const counterBlock = (nonce: Buffer): Buffer => Buffer.concat([nonce.subarray(0, NONCE), Buffer.from([0, 0, 0, 2])]);

function ivsFor(mode: Mode, key: Buffer, sealed: Buffer): readonly [Decrypted['iv'], iv: Buffer, sealed: Buffer][] {
  if (mode === 'gcm') {
    const body = sealed.subarray(0, -TAG);
    return [
      [null, counterBlock(ZEROS), body],
      ['prepended', counterBlock(body), body.subarray(NONCE)],
      ['key', counterBlock(key), body],
    ];
  }
  if (mode === 'ecb' || SELF_SYNCHRONIZING.includes(mode)) return [[null, ZEROS, sealed]];
  return [
    [null, ZEROS, sealed],
    ['prepended', sealed.subarray(0, BLOCK), sealed.subarray(BLOCK)],
    ['key', key.subarray(0, BLOCK), sealed],
    ['text-zeros', TEXT_ZEROS, sealed],
  ];
}

/** Decrypts with each mode and IV that code plausibly uses with this key. */
export function* decryptions(key: Buffer, sealed: Buffer, modes = MODES[key.length] ?? []): Generator<Decrypted> {
  for (const mode of modes) {
    for (const [name, iv, body] of ivsFor(mode, key, sealed)) {
      const plain = decrypt(mode === 'gcm' ? 'ctr' : mode, key, iv, body);
      if (plain === null) continue;
      const cipher = `AES-${key.length * 8}-${mode.toUpperCase()}`;
      yield { cipher, plain, needsIvForFirstBlockOnly: SELF_SYNCHRONIZING.includes(mode), iv: name };
    }
  }
}
