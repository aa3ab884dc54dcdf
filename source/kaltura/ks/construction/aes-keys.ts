import { digestOf } from '../bytes.js';
import type { AesKeySource } from './mistake.js';

type Derivation = readonly [source: AesKeySource, derive: (secret: string) => Buffer];

const hexOf =
  (algorithm: string, form: 'hex' | 'upper' = 'hex') =>
  (secret: string): Buffer => {
    const hex = digestOf(algorithm, secret).toString('hex');
    return Buffer.from(form === 'upper' ? hex.toUpperCase() : hex, 'latin1');
  };

/** The bytes that code takes the AES key from. Kaltura takes the first 16 of the first (docs/kaltura-facts.md 1.4). */
const DERIVATIONS: readonly Derivation[] = [
  ['sha1', (secret) => digestOf('sha1', secret)],
  ['sha1-hex', hexOf('sha1')],
  ['sha1-hex', hexOf('sha1', 'upper')],
  ['secret', (secret) => Buffer.from(secret, 'utf8')],
  ['secret-bytes', (secret) => Buffer.from(secret, 'hex')],
  ['md5', (secret) => digestOf('md5', secret)],
  ['md5-hex', hexOf('md5')],
  ['sha256', (secret) => digestOf('sha256', secret)],
  ['sha256-hex', hexOf('sha256')],
  ['sha512', (secret) => digestOf('sha512', secret)],
  ['sha1-base64', (secret) => Buffer.from(digestOf('sha1', secret).toString('base64'), 'latin1')],
  ['sha1-end', (secret) => digestOf('sha1', secret).subarray(4)],
  ['sha1-of-bytes', (secret) => digestOf('sha1', Buffer.from(secret, 'hex'))],
  ['sha1-twice', (secret) => digestOf('sha1', digestOf('sha1', secret).toString('hex'))],
  ['sha1-twice', (secret) => digestOf('sha1', digestOf('sha1', secret))],
];

export interface AesKey {
  readonly source: AesKeySource;
  readonly bytes: Buffer;
}

/** In bytes. */
export const AES_KEY_SIZES = [16, 24, 32] as const;

/** Cuts the bytes to this size, or fills them with NUL bytes, as OpenSSL does in PHP. */
function fitted(bytes: Buffer, size: number): Buffer {
  const key = Buffer.alloc(size);
  bytes.copy(key);
  return key;
}

/** Returns the AES keys of this size that code may make from the secret: the right one first for 16 bytes. */
export function aesKeysFrom(secret: string, size: (typeof AES_KEY_SIZES)[number]): AesKey[] {
  const seen = new Set<string>();
  return DERIVATIONS.flatMap(([source, derive]) => {
    const bytes = derive(secret);
    const key = fitted(bytes, size);
    const text = key.toString('latin1');
    if (bytes.length === 0 || seen.has(text)) return [];
    seen.add(text);
    return [{ source, bytes: key }];
  });
}

/** The start of what OpenSSL and CryptoJS encrypt with a passphrase. Eight bytes of salt follow. */
const SALTED = 'Salted__';
const SALT_END = SALTED.length + 8;

export const isSalted = (sealed: Buffer): boolean => sealed.toString('latin1', 0, SALTED.length) === SALTED;

/** Derives a key and an IV from a passphrase like OpenSSL (`EVP_BytesToKey`). */
function fromPassphrase(digest: string, passphrase: string, salt: Buffer, size: number) {
  let made: Buffer = Buffer.alloc(0);
  let block: Buffer = Buffer.alloc(0);
  while (made.length < size + 16) {
    block = digestOf(digest, block, passphrase, salt);
    made = Buffer.concat([made, block]);
  }
  return { key: made.subarray(0, size), iv: made.subarray(size, size + 16) };
}

/** Returns the keys and IVs that CryptoJS and OpenSSL derive from the salt in front of the encrypted part, and that part. */
export function passphraseKeys(sealed: Buffer, secret: string) {
  const salt = sealed.subarray(SALTED.length, SALT_END);
  const hash = digestOf('sha1', secret);
  const passphrases = [secret, hash.toString('hex'), hash.toString('hex', 0, 16), hash.toString('hex').slice(0, 16)];
  const keys = [32, 16, 24].flatMap((size) =>
    ['md5', 'sha256'].flatMap((digest) =>
      passphrases.map((passphrase) => ({ size, ...fromPassphrase(digest, passphrase, salt, size) })),
    ),
  );
  return { rest: sealed.subarray(SALT_END), keys };
}
