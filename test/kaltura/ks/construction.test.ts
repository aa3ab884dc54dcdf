import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainKs, isRefused, type KsExplanation } from '../../../source/kaltura/ks/explain.js';
import type { KsProblem } from '../../../source/kaltura/ks/problem.js';
import { signKsV1 } from '../../../source/kaltura/ks/v1.js';
import { signKsV2 } from '../../../source/kaltura/ks/v2.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { runs } from '../../sizes.js';
import { given } from '../given-secret.js';
import {
  type BuildOptions,
  digest,
  FIELDS,
  hmac,
  INFO,
  iso7816,
  pkcs7,
  SECRET,
  spacePad,
  v1Key,
  wrongV2,
  x923,
  ZEROS,
  zeroPad,
} from './wrong-keys.js';

/** Keys that faulty code created with the correct secret. Each mistake is recognized and named. */

function explained(ks: string, secret = SECRET): KsExplanation {
  const reading = explainKs(new Secret(ks), given(new Secret(secret)));
  if (!reading.readable) throw new Error(reading.fault);
  return reading.explanation;
}

const prepended: NonNullable<BuildOptions['seal']> = (sealed, iv) => Buffer.concat([iv ?? ZEROS, sealed]);
const hashed =
  (hash: (random: Buffer, fields: Buffer, secret: string) => Buffer): NonNullable<BuildOptions['text']> =>
  (random, fields, secret) =>
    Buffer.concat([hash(random, fields, secret), random, fields]);
const hexText = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('hex'));
const joinText = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const sha1 = (...parts: (string | Uint8Array)[]): Buffer => digest('sha1', ...parts);
const keyed = (secret: string, make: (secret: string) => Buffer): BuildOptions => ({ secret, key: make });

