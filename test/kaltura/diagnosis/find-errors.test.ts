import { describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCodeId, KS_REASONS } from '../../../source/kaltura/diagnosis/error-codes.js';
import { findErrors } from '../../../source/kaltura/diagnosis/find-errors.js';
import accounts from '../../fixtures/accounts-and-tokens.json' with { type: 'json' };
import entitlement from '../../fixtures/entitlement.json' with { type: 'json' };
import others from '../../fixtures/recordings.json' with { type: 'json' };

interface Recording {
  readonly name: string;
  readonly request: { readonly path: string };
  readonly response: { readonly body: string };
}

const recordings: readonly Recording[] = [...accounts, ...entitlement, ...others];

/** The error codes in a recorded answer, read without the code under test. */
function codesIn(body: string): readonly string[] {
  const plain = body.replaceAll('\\"', '"');
  const codeFields = /"code":"([A-Z_]+)"|<code>([A-Z_]+)<\/code>|"code";s:\d+:"([A-Z_]+)"/g;
  return [...new Set([...plain.matchAll(codeFields)].map(([, json, xml, php]) => json ?? xml ?? php ?? ''))].sort();
}

const codesOf = (text: string): readonly string[] => [...new Set(findErrors(text).map(({ code }) => code))].sort();

const withErrors = recordings.filter(({ response }) => codesIn(response.body).length > 0);

describe('recorded answers', () => {
  test('include all formats', () => {
    const bodies = withErrors.map(({ response }) => response.body);
    for (const form of [/^\{/, /^\[/, /^<\?xml/, /^[a-z]:\d/, /^\w+\(/]) {
      expect(bodies.some((body) => form.test(body))).toBe(true);
    }
  });

  test('give all their errors, each with an explanation', () => {
    for (const { name, response } of withErrors) {
      expect(codesOf(response.body), name).toEqual(codesIn(response.body));
      for (const { id } of findErrors(response.body)) expect(id, name).not.toBeNull();
    }
  });

  test('give the same errors within a curl transcript or a log line', () => {
    for (const { name, request, response } of withErrors) {
      const transcript = `> POST ${request.path} HTTP/1.1\n> Accept: */*\n\n< HTTP/1.1 200 OK\n< X-Me: PA_1\n\n${response.body}\n`;
      expect(codesOf(transcript), name).toEqual(codesIn(response.body));
      const line = `2026-11-27 12:00:00 ERROR [KALTURA_CLIENT] ${JSON.stringify(response.body)}`;
      expect(codesOf(line), name).toEqual(codesIn(response.body));
    }
  });

  test('are recognized by their message alone', () => {
    const messages = new Map<string, string>();
    for (const { response } of withErrors) {
      const parsed = /"code":"([A-Z_]+)","message":"((?:[^"\\]|\\.)*)"/.exec(response.body);
      if (parsed !== null) messages.set(JSON.parse(`"${parsed[2]}"`), parsed[1] ?? '');
    }
    expect(messages.size).toBeGreaterThan(40);
    for (const [message, code] of messages) expect(codesOf(message), message).toEqual([code]);
  });

  test('without an error give none', () => {
    const fine = recordings.filter(({ response }) => !/"code"|<code>|KS required/.test(response.body));
    expect(fine.length).toBeGreaterThan(100);
    for (const { name, response } of fine) expect(findErrors(response.body), name).toEqual([]);
  });
});

const idOf = (text: string) => findErrors(text)[0]?.id ?? null;

