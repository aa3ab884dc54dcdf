import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openPractice } from '../../source/practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { PracticeServer } from '../../source/practice/practice-server.js';
import { ACCOUNT, call, deps, fieldsOf, NOW, openOtherServer, post } from './calling.js';

const opened: { readonly close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

/** On any free port: the usual one may be in use by whoever runs the tests. */
async function open(port = 0): Promise<PracticeServer> {
  const server = await openPractice(deps, port);
  opened.push(server);
  return server;
}

const portOf = (url: string): number => Number(new URL(url).port);

describe('session.start', () => {
  test('gives a version 2 key with the headers of the real server', async () => {
    const { url } = await open();
    const response = await post(url, 'session.start', { format: '1', ...ACCOUNT, type: '2', userId: 'zoë' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-kaltura-session')).toMatch(/^\d+, 1804136767$/);
    expect(response.headers.get('date')).toBe('Thu, 04 Mar 2027 05:06:07 GMT');
    expect(fieldsOf((await response.json()) as string)).toMatchObject({
      version: 2,
      type: 2,
      userId: 'zoë',
      expiresAt: NOW / 1000 + 86_400,
    });
  });

  test('answers in XML unless asked for JSON, errors too', async () => {
    const { url } = await open();
    const response = await post(url, 'session.start', { ...ACCOUNT, secret: 'wrong' });
    expect(response.headers.get('content-type')).toContain('text/xml');
    expect(await response.text()).toContain('<error><code>START_SESSION_ERROR</code>');
  });

  test('shortens a too long life without a word', async () => {
    const { url } = await open();
    const partnerId = String(PRACTICE_CREDENTIALS.cappedPartnerId);
    const ks = await call(url, 'session.start', { ...ACCOUNT, partnerId, expiry: '86400' });
    expect(fieldsOf(ks).expiresAt).toBe(NOW / 1000 + 3_600);
  });

  test('takes the roles of the account and of the system, and no others', async () => {
    const { url } = await open();
    const start = (role: string | number) =>
      call(url, 'session.start', { ...ACCOUNT, type: '2', privileges: `setrole:${role}` });
    const narrow = await start(PRACTICE_CREDENTIALS.roleId);
    expect(await call(url, 'baseEntry.count', { ks: narrow })).toBe(2);
    expect(await call(url, 'session.get', { ks: narrow })).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    expect(typeof (await start('PLAYBACK_BASE_ROLE'))).toBe('string');
    expect(await start('NO_SUCH_ROLE')).toMatchObject({ code: 'UNKNOWN_ROLE_ID', args: [] });
  });
});

describe('user.loginByLoginId', () => {
  const login = { loginId: PRACTICE_CREDENTIALS.otpLoginId, password: PRACTICE_CREDENTIALS.password, privileges: '' };

  test('asks for a one-time code, and takes the one that is shown', async () => {
    const { url } = await open();
    const action = 'user.loginByLoginId';
    expect(await call(url, action, login)).toMatchObject({ code: 'MISSING_OTP' });
    expect(await call(url, action, { ...login, otp: '12345' })).toMatchObject({ code: 'INVALID_OTP' });
    const ks = await call(url, action, { ...login, otp: currentCode(NOW) });
    expect(fieldsOf(ks)).toMatchObject({ type: 2, userId: PRACTICE_CREDENTIALS.otpLoginId, privileges: '' });
    const late = await call(url, action, { ...login, otp: currentCode(NOW - 30_000) });
    expect(fieldsOf(late).type).toBe(2);
    expect(await call(url, action, { ...login, otp: currentCode(NOW - 60_000) })).toMatchObject({
      code: 'INVALID_OTP',
    });
  });

  test('asks the others for none, and makes USER keys for those who are no administrators', async () => {
    const { url } = await open();
    const viewer = await call(url, 'user.loginByLoginId', { ...login, loginId: PRACTICE_CREDENTIALS.viewerLoginId });
    expect(fieldsOf(viewer).type).toBe(0);
    const wrong = await call(url, 'user.loginByLoginId', {
      ...login,
      loginId: PRACTICE_CREDENTIALS.loginId,
      password: 'x',
    });
    expect(wrong).toMatchObject({ code: 'USER_WRONG_PASSWORD' });
  });
});

describe('appToken.startSession', () => {
  const hash = (ks: string, token: string = PRACTICE_CREDENTIALS.token) =>
    createHash('sha256')
      .update(ks + token)
      .digest('hex');

  test('turns a widget session into a key of the token', async () => {
    const { url } = await open();
    const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
    const asked = { ks, id: PRACTICE_CREDENTIALS.tokenId, tokenHash: hash(ks), userId: 'jane', expiry: '600' };
    const info = await call(url, 'appToken.startSession', asked);
    expect(info).toMatchObject({ sessionType: 0, userId: 'jane', expiry: NOW / 1000 + 600 });
    expect(fieldsOf(info.ks)).toMatchObject({ userId: 'jane', privileges: info.privileges });
    const wrong = await call(url, 'appToken.startSession', { ...asked, tokenHash: hash(ks, 'other') });
    expect(wrong).toMatchObject({ code: 'INVALID_APP_TOKEN_HASH' });
  });

  test('gives more than asked where the token says so', async () => {
    const { url } = await open();
    const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
    const asked = { ks, id: PRACTICE_CREDENTIALS.fixedTokenId, tokenHash: hash(ks), type: '0', userId: 'jane' };
    expect(await call(url, 'appToken.startSession', asked)).toMatchObject({
      sessionType: 2,
      userId: PRACTICE_CREDENTIALS.loginId,
    });
  });
});

test('no connection is kept, because the next server may have the same port', async () => {
  const { url } = await open();
  const response = await post(url, 'system.getTime', { format: '1' });
  expect(response.headers.get('connection')).toBe('close');
});

test('lists go page by page', async () => {
  const { url } = await open();
  const free = await call(url, 'session.start', { ...ACCOUNT, type: '2', privileges: 'disableentitlement' });
  const page = (pageIndex: string) =>
    call(url, 'baseEntry.list', { ks: free, 'pager[pageSize]': '3', 'pager[pageIndex]': pageIndex });
  expect(await page('1')).toMatchObject({ totalCount: 4, objects: { length: 3 } });
  expect(await page('2')).toMatchObject({ totalCount: 4, objects: { length: 1 } });
});

test('an ended key is refused, and a key of the next run is not', async () => {
  const { url, close } = await open();
  const ks = await call(url, 'session.start', { ...ACCOUNT, type: '2' });
  expect(await call(url, 'session.get', { ks })).toMatchObject({ sessionType: '2' });
  expect(await call(url, 'session.end', { ks })).toBeNull();
  expect(await call(url, 'session.get', { ks })).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'LOGOUT' } });
  const kept = await call(url, 'session.start', { ...ACCOUNT, type: '2' });
  await close();
  const next = await open();
  expect(await call(next.url, 'session.get', { ks: kept })).toMatchObject({ sessionType: '2' });
});