const V2_CASES: readonly (readonly [what: string, way: BuildOptions, problems: readonly Partial<KsProblem>[]])[] = [
  ['PKCS#7', { pad: pkcs7 }, [{ code: 'wrong-padding', padding: 'pkcs7' }]],
  [
    'PKCS#7, a whole block of it',
    { pad: pkcs7, fields: FIELDS.padEnd(44, '0') },
    [{ code: 'wrong-padding', padding: 'pkcs7' }],
  ],
  [
    'zeros and PKCS#7',
    { pad: (text) => pkcs7(zeroPad(text)) },
    [{ code: 'wrong-padding', padding: 'zeros-and-pkcs7' }],
  ],
  ['spaces', { pad: spacePad }, [{ code: 'wrong-padding', padding: 'spaces' }]],
  ['X9.23', { pad: x923 }, [{ code: 'wrong-padding', padding: 'x923' }]],
  ['ISO 7816', { pad: iso7816 }, [{ code: 'wrong-padding', padding: 'iso-7816' }]],
  ...(['md5', 'sha256', 'sha512', 'sha224', 'sha384'] as const).map(
    (name): readonly [string, BuildOptions, readonly Partial<KsProblem>[]] => [
      name,
      { text: hashed((random, fields) => digest(name, random, fields)) },
      [{ code: 'wrong-hash', form: 'raw' }],
    ],
  ),
  [
    'SHA-1 as hex',
    { text: hashed((...parts) => hexText(sha1(...(parts.slice(0, 2) as Buffer[])))) },
    [{ code: 'wrong-hash', hash: 'SHA-1', form: 'hex' }],
  ],
  [
    'MD5 as hex',
    { text: hashed((random, fields) => hexText(digest('md5', random, fields))) },
    [{ code: 'wrong-hash', hash: 'MD5', form: 'hex' }],
  ],
  [
    'SHA-256 as hex',
    { text: hashed((random, fields) => hexText(digest('sha256', random, fields))) },
    [{ code: 'wrong-hash', hash: 'SHA-256', form: 'hex' }],
  ],
  [
    'SHA-1 as upper-case hex',
    { text: hashed((random, fields) => Buffer.from(sha1(random, fields).toString('hex').toUpperCase())) },
    [{ code: 'wrong-hash', form: 'upper-hex' }],
  ],
  [
    'SHA-1 as base64',
    { text: hashed((random, fields) => Buffer.from(sha1(random, fields).toString('base64'))) },
    [{ code: 'wrong-hash', form: 'base64' }],
  ],
  [
    '20 digits of the SHA-1 as hex',
    { text: hashed((random, fields) => hexText(sha1(random, fields)).subarray(0, 20)) },
    [{ code: 'wrong-hash', hash: 'SHA-1', form: 'shortened' }],
  ],
  [
    '20 bytes of SHA-256',
    { text: hashed((random, fields) => digest('sha256', random, fields).subarray(0, 20)) },
    [{ code: 'wrong-hash', hash: 'SHA-256', form: 'shortened' }],
  ],
  [
    'HMAC-SHA-1 with the secret',
    { text: hashed((random, fields, secret) => hmac('sha1', secret, random, fields)) },
    [{ code: 'wrong-hash', hash: 'HMAC-SHA-1' }],
  ],
  [
    'HMAC-SHA-1 with the AES key',
    { text: hashed((random, fields, secret) => hmac('sha1', sha1(secret).subarray(0, 16), random, fields)) },
    [{ code: 'wrong-hash', hash: 'HMAC-SHA-1' }],
  ],
  [
    'HMAC-SHA-1 with the key and the text swapped',
    { text: hashed((random, fields, secret) => hmac('sha1', Buffer.concat([random, fields]), secret)) },
    [{ code: 'wrong-hash', hash: 'HMAC-SHA-1 (with the key and the text swapped)' }],
  ],
  [
    'HMAC-SHA-256',
    { text: hashed((random, fields, secret) => hmac('sha256', secret, random, fields)) },
    [{ code: 'wrong-hash', hash: 'HMAC-SHA-256' }],
  ],
  [
    'hash of the fields',
    { text: hashed((_, fields) => sha1(fields)) },
    [{ code: 'wrong-hash-input', input: 'fields' }],
  ],
  [
    'hash of the padded text',
    { text: (random, fields) => zeroPadded(random, fields) },
    [{ code: 'wrong-hash-input', input: 'padded' }],
  ],
  [
    'hash of the fields and then the random block',
    { text: hashed((random, fields) => sha1(fields, random)) },
    [{ code: 'wrong-hash-input', input: 'fields-then-random' }],
  ],
  [
    'hash of the random block',
    { text: hashed((random) => sha1(random)) },
    [{ code: 'wrong-hash-input', input: 'random' }],
  ],
  [
    'hash that also includes the secret',
    { text: hashed((random, fields, secret) => sha1(secret, random, fields)) },
    [{ code: 'wrong-hash-input', input: 'secret-and-all' }],
  ],
  [
    'hash of the secret and the fields',
    { text: hashed((_, fields, secret) => sha1(secret, fields)) },
    [{ code: 'wrong-hash-input', input: 'secret-and-fields' }],
  ],
  [
    'hash that also includes the start of the key',
    { text: hashed((random, fields) => sha1('v2|1234567|', random, fields)) },
    [{ code: 'wrong-hash-input', input: 'prefix-and-all' }],
  ],
  [
    'hash of fields that are not encoded',
    { text: hashed((random, fields) => sha1(random, decodeURIComponent(fields.toString()))) },
    [{ code: 'wrong-hash-input', input: 'decoded-fields' }],
  ],
  [
    'random block first',
    { text: (random, fields) => joinText(random, sha1(random, fields), fields) },
    [{ code: 'wrong-order' }],
  ],
  [
    'the hash after the fields',
    { text: (random, fields) => joinText(random, fields, sha1(random, fields)) },
    [{ code: 'wrong-order', hash: 'last' }],
  ],
  [
    'hex text of a hash after the fields, and no random block',
    { text: (_, fields) => joinText(fields, hexText(sha1(fields))) },
    [{ code: 'wrong-hash', form: 'hex' }, { code: 'wrong-order', hash: 'last' }, { code: 'missing-random' }],
  ],
  ['no hash', { text: (random, fields) => joinText(random, fields) }, [{ code: 'missing-hash' }]],
  [
    'neither hash nor random block',
    { text: (_, fields) => fields, fields: `${FIELDS}&_m=1` },
    [{ code: 'missing-hash' }, { code: 'missing-random' }],
  ],
  [
    'hex text of the SHA-1 as the key',
    keyed(SECRET, (secret) => hexText(sha1(secret)).subarray(0, 16)),
    [{ code: 'wrong-aes-key', source: 'sha1-hex' }],
  ],
  [
    'the secret as the key',
    keyed(SECRET, (secret) => Buffer.from(secret).subarray(0, 16)),
    [{ code: 'wrong-aes-key', source: 'secret' }],
  ],
  [
    'the secret, decoded from hex, as the key',
    keyed(SECRET, (secret) => Buffer.from(secret, 'hex')),
    [{ code: 'wrong-aes-key', source: 'secret-bytes' }],
  ],
  [
    'a short secret, filled with zeros, as the key',
    keyed('short', (secret) => zeroPad(Buffer.from(secret))),
    [{ code: 'wrong-aes-key', source: 'secret' }],
  ],
  [
    'MD5 of the secret as the key',
    keyed(SECRET, (secret) => digest('md5', secret)),
    [{ code: 'wrong-aes-key', source: 'md5' }],
  ],
  [
    'hex text of the MD5 as the key',
    keyed(SECRET, (secret) => hexText(digest('md5', secret)).subarray(0, 16)),
    [{ code: 'wrong-aes-key', source: 'md5-hex' }],
  ],
  [
    'SHA-256 as the key',
    keyed(SECRET, (secret) => digest('sha256', secret).subarray(0, 16)),
    [{ code: 'wrong-aes-key', source: 'sha256' }],
  ],
  [
    'SHA-1 of the decoded secret as the key',
    keyed(SECRET, (secret) => sha1(Buffer.from(secret, 'hex')).subarray(0, 16)),
    [{ code: 'wrong-aes-key', source: 'sha1-of-bytes' }],
  ],
  [
    'the last bytes of the SHA-1 as the key',
    keyed(SECRET, (secret) => sha1(secret).subarray(4)),
    [{ code: 'wrong-aes-key', source: 'sha1-end' }],
  ],
  [
    'AES-256 with the secret',
    { cipher: 'aes-256-cbc', key: (secret) => Buffer.from(secret) },
    [
      { code: 'wrong-aes-key', source: 'secret' },
      { code: 'wrong-cipher', cipher: 'AES-256-CBC' },
    ],
  ],
  [
    'AES-256 with SHA-256',
    { cipher: 'aes-256-cbc', key: (secret) => digest('sha256', secret) },
    [{ code: 'wrong-aes-key', source: 'sha256' }, { code: 'wrong-cipher' }],
  ],
  [
    'AES-256 with the SHA-1, filled with zeros',
    { cipher: 'aes-256-cbc', key: (secret) => joinText(sha1(secret), Buffer.alloc(12)) },
    [{ code: 'wrong-cipher', cipher: 'AES-256-CBC' }],
  ],
  [
    'AES-192',
    { cipher: 'aes-192-cbc', key: (secret) => joinText(sha1(secret), Buffer.alloc(4)) },
    [{ code: 'wrong-cipher', cipher: 'AES-192-CBC' }],
  ],
  ['ECB', { cipher: 'aes-128-ecb', iv: () => null }, [{ code: 'wrong-cipher', cipher: 'AES-128-ECB' }]],
  ['CFB', { cipher: 'aes-128-cfb' }, [{ code: 'wrong-cipher', cipher: 'AES-128-CFB' }]],
  ['CFB8', { cipher: 'aes-128-cfb8' }, [{ code: 'wrong-cipher', cipher: 'AES-128-CFB8' }]],
  ['OFB', { cipher: 'aes-128-ofb' }, [{ code: 'wrong-cipher', cipher: 'AES-128-OFB' }]],
  [
    'CTR without padding',
    { cipher: 'aes-128-ctr', pad: (text) => text },
    [{ code: 'wrong-cipher', cipher: 'AES-128-CTR' }],
  ],
  ['a random IV in front', { iv: () => randomBytes(16), seal: prepended }, [{ code: 'wrong-iv', iv: 'prepended' }]],
  [
    'a random IV in front, CTR',
    { cipher: 'aes-128-ctr', iv: () => randomBytes(16), seal: prepended },
    [{ code: 'wrong-cipher' }, { code: 'wrong-iv', iv: 'prepended' }],
  ],
  ['the key as the IV', { iv: (key) => key }, [{ code: 'wrong-iv', iv: 'key' }]],
  [
    'the random block as the IV',
    { iv: () => Buffer.from('00112233445566778899aabbccddeeff', 'hex') },
    [{ code: 'wrong-iv', iv: 'random-block' }],
  ],
  ['the text 0 as the IV', { iv: () => Buffer.alloc(16, '0') }, [{ code: 'wrong-iv', iv: 'text-zeros' }]],
  [
    'the start of the secret as the IV',
    { iv: () => Buffer.from(SECRET).subarray(0, 16) },
    [{ code: 'wrong-iv', iv: 'secret' }],
  ],
  ['a lost IV', { iv: () => randomBytes(16) }, [{ code: 'wrong-iv', iv: 'other' }]],
  [
    'base64 of the encrypted part',
    { pad: pkcs7, seal: (sealed) => Buffer.from(sealed.toString('base64')) },
    [{ code: 'ciphertext-as-text', encoding: 'base64' }, { code: 'wrong-padding' }],
  ],
  ['hex of the encrypted part', { seal: hexText }, [{ code: 'ciphertext-as-text', encoding: 'hex' }]],
  [
    'UTF-8 of a string of bytes',
    { seal: (sealed) => Buffer.from(sealed.toString('latin1'), 'utf8') },
    [{ code: 'ciphertext-as-text', encoding: 'utf-8' }],
  ],
  [
    'a secret with a line end',
    { key: (secret) => sha1(`${secret}\n`).subarray(0, 16) },
    [{ code: 'wrong-secret-text', text: 'line-end' }],
  ],
  [
    'a secret in UTF-16',
    { key: (secret) => sha1(Buffer.from(secret, 'utf16le')).subarray(0, 16) },
    [{ code: 'wrong-secret-text', text: 'utf-16' }],
  ],
  [
    'a secret in upper case',
    { key: (secret) => sha1(secret.toUpperCase()).subarray(0, 16) },
    [{ code: 'wrong-secret-text', text: 'upper-case' }],
  ],
  [
    'several mistakes',
    {
      pad: pkcs7,
      key: (secret) => hexText(sha1(secret)).subarray(0, 16),
      text: hashed((random, fields) => hexText(sha1(random, fields))),
    },
    [{ code: 'wrong-aes-key' }, { code: 'wrong-padding' }, { code: 'wrong-hash', form: 'hex' }],
  ],
];

