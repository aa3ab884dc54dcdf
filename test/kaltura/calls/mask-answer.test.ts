import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatJsonText, valueAt } from '../../../source/kaltura/calls/answer-text.js';
import { DEEPEST_JSON, jsonTokens, TooDeepError } from '../../../source/kaltura/calls/json-tokens.js';
import { maskAnswer } from '../../../source/kaltura/calls/mask-answer.js';
import { Secret } from '../../../source/kaltura/secret.js';

/** Looks like a key of version 2: the partner ID is readable, the rest is encrypted. */
const KS = Buffer.from(`v2|102|${'x'.repeat(60)}`).toString('base64url');
const V1 = Buffer.from(`${'a'.repeat(40)}|102;102;1893456000;0;1;jane;;;`).toString('base64');

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAQ==\n-----END RSA PRIVATE KEY-----';

const mask = (json: string, sent: readonly Secret[] = [], showsSecrets = false) =>
  maskAnswer(json, { sent, showsSecrets }).text;

describe('an answer without secrets', () => {
  test('is unchanged, including escape codes and white space', () => {
    const json =
      '{ "name" : "A\\/B \\u00e9 \\"x\\"", "id":12345678901234567890,\n "list":[ ], "ok":true, "none":null }\n';
    expect(maskAnswer(json, { sent: [], showsSecrets: false })).toEqual({ text: json, count: 0 });
  });

  test('of any shape is the sequence of its JSON tokens', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect([...jsonTokens(text)].map((token) => token.text).join('')).toBe(text);
        expect(formatJsonText(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });
});

describe('secrets', () => {
  test('are masked by the name of their field, at any depth', () => {
    const json =
      '{"objects":[{"id":"0_a","token":"abc","objectType":"KalturaAppToken"},{"account":{"adminSecret":"s1","secret":"s2","name":"x"}}],"password":123,"secrets":["a",{"b":"c"}],"ks":""}';
    expect(mask(json)).toBe(
      '{"objects":[{"id":"0_a","token":"[secret]","objectType":"KalturaAppToken"},{"account":{"adminSecret":"[secret]","secret":"[secret]","name":"x"}}],"password":"[secret]","secrets":["[secret]",{"b":"[secret]"}],"ks":""}',
    );
  });

  test('with an escaped name are masked too', () => {
    expect(mask('{"admin\\u0053ecret":"s1"}')).toBe('{"admin\\u0053ecret":"[secret]"}');
  });

  test.each([
    ['a bare key', KS, '[secret]'],
    ['a bare key of version 1', V1, '[secret]'],
    ['a key in a path', `https://x.example/p/102/ks/${KS}/a.mp4`, 'https://x.example/p/102/ks/[secret]/a.mp4'],
    ['a key in a query', `https://x.example/?a=1&ks=${V1}&b=2`, 'https://x.example/?a=1&ks=[secret]&b=2'],
    ['a key of version 1 in a sentence', `your key is ${V1}.`, 'your key is [secret].'],
    ['JSON', '{"a":"b","adminSecret":"s1"}', '{"a":"b","adminSecret":"[secret]"}'],
    ['JSON in JSON', '[{"x":"{\\"adminSecret\\":\\"s1\\"}"}]', '[{"x":"{\\"adminSecret\\":\\"[secret]\\"}"}]'],
    ['JSON in a sentence', 'sent {"id":1,"secret": "s 1"} twice', 'sent {"id":1,"secret": [secret]} twice'],
    [
      'URL parameters',
      'https://x.example/?token=abc&a=1&adminSecret=s1#x',
      'https://x.example/?token=[secret]&a=1&adminSecret=[secret]#x',
    ],
    [
      'an encoded URL',
      'u=https%3A%2F%2Fx.example%3Ftoken%3Dabc%26a%3D1',
      'u=https%3A%2F%2Fx.example%3Ftoken%3D[secret]%26a%3D1',
    ],
    ['a nested URL parameter', '?partner%5BadminSecret%5D=s1&a=1', '?partner%5BadminSecret%5D=[secret]&a=1'],
    ['XML', '<a><secret>s 1</secret><id>1</id></a>', '<a><secret>[secret]</secret><id>1</id></a>'],
    ['XML with CDATA', '<x:token type="y"><![CDATA[s1]]></x:token>', '<x:token type="y">[secret]</x:token>'],
    ['escaped XML', '&lt;secret&gt;s1&lt;/secret&gt;', '&lt;secret&gt;[secret]&lt;/secret&gt;'],
    ['a header', 'authorization: Bearer abc.def', 'authorization: Bearer [secret]'],
    ['a key in a sentence', `your key is ${KS}==.`, 'your key is [secret].'],
    ['a private key', `a ${PEM} b`, 'a [secret] b'],
    ['a part of a private key', PEM.slice(0, 50), '[secret]'],
    ['a password in a URL', 'sftp://joe:p@ss@h.example:22/a?x=1', 'sftp://joe:[secret]@h.example:22/a?x=1'],
    ['a password without a user in a URL', 'redis://:pw@h.example', 'redis://:[secret]@h.example'],
    ['a password in an encoded URL', 'u=ftp%3A%2F%2Fjoe%3Apw%40h.example', 'u=ftp%3A%2F%2Fjoe%3A[secret]%40h.example'],
  ])('in texts: %s', (_, text, masked) => {
    expect(JSON.parse(mask(JSON.stringify({ url: text })))).toEqual({ url: masked });
  });

  test.each([
    'https://x.example/?uploadTokenId=0_a&tokenId=1&appTokenId=b',
    'Forgot the password: see the help',
    '<tokenId>1</tokenId>',
    '{"uploadTokenId":"0_a"}',
    'the bearer of the secret',
    'https://h.example:8443/a@b?c=d@e',
    'joe@h.example: see http://h.example',
    '-----BEGIN CERTIFICATE----- abc',
  ])('are not in %s', (text) => expect(mask(JSON.stringify({ text }))).toBe(JSON.stringify({ text })));

  // docs/kaltura-facts.md 8a.
  test.each([
    'storagePassword',
    'passPhrase',
    'secretAccessKey',
    'sftpPrivateKey',
    'ftpPass',
    'apikey',
    'googleTokenData',
    'sslKey',
    'signingKey',
    'keySeed',
    'salt',
    'srtPass',
    'streamKey',
    'captionToken',
    'encryptedSeed',
    'webhookRegistrationToken',
  ])('are the value of %s', (name) => expect(mask(JSON.stringify({ [name]: 'a1' }))).toBe(`{"${name}":"[secret]"}`));

  test.each(['publicKey', 'storageUsername', 'keyPairId', 'twoPass', 'nextPageToken', 'queueKey', 'key'])(
    'are not the value of %s',
    (name) => expect(mask(JSON.stringify({ [name]: 'a1' }))).toBe(`{"${name}":"a1"}`),
  );

  test('are the keys of URL tokenizers and Widevine, but not of other pairs', () => {
    const json = (key: string) =>
      `{"objects":[{"tokenizer":{"key":"${key}","objectType":"KalturaUrlTokenizerLevel3"},"objectType":"KalturaDeliveryProfile"},{"objectType":"KalturaWidevineProfile","key":"${key}"},{"key":"a","objectType":"KalturaKeyValue"}]}`;
    expect(mask(json('s1'))).toBe(json('[secret]'));
  });

  test('in the name of a field are masked', () => {
    expect(mask(JSON.stringify({ [KS]: 1 }))).toBe('{"[secret]":1}');
  });

  test('are shown on request, except the secrets that were sent', () => {
    const json = JSON.stringify({ adminSecret: 's1', other: `key ${KS}` });
    expect(mask(json, [], true)).toBe(json);
    expect(mask(json, [new Secret(KS)], true)).toBe('{"adminSecret":"s1","other":"key [secret]"}');
  });

  test('that were sent are masked in nested JSON, also if escaped', () => {
    const json = JSON.stringify({ text: JSON.stringify({ name: 's"1', adminSecret: 's2' }) });
    const masked = JSON.stringify({ text: JSON.stringify({ name: '[secret]', adminSecret: 's2' }) });
    expect(mask(json, [new Secret('s"1')], true)).toBe(masked);
  });

  test('are never left in the answer, whatever surrounds them', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.constantFrom('secret', 'adminSecret', 'token', 'ks'),
        (value, name) => {
          const json = JSON.stringify({ before: value, list: [{ [name]: 'planted-value' }], after: value });
          const masked = JSON.parse(mask(json));
          expect(JSON.stringify(masked.list)).not.toContain('planted-value');
        },
      ),
    );
  });
});

