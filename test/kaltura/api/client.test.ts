import { expect, test } from 'vitest';
import { ApiError, callApi, NotKalturaError } from '../../../source/kaltura/api/client.js';
import type { HttpRequest, HttpResponse } from '../../../source/kaltura/api/http.js';
import { parseKs, parseSessionInfo, parseWidgetKs } from '../../../source/kaltura/api/responses.js';
import { Secret } from '../../../source/kaltura/secret.js';
import vectors from '../../fixtures/ks-vectors.json' with { type: 'json' };
import { actionOf, allRecordings, recording } from './recorded-http.js';

const KS = vectors.vectors[0]?.ks ?? '';

const call = (response: HttpResponse, parameters = {}, requests: HttpRequest[] = []) =>
  callApi(
    async (request) => {
      requests.push(request);
      return response;
    },
    'https://kaltura.example/',
    'session.start',
    parameters,
  );

const answer = (body: string, rest: Partial<HttpResponse> = {}): HttpResponse => ({
  status: 200,
  headers: {},
  body,
  ...rest,
});

test('posts a form without undefined parameters, and requests JSON', async () => {
  const requests: HttpRequest[] = [];
  const parameters = { secret: new Secret('s3cret'), type: '2', userId: undefined };
  expect(await call(answer('"djJ8"'), parameters, requests)).toBe('djJ8');
  expect(requests).toEqual([
    {
      url: 'https://kaltura.example/api_v3/service/session/action/start',
      form: { format: '1', secret: 's3cret', type: '2' },
      secrets: [parameters.secret],
      signal: undefined,
    },
  ]);
});

test('recognizes every recorded JSON error, and shows no key', async () => {
  const errors = allRecordings.filter(({ path, response }) => {
    return actionOf(path) !== undefined && response.body.startsWith('{"code":"');
  });
  expect(errors.length).toBeGreaterThan(100);
  for (const { name, response } of errors) {
    const error = await call(response).catch((thrown: unknown) => thrown);
    expect(error, name).toBeInstanceOf(ApiError);
    const { code, message, args, supportReference, answer: shown } = error as ApiError;
    expect(response.body, name).toContain(`"code":"${code}"`);
    expect(response.headers['x-kaltura-session'], name).toBe(supportReference);
    expect(shown, name).toContain(code);
    expect(`${message}${JSON.stringify(args)}`, name).not.toMatch(/djJ8[\w-]{10}|[0-9a-f]{32}/);
  }
});

test('reads arguments from a map, and none from an empty list', async () => {
  const sent = { partnerId: '102' };
  await expect(call(recording('013').response, sent)).rejects.toMatchObject({ args: { PID: '102' } });
  await expect(call(recording('028').response)).rejects.toMatchObject({
    code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
    args: {},
  });
});

test('hides a secret that the server repeats in the message or arguments', async () => {
  const body = JSON.stringify({
    objectType: 'KalturaAPIException',
    code: 'X',
    message: 'No: p@ss word!\u001B[2J',
    args: { A: 'p%40ss+word%21' },
  });
  const error = call(answer(body), { password: new Secret('p@ss word!') });
  await expect(error).rejects.toMatchObject({ answer: 'X\nNo: ••••[2J\nA = ••••', args: {} });
});