function zeroPadded(random: Buffer, fields: Buffer): Buffer {
  const length = 20 + random.length + fields.length;
  const behind = Buffer.concat([random, fields, Buffer.alloc((16 - (length % 16)) % 16)]);
  return Buffer.concat([sha1(behind), behind]);
}

describe('a version 2 key with', () => {
  test.each(V2_CASES)('%s', (_what, options, problems) => {
    const explanation = explained(wrongV2(options), options.secret);
    expect(explanation.problems).toMatchObject(problems);
    expect(explanation).toMatchObject({ signature: 'invalid', madeWith: { from: 'prompt' } });
    expect(explanation.problems.map(({ code }) => code)).not.toContain('signature-invalid');
  });

  test('a hash after the fields, which is not a part of the user ID', () => {
    const text = (random: Buffer, fields: Buffer) => joinText(random, fields, sha1(random, fields));
    for (const pad of [zeroPad, pkcs7]) {
      expect(explained(wrongV2({ text, pad })).facts).toMatchObject({ userId: 'jo@example.com' });
    }
  });

  test('a passphrase, as used by CryptoJS and openssl', () => {
    const salt = randomBytes(8);
    let made = Buffer.alloc(0);
    let block = Buffer.alloc(0);
    while (made.length < 48) {
      block = Buffer.from(digest('md5', block, SECRET, salt));
      made = Buffer.concat([made, block]);
    }
    const cipher = createCipheriv('aes-256-cbc', made.subarray(0, 32), made.subarray(32));
    const random = randomBytes(16);
    const sealed = Buffer.concat([
      cipher.update(Buffer.concat([sha1(random, FIELDS), random, Buffer.from(FIELDS)])),
      cipher.final(),
    ]);
    const ks = Buffer.concat([Buffer.from('v2|1234567|Salted__'), salt, sealed]).toString('base64');
    expect(explained(ks).problems).toMatchObject([
      { code: 'wrong-aes-key', source: 'passphrase' },
      { code: 'wrong-cipher' },
      { code: 'wrong-padding' },
    ]);
    const unread = explainKs(new Secret(ks.replace(/./s, 'd')), given(new Secret('1'.repeat(32))));
    expect(unread).toMatchObject({ explanation: { madeWith: null, problems: [{ code: 'wrong-aes-key' }] } });
  });

  test.each([
    ['no random block', Buffer.alloc(0), 'missing-random'],
    ['a random block of 32 hex digits', Buffer.from('0123456789abcdef0123456789abcdef'), 'wrong-random-length'],
    ['a random number as text', Buffer.from('48151623'), 'wrong-random-length'],
    ['a random block of 8 bytes', Buffer.from('00112233445566ff', 'hex'), 'wrong-random-length'],
    ['a random block of 20 bytes', Buffer.alloc(20, 0xff), 'wrong-random-length'],
  ])('%s, which the server verifies and misreads', (_what, random, code) => {
    const explanation = explained(wrongV2({ random }));
    expect(explanation.signature).toBe('valid');
    expect(explanation.problems[0]).toMatchObject({ code });
  });

  test.each([
    ['json', '{"expiry":2000000000,"type":0,"user":"jo"}'],
    ['version-1', INFO],
  ])('fields in the format %s, which the server cannot read', (format, fields) => {
    const explanation = explained(wrongV2({ fields }));
    expect(explanation.problems).toMatchObject([{ code: 'wrong-field-format', format }]);
    expect(isRefused(explanation)).toBe(true);
  });

  test('a changed character', () => {
    const ks = wrongV2({ fields: `sview=0_abc12345&setrole=PLAYBACK_BASE_ROLE&${FIELDS}` });
    const at = 60;
    const changed = `${ks.slice(0, at)}${ks[at] === 'A' ? 'B' : 'A'}${ks.slice(at + 1)}`;
    expect(explained(changed).problems[0]).toMatchObject({ code: 'hash-mismatch' });
  });
});

