import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openPractice } from '../../source/practice/open-practice.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { PracticeServer } from '../../source/practice/practice-server.js';
import { ACCOUNT, call, deps, fieldsOf, NOW, openOtherServer, post } from './practice-calls.js';

const opened: { readonly close: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

/** Opens a server on a free port, because the usual one may be in use on this computer. */
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

  test('answers in XML by default, also with errors', async () => {
    const { url } = await open();
    const response = await post(url, 'session.start', { ...ACCOUNT, secret: 'wrong' });
    expect(response.headers.get('content-type')).toContain('text/xml');
    expect(await response.text()).toContain('<error><code>START_SESSION_ERROR</code>');
  });

  test('shortens a lifetime that is too long without an error', async () => {
    const { url } = await open();
    const partnerId = String(PRACTICE_CREDENTIALS.cappedPartnerId);
    const ks = await call(url, 'session.start', { ...ACCOUNT, partnerId, expiry: '86400' });
    expect(fieldsOf(ks).expiresAt).toBe(NOW / 1000 + 3_600);
  });

  test('accepts only the roles of the account and the system', async () => {
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

  test('requires a one-time code, and accepts the current one', async () => {
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

  test('requires no code for other logins, and creates USER keys for users who aren’t administrators', async () => {
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

  test('creates a key of the token in a widget session', async () => {
    const { url } = await open();
    const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
    const asked = { ks, id: PRACTICE_CREDENTIALS.tokenId, tokenHash: hash(ks), userId: 'jane', expiry: '600' };
    const info = await call(url, 'appToken.startSession', asked);
    expect(info).toMatchObject({ sessionType: 0, userId: 'jane', expiry: NOW / 1000 + 600 });
    expect(fieldsOf(info.ks)).toMatchObject({ userId: 'jane', privileges: info.privileges });
    const wrong = await call(url, 'appToken.startSession', { ...asked, tokenHash: hash(ks, 'other') });
    expect(wrong).toMatchObject({ code: 'INVALID_APP_TOKEN_HASH' });
  });

  test('gives more than requested if the token says so', async () => {
    const { url } = await open();
    const { ks } = await call(url, 'session.startWidgetSession', { widgetId: `_${PRACTICE_CREDENTIALS.partnerId}` });
    const asked = { ks, id: PRACTICE_CREDENTIALS.fixedTokenId, tokenHash: hash(ks), type: '0', userId: 'jane' };
    expect(await call(url, 'appToken.startSession', asked)).toMatchObject({
      sessionType: 2,
      userId: PRACTICE_CREDENTIALS.loginId,
    });
  });
});

test('closes each connection, because the next server may have the same port', async () => {
  const { url } = await open();
  const response = await post(url, 'system.getTime', { format: '1' });
  expect(response.headers.get('connection')).toBe('close');
});

test('lists have pages', async () => {
  const { url } = await open();
  const free = await call(url, 'session.start', { ...ACCOUNT, type: '2', privileges: 'disableentitlement' });
  const page = (pageIndex: string) =>
    call(url, 'baseEntry.list', { ks: free, 'pager[pageSize]': '3', 'pager[pageIndex]': pageIndex });
  expect(await page('1')).toMatchObject({ totalCount: 4, objects: { length: 3 } });
  expect(await page('2')).toMatchObject({ totalCount: 4, objects: { length: 1 } });
});

test('refuses a revoked key, and accepts a key of an earlier run', async () => {
  const { url, close } = await open();
  const ks = await call(url, 'session.start', { ...ACCOUNT, type: '2' });
  expect(await call(url, 'session.get', { ks })).toMatchObject({ sessionType: '2' });
  expect(await call(url, 'session.end', { ks })).toBeNull();
  expect(await call(url, 'session.get', { ks })).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'LOGOUT' } });
  const earlierKey = await call(url, 'session.start', { ...ACCOUNT, type: '2' });
  await close();
  const next = await open();
  expect(await call(next.url, 'session.get', { ks: earlierKey })).toMatchObject({ sessionType: '2' });
});

describe('a port that is in use', () => {
  test('by a practice server: that server is used, and keeps running', async () => {
    const first = await open();
    const second = await openPractice(deps, portOf(first.url), { mayJoin: true });
    expect(second.url).toBe(first.url);
    await second.close();
    expect(await call(first.url, 'system.ping')).toBe(true);
  });

  test('by another program: another port is used', async () => {
    const { port } = await openOtherServer({});
    const server = await openPractice(deps, port, { mayJoin: true });
    opened.push(server);
    expect(portOf(server.url)).not.toBe(port);
    expect(await call(server.url, 'system.ping')).toBe(true);
  });
});

describe('an invalid request', () => {
  async function sendRaw(url: string, text: string | Buffer): Promise<string> {
    const socket = connect(portOf(url), '127.0.0.1');
    // The server may answer, or close the connection while the request is being sent.
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

  const INVALID_REQUESTS: Record<string, string | Buffer> = {
    'bytes that are not HTTP': randomBytes(500),
    'cut-off JSON': request('/api_v3/service/session/action/start', 'application/json', '{"secret":'),
    'deeply nested JSON': request('/api_v3/service/session/action/start', 'application/json', '[{"a":'.repeat(5_000)),
    'a path that cannot be decoded': request('/api_v3/service/%E0%A4%A/action/%', 'text/plain', ''),
    'names of object fields': request('/api_v3/service/constructor/action/__proto__', 'text/plain', ''),
    'a form of broken escapes': request(
      '/api_v3/service/session/action/start',
      'application/x-www-form-urlencoded',
      'secret=%zz&partnerId=%F0%28&ks=%00&=&&x[=1&x]=2',
    ),
    'an invalid key': request('/api_v3/?service=session&action=get&ks=djJ8fHx8', 'text/plain', ''),
    'a body that is too long': request('/api_v3/', 'application/x-www-form-urlencoded', 'x'.repeat(3_000_000)),
  };

  for (const [name, text] of Object.entries(INVALID_REQUESTS)) {
    test(`${name} does not stop the server`, async () => {
      const { url } = await open();
      const received = await sendRaw(url, text);
      expect(received).toMatch(/^$|^HTTP\/1\.1 (200|400|413)/);
      expect(await call(url, 'system.ping')).toBe(true);
    });
  }
});