test.each<[string, HttpResponse, object]>([
  ['a login page', answer('<!DOCTYPE html><html><body>Hello</body></html>'), { what: 'html', status: 200 }],
  [
    'a page by its content type',
    answer('Sign in', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    { what: 'html' },
  ],
  ['the recorded crash', recording('389').response, { what: 'empty', status: 500 }],
  [
    'a redirect',
    answer('', { status: 302, headers: { location: `https://x.example/?ks=djJ8${'A'.repeat(60)}` } }),
    {
      what: 'redirect',
      leadsToHttps: true,
      answer: `HTTP 302\nLocation: https://x.example/?ks=djJ8${'A'.repeat(60)}\n(nothing else)`,
    },
  ],
  ['cut-off JSON', answer('"djJ8MTAyfBC3HCs99RyhN5Xnt'), { what: 'not-json', leadsToHttps: false }],
  ['XML', recording('002').response, { what: 'not-json' }],
  ['JSON of a gateway', answer('{"error":"bad gateway"}', { status: 502 }), { what: 'wrong-shape', status: 502 }],
])('%s is not an answer of the API', async (_, response, expected) => {
  const error = call(response);
  await expect(error).rejects.toBeInstanceOf(NotKalturaError);
  await expect(error).rejects.toMatchObject(expected);
});

test('recognizes an error of the API with any HTTP status', async () => {
  const { body } = recording('013').response;
  await expect(call(answer(body, { status: 500 }))).rejects.toBeInstanceOf(ApiError);
});

test('reads session information with numbers or texts, with and without a user', () => {
  const facts = { partnerId: 102, userId: 'bob', type: 'ADMIN', privileges: '*', expiresAt: 1795578190 };
  const fields = { partnerId: '102', userId: 'bob', sessionType: '2', expiry: '1795578190', privileges: '*' };
  expect(parseSessionInfo(fields, [])).toEqual({ ks: null, facts });
  expect(parseSessionInfo({ ...fields, sessionType: 2, expiry: 1795578190 }, [])).toEqual({ ks: null, facts });
  expect(parseSessionInfo({ ...fields, userId: undefined }, []).facts.userId).toBe('');
  expect(parseSessionInfo({ ...fields, ks: KS }, []).ks?.reveal()).toBe(KS);
});

test.each([
  null,
  [],
  'djJ8',
  {},
  { partnerId: 'x', sessionType: 0, expiry: 1 },
  { partnerId: 1, sessionType: 0, expiry: 1, userId: {} },
  { partnerId: 1, sessionType: 0, expiry: 1, ks: 7 },
  { partnerId: 1, sessionType: 0, expiry: 1, ks: 'djJ8' },
  { partnerId: 1, sessionType: true, expiry: 1 },
])('refuses session information of another shape: %j', (value) => {
  expect(() => parseSessionInfo(value, [])).toThrow(NotKalturaError);
});

test('rounds a fractional expiry down', () => {
  const fields = { partnerId: '102', sessionType: '2', expiry: '1795495405.5' };
  expect(parseSessionInfo(fields, []).facts.expiresAt).toBe(1_795_495_405);
});

test.each([1e300, '1e300', '1.', '1'.repeat(13), -1e15])(
  'reads the invalid number %s as unknown, without an error',
  (odd) => {
    const { facts } = parseSessionInfo({ partnerId: odd, sessionType: odd, expiry: odd, userId: 'bob' }, []);
    expect(facts).toMatchObject({ partnerId: null, type: null, expiresAt: null, userId: 'bob' });
  },
);

const secret = new Secret('0123456789abcdef0123456789abcdef');
const looksLikeKs = vectors.vectors[1]?.ks ?? '';

test.each<[string, unknown, Secret]>([
  ['a secret sent back', secret.reveal(), secret],
  ['a password that looks like a key', looksLikeKs, new Secret(looksLikeKs)],
  ['a key with a secret appended', `djJ8MTAyfGFh${secret.reveal()}`, secret],
  ['base64 of anything', Buffer.from('Welcome to our network!').toString('base64'), secret],
  ['a key without an account', 'djJ8', secret],
  ['a key with an impossible partner ID', Buffer.from(`v2|${'9'.repeat(30)}|x`).toString('base64url'), secret],
  ['a key with a line end', `${KS.slice(0, 40)}\n${KS.slice(40)}`, secret],
  ['a key with an escape', `\u001B[2J${KS}`, secret],
  ['a key of a megabyte', `djJ8MTAyfGFh${'A'.repeat(1_000_000)}`, secret],
])('%s is not a key', (_, value, sent) => {
  for (const read of [
    () => parseKs(value, [sent]),
    () => parseSessionInfo({ partnerId: 1, sessionType: 0, expiry: 1, ks: value }, [sent]),
  ]) {
    expect(read).toThrow(NotKalturaError);
    expect(read).toThrow(/^wrong-shape \(HTTP 200\)$/);
  }
});

test('accepts every key that the real server created', () => {
  for (const { ks } of vectors.vectors) {
    expect(parseKs(ks, [secret]).reveal()).toBe(ks);
    expect(parseWidgetKs({ ks }).reveal()).toBe(ks);
  }
});

const refused = (rest: object, secrets: readonly Secret[] = []) =>
  call(
    answer(JSON.stringify({ objectType: 'KalturaAPIException', code: 'X_Y', message: 'No', ...rest })),
    Object.fromEntries(secrets.map((one, index) => [`p${index}`, one])),
  ).catch((thrown: unknown) => thrown);

test('limits the number and length of shown arguments, and calls none of their methods', async () => {
  const args = { A: { toString: 1 }, B: { toJSON: 1 }, C: null, D: ['x', 1], E: true, F: 7 };
  const error = await refused({ args });
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).answer.split('\n')).toEqual([
    'X_Y',
    'No',
    'A = {"toString":1}',
    'B = {"toJSON":1}',
    'C = null',
    'D = ["x",1]',
    'E = true',
    'F = 7',
  ]);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`N${index}`, 'x'.repeat(9000)]));
  const lines = ((await refused({ args: many })) as ApiError).answer.split('\n');
  expect(lines).toHaveLength(9);
  expect(lines.at(-1)).toBe('(and 494 more)');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(300);
  expect(((await refused({ args: 'text' })) as ApiError).args).toEqual({});
});