const V1_CASES: readonly (readonly [
  what: string,
  signature: string | Buffer,
  problems: readonly Partial<KsProblem>[],
])[] = [
  ['MD5', digest('md5', SECRET, INFO).toString('hex'), [{ code: 'wrong-signature-length', length: 32, hash: 'MD5' }]],
  ['SHA-256', digest('sha256', SECRET, INFO).toString('hex'), [{ code: 'wrong-signature-length', hash: 'SHA-256' }]],
  [
    'SHA-256, cut to 40 digits',
    digest('sha256', SECRET, INFO).toString('hex').slice(0, 40),
    [{ code: 'wrong-hash', hash: 'SHA-256', form: 'shortened' }],
  ],
  ['HMAC-SHA-1', hmac('sha1', SECRET, INFO).toString('hex'), [{ code: 'wrong-hash', hash: 'HMAC-SHA-1' }]],
  [
    'HMAC-SHA-1 with the key and the text swapped',
    hmac('sha1', INFO, SECRET).toString('hex'),
    [{ code: 'wrong-hash', hash: 'HMAC-SHA-1 (with the key and the text swapped)' }],
  ],
  [
    'HMAC-SHA-256',
    hmac('sha256', SECRET, INFO).toString('hex'),
    [{ code: 'wrong-signature-length' }, { code: 'wrong-hash', hash: 'HMAC-SHA-256' }],
  ],
  ['the secret last', sha1(INFO, SECRET).toString('hex'), [{ code: 'wrong-hash-input', input: 'secret-last' }]],
  [
    'a ; after the secret',
    sha1(SECRET, ';', INFO).toString('hex'),
    [{ code: 'wrong-hash-input', input: 'secret-separated' }],
  ],
  ['upper-case hex', sha1(SECRET, INFO).toString('hex').toUpperCase(), [{ code: 'upper-case-signature' }]],
  ['raw bytes', sha1(SECRET, INFO), [{ code: 'signature-not-hex' }]],
  ['base64', sha1(SECRET, INFO).toString('base64'), [{ code: 'signature-not-hex' }]],
  [
    'the fields in base64',
    sha1(SECRET, Buffer.from(INFO).toString('base64')).toString('hex'),
    [{ code: 'wrong-hash-input', input: 'encoded-text' }],
  ],
  [
    'fewer fields',
    sha1(SECRET, INFO.slice(0, -1)).toString('hex'),
    [{ code: 'wrong-hash-input', input: 'part-of-the-fields' }],
  ],
  [
    'the SHA-1 of the secret',
    sha1(sha1(SECRET).toString('hex'), INFO).toString('hex'),
    [{ code: 'wrong-hash-input', input: 'hash-of-the-secret' }],
  ],
  [
    'the decoded secret',
    sha1(Buffer.from(SECRET, 'hex'), INFO).toString('hex'),
    [{ code: 'wrong-hash-input', input: 'secret-as-bytes' }],
  ],
  ['a line end after the secret', sha1(SECRET, '\n', INFO).toString('hex'), [{ code: 'wrong-hash-input' }]],
  ['the secret in quotes', sha1(`"${SECRET}"`, INFO).toString('hex'), [{ code: 'wrong-secret-text', text: 'quotes' }]],
];