describe('a pasted text', () => {
  test.each([
    ['{"code":"CATEGORY_NOT_FOUND","message":"Category id \\"8\\" not found","args":{"ID":"8"}}', '8'],
    ['Error: Category id "8" not found', '8'],
    ['Category id 8 not found', '8'],
    ['Entry id "0_abcd1234" not found', '0_abcd1234'],
    ['Category id "djJ8MTIzNHxzZWNyZXQ" not found', null],
  ])('gives the ID of the object if it has the form of an ID: %s', (text, id) => {
    expect(findErrors(text)[0]?.objectId).toBe(id);
  });

  test('gives the partner ID', () => {
    expect(findErrors('Error while starting session for partner [2345678]')[0]?.partnerId).toBe('2345678');
  });

  test.each(Object.keys(KS_REASONS))('gives the reason %s of INVALID_KS', (reason) => {
    const text = `{"code":"INVALID_KS","message":"Invalid KS \\"${reason}\\"","args":{"KSID":"${reason}","ERR_DESC":"INVALID_STR"}}`;
    expect(findErrors(text)).toMatchObject([{ code: 'INVALID_KS', id: reason }]);
    expect(idOf(`Invalid KS "${reason}", Error "-1,INVALID_STR"`)).toBe(reason);
  });

  test.each([
    ['category_not_found', 'CATEGORY_NOT_FOUND'],
    ['"category not found"', 'CATEGORY_NOT_FOUND'],
    ['CategoryNotFound', 'CATEGORY_NOT_FOUND'],
    ['logout', 'LOGOUT'],
    ['KalturaAPIException: Category not found (CATEGORY_NOT_FOUND)', 'CATEGORY_NOT_FOUND'],
    ['< X-Kaltura: error- UNKNOWN_RESPONSE_FORMAT', 'UNKNOWN_RESPONSE_FORMAT'],
    ["KalturaException(code='SERVICE_FORBIDDEN')", 'SERVICE_FORBIDDEN'],
    ["{'code': 'SERVICE_FORBIDDEN'}", 'SERVICE_FORBIDDEN'],
    ['[code:protected] => SERVICE_FORBIDDEN', 'SERVICE_FORBIDDEN'],
    ['["code":protected]=>\n  string(17) "SERVICE_FORBIDDEN"', 'SERVICE_FORBIDDEN'],
    ['s:7:"\0*\0code";s:17:"SERVICE_FORBIDDEN";', 'SERVICE_FORBIDDEN'],
    ['&lt;code&gt;SERVICE_FORBIDDEN&lt;/code&gt;', 'SERVICE_FORBIDDEN'],
    ['SERVICE_FORBIDDEN\r\n', 'SERVICE_FORBIDDEN'],
  ] satisfies [string, ErrorCodeId][])('is recognized: %j', (text, id) => {
    expect(idOf(text)).toBe(id);
  });

  test('gives similar codes for a misspelt one', () => {
    expect(findErrors('CATEGRY_NOT_FOUND')).toMatchObject([{ id: null, similar: ['CATEGORY_NOT_FOUND'] }]);
    expect(findErrors('PLAYLIST_NOT_FOUND')[0]?.similar).toContain('CATEGORY_NOT_FOUND');
    expect(findErrors('FROBNICATION_DENIED')[0]?.similar).toEqual([]);
  });

  test.each(['CATEGORY_NOT_FOUNDn', 'categry_not_found', 'Categroy not found', 'category.not_fond', 'CategoryNotFoud'])(
    'gives similar codes for a misspelt one in another format: %s',
    (text) => {
      expect(findErrors(text)).toMatchObject([{ id: null, similar: ['CATEGORY_NOT_FOUND'] }]);
    },
  );

  test('gives each error of a multirequest once', () => {
    const text =
      '[{"code":"INVALID_KS","message":""},{"id":1},{"code":"SERVICE_FORBIDDEN"},{"code":"SERVICE_FORBIDDEN"}]';
    expect(codesOf(text)).toEqual(['INVALID_KS', 'SERVICE_FORBIDDEN']);
    expect(findErrors(text)).toHaveLength(2);
  });

  test('gives no error for the name of an object property', () => {
    for (const text of ['constructor', '__proto__', 'toString', '{"code":"__proto__"}']) {
      expect(findErrors(text)).toEqual([]);
    }
  });

  test('can be long and repeat the start of an error', () => {
    for (const unit of ['code', 'code":"', 'A_', '"', '\\', 'Invalid KS "', 'invalid ks ', 'entry id ', 'code => ']) {
      expect(findErrors(unit.repeat(100_000 / unit.length)).length).toBeLessThan(2);
    }
  });
});

test('no two codes share a message', () => {
  const messages = Object.values(ERROR_CODES).flatMap(({ message }) => (message === null ? [] : [message]));
  expect(new Set(messages).size).toBe(messages.length);
});