test('recognizes an error with a deeply nested argument', async () => {
  const depth = 200_000;
  const deep = `{"objectType":"KalturaAPIException","code":"X_Y","message":"No","args":{"A":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  await expect(call(answer(deep))).rejects.toMatchObject({ code: 'X_Y', answer: expect.stringContaining('A = ') });
});

test('keeps an argument only if its value was sent or is a known word', async () => {
  const args = { ID: '0_abc', PID: '102', PARAM_NAME: 'secret', KSID: 'EXPIRED', ERR_DESC: 'planted', OTHER: '102' };
  const error = call(answer(JSON.stringify({ objectType: 'KalturaAPIException', code: 'X_Y', message: 'No', args })), {
    partnerId: '102',
    secret: new Secret('planted'),
  });
  await expect(error).rejects.toMatchObject({
    args: { ID: '', PID: '102', PARAM_NAME: 'secret', KSID: 'EXPIRED', ERR_DESC: '' },
  });
});

test('never uses a secret as the error code', async () => {
  const hidden = new Secret('PLANTED_1');
  const error = (await refused({ code: 'PLANTED_1', args: { PLANTED_1: 'x', '\u001B[2J': 'y' } }, [
    hidden,
  ])) as ApiError;
  expect(error).toMatchObject({ code: '', args: {}, answer: '••••\nNo\n•••• = x\n[2J = y' });
});

test.each([
  ['709956431, 1795491784', '709956431, 1795491784'],
  ['PLANTED_1, 1795491784', null],
  ['1, 2', null],
  [Buffer.from('PLANTED_1').toString('base64'), null],
  ['1234567890, 1795491784', null],
])('takes %j for the support reference %j', async (header, expected) => {
  const headers = { 'x-kaltura-session': header };
  const body = JSON.stringify({ objectType: 'KalturaAPIException', code: 'X_Y', message: 'No' });
  const parameters = { secret: new Secret('PLANTED_1'), otp: new Secret('1234567890') };
  await expect(call(answer(body, { headers }), parameters)).rejects.toMatchObject({ supportReference: expected });
});

test.each([
  '<?xml version="1.0" encoding="utf-8"?><xml><result><error><code>INVALID_KS</code><message>Invalid KS &quot;x&quot;</message><objectType>KalturaAPIException</objectType></error></result><executionTime>0.01</executionTime></xml>',
  '\uFEFF<xml>\n <result>\n  <error><message><![CDATA[Invalid KS]]></message><code>INVALID_KS</code></error></result></xml>',
])('reads an error in XML although JSON was requested', async (body) => {
  const error = await call(answer(body)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'INVALID_KS' });
});

test('reads the arguments of an error in XML, such as the reason for a refused key', async () => {
  const item = (name: string, value: string): string =>
    `<item><objectType>KalturaApiExceptionArg</objectType><name>${name}</name><value>${value}</value></item>`;
  const args = `<args>${item('KSID', 'EXPIRED')}${item('ERR_CODE', '-1')}${item('ERR_DESC', 'INVALID_STR')}</args>`;
  const body = `<xml><result><error><code>INVALID_KS</code><message>No</message>${args}</error></result></xml>`;
  const error = await call(answer(body)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'EXPIRED' } });
});

test.each(['<xml><result><ks>x</ks></result></xml>', '<html><error><code>INVALID_KS</code></error></html>'])(
  'other XML is not an answer of the API: %s',
  async (body) => {
    await expect(call(answer(body))).rejects.toBeInstanceOf(NotKalturaError);
  },
);