describe('a version 1 key with a signature of', () => {
  test.each(V1_CASES)('%s', (_what, signature, problems) => {
    const explanation = explained(v1Key(signature));
    expect(explanation.problems).toMatchObject(problems);
    expect(explanation).toMatchObject({ signature: 'invalid', madeWith: { from: 'prompt' }, facts: { userId: 'jo' } });
  });

  test('only the fields is not reported as created with the secret', () => {
    const explanation = explained(v1Key(sha1(INFO).toString('hex')));
    expect(explanation.problems).toMatchObject([{ code: 'wrong-hash-input', input: 'no-secret' }]);
    expect(explanation.madeWith).toBeNull();
  });
});

const HEX_32 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));

describe('a key of another secret', () => {
  const fields = fc.record({
    partnerId: fc.constant(2345678),
    type: fc.constantFrom(0, 2),
    expiresAt: fc.integer({ min: 1_700_000_000, max: 2_000_000_000 }),
    userId: fc.string({ maxLength: 40 }).filter((text) => !text.includes(';')),
    privileges: fc.constantFrom('', 'sview:0_abc12345', '*', 'list:*,edit:0_abc12345,setrole:PLAYBACK_BASE_ROLE'),
  });

  test('is never recognized as created by faulty code with this secret', () => {
    fc.assert(
      fc.property(fields, HEX_32, HEX_32, fc.constantFrom(1, 2), (key, signer, other, version) => {
        fc.pre(signer !== other);
        const secret = new Secret(signer);
        const ks = version === 1 ? signKsV1(key, secret, '12345') : signKsV2(key, secret, randomBytes(16));
        const explanation = explained(ks, other);
        expect(explanation).toMatchObject({ signature: 'invalid', madeWith: null });
        expect(explanation.problems[0]).toEqual({ kind: 'text', code: 'signature-invalid' });
      }),
      { numRuns: runs(300) },
    );
  });

  test.each(V2_CASES.slice(0, 40).filter((_, index) => index % 4 === 0))(
    'is not recognized if it was built with %s',
    (_what, options) => {
      const explanation = explained(wrongV2(options), 'fedcba9876543210fedcba9876543210');
      expect(explanation.madeWith).toBeNull();
    },
  );
});

