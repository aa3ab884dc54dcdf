import { expect, test } from 'vitest';
import { sessionInfoIn } from '../../source/kaltura/api-answers.js';
import { ApiError, callApi, NotKalturaError } from '../../source/kaltura/api-client.js';
import type { HttpRequest, HttpResponse } from '../../source/kaltura/http.js';
import { Secret } from '../../source/kaltura/secret.js';
import { actionOf, allRecordings, recording } from './recorded-http.js';

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

test('a form is posted to the action, in JSON, without what is undefined', async () => {
  const requests: HttpRequest[] = [];
  const parameters = { secret: new Secret('s3cret'), type: '2', userId: undefined };
  expect(await call(answer('"djJ8"'), parameters, requests)).toBe('djJ8');
  expect(requests).toEqual([
    {
      url: 'https://kaltura.example/api_v3/service/session/action/start',
      form: { format: '1', secret: 's3cret', type: '2' },
      signal: undefined,
    },
  ]);
});

test('every recorded JSON error of every action is recognised, and none of them shows a key', async () => {
  const errors = allRecordings.filter(({ path, response }) => {
    return actionOf(path) !== undefined && response.body.startsWith('{"code":"');
  });
  expect(errors.length).toBeGreaterThan(100);
  for (const { name, response } of errors) {
    const error = await call(response).catch((thrown: unknown) => thrown);
    expect(error, name).toBeInstanceOf(ApiError);
    const { code, message, args, supportReference } = error as ApiError;
    expect(response.body, name).toContain(`"code":"${code}"`);
    expect(response.headers['x-kaltura-session'], name).toBe(supportReference);
    expect(`${message}${JSON.stringify(args)}`, name).not.toMatch(/djJ8[\w-]{10}|[0-9a-f]{32}/);
  }
});

test('arguments are a map, or an empty list when there are none', async () => {
  await expect(call(recording('013').response)).rejects.toMatchObject({ args: { PID: '102' } });
  await expect(call(recording('028').response)).rejects.toMatchObject({
    code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
    args: {},
  });
});

test('an echoed secret is hidden in the message and in the arguments', async () => {
  const body = JSON.stringify({
    objectType: 'KalturaAPIException',
    code: 'X',
    message: 'No: p@ss word!\u001B[2J',
    args: { A: 'p%40ss+word%21' },
  });
  const error = call(answer(body), { password: new Secret('p@ss word!') });
  await expect(error).rejects.toMatchObject({ message: 'No: •••• [2J', args: { A: '••••' } });
});

test.each<[string, HttpResponse, object]>([
  ['a login page', answer('<!DOCTYPE html><html><body>Hello</body></html>'), { what: 'html', status: 200 }],
  [
    'a page that says so in its header',
    answer('Sign in', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    { what: 'html' },
  ],
  ['the recorded crash', recording('389').response, { what: 'empty', status: 500 }],
  [
    'a redirect',
    answer('', { status: 302, headers: { location: `https://x.example/?ks=djJ8${'A'.repeat(60)}` } }),
    { what: 'redirect', location: 'https://x.example/?ks=djJ8AA…AAAA' },
  ],
  ['cut-off JSON', answer('"djJ8MTAyfBC3HCs99RyhN5Xnt'), { what: 'not-json', excerpt: '"djJ8MT…5Xnt' }],
  ['XML', recording('002').response, { what: 'not-json' }],
  ['JSON of a gateway', answer('{"error":"bad gateway"}', { status: 502 }), { what: 'wrong-shape', status: 502 }],
])('%s is not an answer of the API', async (_, response, expected) => {
  const error = call(response);
  await expect(error).rejects.toBeInstanceOf(NotKalturaError);
  await expect(error).rejects.toMatchObject(expected);
});

test('an error of the API counts whatever its status', async () => {
  const { body } = recording('013').response;
  await expect(call(answer(body, { status: 500 }))).rejects.toBeInstanceOf(ApiError);
});

test('session information: numbers as numbers or as text, a user or none', () => {
  const facts = { partnerId: 102, userId: 'bob', type: 'ADMIN', privileges: '*', expiresAt: 1795578190 };
  const fields = { partnerId: '102', userId: 'bob', sessionType: '2', expiry: '1795578190', privileges: '*' };
  expect(sessionInfoIn(fields)).toEqual({ ks: null, facts });
  expect(sessionInfoIn({ ...fields, sessionType: 2, expiry: 1795578190 })).toEqual({ ks: null, facts });
  expect(sessionInfoIn({ ...fields, userId: undefined }).facts.userId).toBe('');
  expect(sessionInfoIn({ ...fields, ks: 'djJ8' }).ks?.reveal()).toBe('djJ8');
});

test.each([
  null,
  [],
  'djJ8',
  {},
  { partnerId: 'x', sessionType: 0, expiry: 1 },
  { partnerId: 1, sessionType: 0, expiry: 1, userId: {} },
  { partnerId: 1, sessionType: 0, expiry: 1, ks: 7 },
])('session information of another shape is refused: %j', (value) => {
  expect(() => sessionInfoIn(value)).toThrow(NotKalturaError);
});