test('refuses an answer with too many levels', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(mask(nested(DEEPEST_JSON))).toBe(nested(DEEPEST_JSON));
  expect(() => mask(nested(DEEPEST_JSON + 1))).toThrow(TooDeepError);
  expect(() => mask(nested(200_000))).toThrow(TooDeepError);
});

describe('one value', () => {
  const json =
    '{"objects":[{"id":"0_a","n":1.50},{"id":"0_b" , "x":{"y":[ ]}}],"totalCount":12345678901234567890,"a":{},"b":2}';
  test.each([
    ['objects.0.id', '"0_a"'],
    ['objects.0.n', '1.50'],
    ['objects.1', '{"id":"0_b" , "x":{"y":[ ]}}'],
    ['objects.1.x.y', '[ ]'],
    ['totalCount', '12345678901234567890'],
    ['a', '{}'],
    ['b', '2'],
  ])('%s is %s', (path, value) => expect(valueAt(json, path.split('.'))).toBe(value));

  test.each(['objects.2', 'objects.0.x', 'object', 'b.c', 'a.0', 'objects.id'])('%s is missing', (path) =>
    expect(valueAt(json, path.split('.'))).toBeNull(),
  );

  test('is the same as in the parsed answer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 }), (object) => {
        const text = JSON.stringify(object);
        for (const name of Object.keys(JSON.parse(text) as object)) {
          expect(JSON.parse(valueAt(text, [name]) ?? 'x')).toEqual((JSON.parse(text) as Record<string, unknown>)[name]);
        }
      }),
    );
  });
});