test('recognizes lost bytes in an encrypted part that was converted to UTF-8', () => {
  const ks = wrongV2({ seal: (sealed) => Buffer.from(sealed.toString('utf8'), 'utf8') });
  expect(explained(ks).problems).toMatchObject([{ code: 'ciphertext-as-text', encoding: 'lost' }]);
});

test('reports no problems of the fields in a damaged key', () => {
  const ks = wrongV2();
  const bytes = Buffer.from(ks, 'base64url');
  bytes[11 + 20] = (bytes[11 + 20] as number) ^ 1;
  expect(explained(bytes.toString('base64')).problems).toMatchObject([{ code: 'hash-mismatch' }]);
});

test('recognizes fields that are not encrypted', () => {
  const fields = Buffer.from(FIELDS);
  for (const text of [fields, Buffer.concat([sha1(ZEROS, fields), ZEROS, fields])]) {
    const ks = Buffer.concat([Buffer.from('v2|1234567|'), text]).toString('base64');
    expect(explained(ks).problems).toMatchObject([{ code: 'not-encrypted' }]);
  }
});

test('reads bytes as Python prints them', () => {
  const printed = (bytes: Buffer): Buffer =>
    Buffer.from(`b'${[...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'`);
  const { problems, facts } = explained(wrongV2({ seal: printed }));
  expect(problems).toMatchObject([{ code: 'ciphertext-as-text', encoding: 'python' }]);
  expect(facts?.userId).toBe('jo@example.com');
});