describe('a port that is taken', () => {
  test('by a practice server: it is joined where all is pretended, and left running', async () => {
    const first = await open();
    const second = await openPractice(deps, portOf(first.url), { mayJoin: true });
    expect(second.url).toBe(first.url);
    await second.close();
    expect(await call(first.url, 'system.ping')).toBe(true);
  });

  test('by a stranger: another port is found', async () => {
    const { port } = await openOtherServer({});
    const server = await openPractice(deps, port, { mayJoin: true });
    opened.push(server);
    expect(portOf(server.url)).not.toBe(port);
    expect(await call(server.url, 'system.ping')).toBe(true);
  });
});

describe('garbage', () => {
  async function sendRaw(url: string, text: string | Buffer): Promise<string> {
    const socket = connect(portOf(url), '127.0.0.1');
    // What matters is that it ends: by an answer, or by being cut off in the middle of writing.
    socket.on('error', () => {});
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    socket.write(typeof text === 'string' ? text.replace('HERE', String(portOf(url))) : text);
    await new Promise((resolve) => socket.once('close', resolve));
    return received;
  }

  const request = (path: string, type: string, body: string): string =>
    `POST ${path} HTTP/1.1\r\nHost: localhost:HERE\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

  const GARBAGE: Record<string, string | Buffer> = {
    'bytes that are no HTTP': randomBytes(500),
    'JSON that breaks off': request('/api_v3/service/session/action/start', 'application/json', '{"secret":'),
    'deeply nested JSON': request('/api_v3/service/session/action/start', 'application/json', '[{"a":'.repeat(5_000)),
    'a path that cannot be decoded': request('/api_v3/service/%E0%A4%A/action/%', 'text/plain', ''),
    'names of object fields': request('/api_v3/service/constructor/action/__proto__', 'text/plain', ''),
    'a form of broken escapes': request(
      '/api_v3/service/session/action/start',
      'application/x-www-form-urlencoded',
      'secret=%zz&partnerId=%F0%28&ks=%00&=&&x[=1&x]=2',
    ),
    'a key of nonsense': request('/api_v3/?service=session&action=get&ks=djJ8fHx8', 'text/plain', ''),
    'a body without end': request('/api_v3/', 'application/x-www-form-urlencoded', 'x'.repeat(3_000_000)),
  };

  for (const [name, text] of Object.entries(GARBAGE)) {
    test(`${name} does not end the server`, async () => {
      const { url } = await open();
      const received = await sendRaw(url, text);
      expect(received).toMatch(/^$|^HTTP\/1\.1 (200|400|413)/);
      expect(await call(url, 'system.ping')).toBe(true);
    });
  }
});
