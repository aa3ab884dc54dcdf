import { createCipheriv, createHash, createHmac } from 'node:crypto';

/** Builds keys like faulty code. Every part can be replaced. The defaults build a correct key. */

export const SECRET = '0123456789abcdef0123456789abcdef';

export const digest = (algorithm: string, ...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const hmac = (algorithm: string, key: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHmac(algorithm, key);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const RANDOM = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
export const ZEROS = Buffer.alloc(16);

export const zeroPad = (text: Buffer): Buffer => Buffer.concat([text, Buffer.alloc((16 - (text.length % 16)) % 16)]);
export const pkcs7 = (text: Buffer): Buffer => {
  const count = 16 - (text.length % 16);
  return Buffer.concat([text, Buffer.alloc(count, count)]);
};
export const spacePad = (text: Buffer): Buffer =>
  Buffer.concat([text, Buffer.alloc((16 - (text.length % 16)) % 16, ' ')]);
export const x923 = (text: Buffer): Buffer => {
  const count = 16 - (text.length % 16);
  return Buffer.concat([text, Buffer.alloc(count - 1), Buffer.from([count])]);
};
export const iso7816 = (text: Buffer): Buffer => zeroPad(Buffer.concat([text, Buffer.from([0x80])]));

export interface BuildOptions {
  readonly secret?: string;
  readonly fields?: string;
  readonly random?: Buffer;
  /** Builds the text to pad from the random block and the fields. */
  readonly text?: (random: Buffer, fields: Buffer, secret: string) => Buffer;
  readonly pad?: (text: Buffer) => Buffer;
  readonly key?: (secret: string) => Buffer;
  readonly cipher?: string;
  readonly iv?: (key: Buffer) => Buffer | null;
  /** Changes the encrypted part, for example puts the IV in front. */
  readonly seal?: (sealed: Buffer, iv: Buffer | null) => Buffer;
}

export const FIELDS = '_e=2000000000&_t=0&_u=jo%40example.com';

export function wrongV2(way: BuildOptions = {}, partnerId = 1234567): string {
  const {
    secret = SECRET,
    fields = FIELDS,
    random = RANDOM,
    text = (block, form) => Buffer.concat([digest('sha1', block, form), block, form]),
    pad = zeroPad,
    key = (from) => digest('sha1', from).subarray(0, 16),
    cipher = 'aes-128-cbc',
    iv = () => ZEROS,
    seal = (sealed) => sealed,
  } = way;
  const aesKey = key(secret);
  const vector = iv(aesKey);
  const encryption = createCipheriv(cipher, aesKey, vector).setAutoPadding(false);
  const plain = pad(text(random, Buffer.from(fields), secret));
  const sealed = seal(Buffer.concat([encryption.update(plain), encryption.final()]), vector);
  const bytes = Buffer.concat([Buffer.from(`v2|${partnerId}|`), sealed]);
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

export const INFO = '1234567;1234567;2000000000;0;12345;jo;';

export const v1Key = (signature: string | Buffer, info = INFO): string =>
  Buffer.concat([Buffer.from(signature), Buffer.from(`|${info}`)]).toString('base64');