test.each([
  ['base64', ZEROS.toString('base64'), 24],
  ['a UUID', '6fa459ea-ee8a-3ca4-894e-db77e160355e', 36],
  ['40 hex digits', digest('sha1', 'x').toString('hex'), 40],
])('recognizes random bytes as %s, which are too long', (_what, random, length) => {
  const { problems } = explained(wrongV2({ random: Buffer.from(random) }));
  expect(problems).toMatchObject([{ code: 'wrong-random-length', length }]);
});

describe('a version 1 key from a shell script with', () => {
  const signature = (text: string): string => sha1(SECRET, text).toString('hex');

  test.each([
    [
      'a line break in the hash only',
      signature(`${INFO}\n`),
      INFO,
      { code: 'wrong-hash-input', input: 'line-end-added' },
    ],
    [
      'a line break in the key only',
      signature(INFO),
      `${INFO}\n`,
      { code: 'wrong-hash-input', input: 'line-end-missing' },
    ],
    ['the output of sha1sum', `${signature(INFO)}  -`, INFO, { code: 'text-after-signature' }],
    ['a file name of sha1sum', `${signature(INFO)} *info.txt`, INFO, { code: 'text-after-signature' }],
  ])('%s', (_what, written, info, problem) => {
    const explanation = explained(v1Key(written, info));
    expect(explanation.problems).toMatchObject([problem]);
    expect(explanation.madeWith).not.toBeNull();
  });
});

test.each([
  ['byte-order-mark', `\uFEFF${SECRET}`],
  ['base64', Buffer.from(SECRET).toString('base64')],
  ['base64', Buffer.from(`${SECRET}\n`).toString('base64')],
  ['shortened', SECRET.slice(0, -1)],
  ['shortened', SECRET.slice(1)],
  ['repeated', `${SECRET}${SECRET}`],
  ['spaces', `${SECRET}\t`],
  ['spaces', `${SECRET}\u00A0`],
])('recognizes the secret in another form: %s', (text, used) => {
  expect(explained(wrongV2({ secret: used })).problems).toMatchObject([{ code: 'wrong-secret-text', text }]);
  const signature = digest('sha1', used, INFO).toString('hex');
  expect(explained(v1Key(signature)).problems).toMatchObject([{ code: 'wrong-secret-text', text }]);
});

test.each([
  ['utf-16', Buffer.from(FIELDS, 'utf16le')],
  ['json', Buffer.from("{'_e': 2000000000, '_t': 0, '_u': 'jo'}")],
  ['json', Buffer.from('{\n "_e": 2000000000,\n "_t": 0,\n "_u": "jo"\n}')],
])('recognizes the fields in another format: %s', (format, fields) => {
  const text = (random: Buffer): Buffer => Buffer.concat([sha1(random, fields), random, fields]);
  const { problems } = explained(wrongV2({ text }));
  expect(problems).toContainEqual({ kind: 'build', code: 'wrong-field-format', format });
  expect(problems.filter(({ code }) => code === 'hash-mismatch' || code === 'signature-invalid')).toEqual([]);
});

test('recognizes the name of the hash before the signature, as openssl prints it', () => {
  const printed = `SHA1(stdin)= ${digest('sha1', SECRET, INFO).toString('hex')}`;
  expect(explained(v1Key(printed)).problems).toMatchObject([{ code: 'text-after-signature' }]);
});
