import { describe, expect, test } from 'vitest';
import { readPastedError } from '../../../source/kaltura/diagnosis/pasted-error.js';
import { Secret } from '../../../source/kaltura/secret.js';
import vectors from '../../fixtures/ks-vectors.json' with { type: 'json' };

const read = (text: string) => readPastedError(new Secret(text));
const KEYS = vectors.vectors.map(({ ks }) => ks);

describe('a pasted text', () => {
  test.each([
    ['', 'empty'],
    [' \n', 'empty'],
    [KEYS[0] ?? '', 'key'],
    ['0123456789abcdef0123456789abcdef', 'secret'],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'html'],
    ['hello', 'none'],
  ])('without an error says why: %j', (text, reason) => {
    expect(read(text)).toMatchObject({ errors: [], reason });
  });

  test('can contain an error and a key', () => {
    const found = read(`ks=${KEYS[0]} {"code":"CATEGORY_NOT_FOUND"}`);
    expect(found).toMatchObject({ reason: null, hasKey: true, hasSecret: true });
    expect(found.errors.map(({ code }) => code)).toEqual(['CATEGORY_NOT_FOUND']);
  });
});

describe('a text must be hidden', () => {
  test.each(KEYS)('if it contains a key: %#', (ks) => {
    for (const text of [
      ks,
      `{"ks":"${ks}","code":"INVALID_KS"}`,
      `https://x.example.com/?ks=${ks}&a=1`,
      `INVALID_KS ${ks.slice(0, 60)}`,
    ]) {
      expect(read(text).hasSecret).toBe(true);
    }
  });

  test.each([
    'secret=0123456789abcdef0123456789abcdef',
    'START_SESSION_ERROR for 0123456789ABCDEF0123456789ABCDEF!',
    'x0123456789abcdef0123456789abcdefx',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'the first half is 0123456789abcdef',
  ])('if it contains what looks like a secret: %s', (text) => {
    expect(read(text).hasSecret).toBe(true);
  });

  test.each([
    'CATEGORY_NOT_FOUND',
    'Entry id "0_abc12345" not found',
    '{"code":"INVALID_KS","message":"Invalid KS \\"EXPIRED\\", Error \\"-8,EXPIRED\\"","objectType":"KalturaAPIException","args":{"KSID":""}}',
    '<xml><result><error><code>ENTRY_ID_NOT_FOUND</code></error></result><executionTime>0.0123</executionTime></xml>',
    'PROPERTY_VALIDATION_NO_INSERT_PERMISSION',
  ])('but not an ordinary answer: %s', (text) => {
    expect(read(text).hasSecret).toBe(false);
  });
});
