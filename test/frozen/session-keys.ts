import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

/** The fields of a session key, read without the code under test. */
export interface KeyFields {
  readonly version: 1 | 2;
  readonly partnerId: number;
  readonly type: string;
  readonly userId: string;
  /** In epoch seconds. */
  readonly expiresAt: number;
  /** Comma-separated, as in the key. */
  readonly privileges: string;
}

const sha1 = (data: string | Buffer): Buffer => createHash('sha1').update(data).digest();
const aesKey = (secret: string): Buffer => sha1(secret).subarray(0, 16);
const ZERO_IV = Buffer.alloc(16);
const HASH_AND_RANDOM = 36;

/** Signs a key. The random part is fixed, so the same fields always give the same key. */
export function signKey(fields: KeyFields, secret: string): string {
  if (fields.version === 1) {
    const { partnerId, expiresAt, type, userId, privileges } = fields;
    const info = [partnerId, partnerId, expiresAt, type, 'random', userId, privileges, '', ''].join(';');
    return Buffer.from(`${sha1(secret + info).toString('hex')}|${info}`).toString('base64');
  }
  const form = new URLSearchParams(
    fields.privileges
      .split(',')
      .filter((privilege) => privilege !== '')
      .map((privilege): [string, string] => {
        const [name = '', ...value] = privilege.split(':');
        return [name, value.join(':')];
      }),
  );
  form.set('_e', String(fields.expiresAt));
  form.set('_t', fields.type);
  if (fields.userId !== '') form.set('_u', fields.userId);
  const signed = Buffer.concat([Buffer.alloc(16, 'R'), Buffer.from(form.toString(), 'latin1')]);
  const plain = Buffer.concat([sha1(signed), signed]);
  const padded = Buffer.alloc(Math.ceil(plain.length / 16) * 16);
  plain.copy(padded);
  const cipher = createCipheriv('aes-128-cbc', aesKey(secret), ZERO_IV).setAutoPadding(false);
  const encrypted = Buffer.concat([cipher.update(padded), cipher.final()]);
  const bytes = Buffer.concat([Buffer.from(`v2|${fields.partnerId}|`), encrypted]);
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** Reads a key of either version. Returns null if the text is no key, or if none of the secrets fits. */
export function openKey(text: string, secrets: readonly string[]): KeyFields | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('latin1', 0, 3) === 'v2|' ? openVersion2(bytes, secrets) : openVersion1(bytes, secrets);
}

function openVersion2(bytes: Buffer, secrets: readonly string[]): KeyFields | null {
  const bar = bytes.indexOf('|', 3);
  const encrypted = bytes.subarray(bar + 1);
  if (bar === -1 || encrypted.length === 0 || encrypted.length % 16 !== 0) return null;
  for (const secret of secrets) {
    const decipher = createDecipheriv('aes-128-cbc', aesKey(secret), ZERO_IV).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(encrypted), decipher.final()]);
    let end = padded.length;
    while (end > 0 && padded[end - 1] === 0) end -= 1;
    const plain = padded.subarray(0, end);
    if (!sha1(plain.subarray(20)).equals(plain.subarray(0, 20))) continue;
    const form = new URLSearchParams(plain.toString('latin1', HASH_AND_RANDOM));
    const privileges = [...form]
      .filter(([name]) => !/^_[etu]$/.test(name))
      .map(([name, value]) => (value === '' ? name : `${name}:${value}`));
    return {
      version: 2,
      partnerId: Number(bytes.toString('latin1', 3, bar)),
      type: form.get('_t') ?? '',
      userId: form.get('_u') ?? '',
      expiresAt: Number(form.get('_e')),
      privileges: privileges.join(','),
    };
  }
  return null;
}

function openVersion1(bytes: Buffer, secrets: readonly string[]): KeyFields | null {
  const text = bytes.toString('utf8');
  const bar = text.indexOf('|');
  const info = text.slice(bar + 1);
  if (bar !== 40 || !secrets.some((secret) => sha1(secret + info).toString('hex') === text.slice(0, bar))) return null;
  const [partnerId, , expiresAt, type = '', , userId = '', privileges = ''] = info.split(';');
  return { version: 1, partnerId: Number(partnerId), type, userId, expiresAt: Number(expiresAt), privileges };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Computes the one-time code (RFC 6238: SHA-1, 30 seconds, 6 digits) of a Base32 seed. `now` is in epoch milliseconds. */
export function oneTimeCode(seed: string, now: number): string {
  const bits = [...seed].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) as number) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
