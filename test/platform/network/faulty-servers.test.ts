import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { callApi } from '../../../source/kaltura/api/client.js';
import { withOneRetry } from '../../../source/kaltura/api/retry.js';
import { Secret } from '../../../source/kaltura/secret.js';
import type { SignIn } from '../../../source/kaltura/sign-in/key-request.js';
import { createGotHttp } from '../../../source/platform/network/got-http.js';
import { type Described, describedMaking } from '../../kaltura/diagnosis/described.js';
import { closeServers, listening } from './loopback.js';

/** The messages about faulty servers, with real connections. */

afterEach(closeServers);

const secret = new Secret('planted-secret');
const PATIENT = 10_000;
const IMPATIENT = 50;

const SIGN_INS = {
  'session.start': { method: 'server', partnerId: 102, secret },
  'user.loginByLoginId': { method: 'login', partnerId: 102, loginId: 'jane@example.com', password: secret, code: null },
} satisfies Record<string, SignIn>;
type Action = keyof typeof SIGN_INS;

async function adviceOn(port: number, action: Action = 'session.start', timeout = PATIENT): Promise<Described> {
  const serviceUrl = `http://127.0.0.1:${port}`;
  const http = withOneRetry(createGotHttp({ timeout, userAgent: 'kaltura-ks/test' }));
  const failure: unknown = await callApi(http, serviceUrl, action, { secret }).then(
    (answer) => expect.fail(`It answered ${String(answer)}.`),
    (thrown: unknown) => thrown,
  );
  const request = {
    serviceUrl,
    type: 'ADMIN' as const,
    userId: '',
    lifetime: 3600,
    privileges: '',
    signIn: SIGN_INS[action],
  };
  const advice = describedMaking(failure, { request, regionLabel: 'own' });
  expect(`${String(failure)}${JSON.stringify(failure)}${JSON.stringify(advice)}`).not.toContain('planted');
  expect(advice.headline).not.toBe('An error occurred in kaltura-ks');
  return advice;
}

test.each<[string, RequestListener, string, string | null]>([
  [
    'a web page',
    (_, reply) => reply.setHeader('content-type', 'text/html').end('<html><title>Log in</title>planted-secret'),
    ' is not a Kaltura API answer (a web page, HTTP 200)',
    'HTTP 200\n<html><title>Log in</title>••••',
  ],
  ['JSON that is cut off', (_, reply) => reply.end('{"ks":"dj'), '(not JSON, HTTP 200)', 'HTTP 200\n{"ks":"dj'],
  [
    'a redirect',
    (_, reply) => reply.writeHead(302, { location: 'https://elsewhere.example/?s=planted-secret' }).end(),
    '(a redirect, HTTP 302)',
    'HTTP 302\nLocation: https://elsewhere.example/?s=••••\n(nothing else)',
  ],
  [
    '500 and nothing',
    (_, reply) => reply.writeHead(500).end(),
    '(an empty answer, HTTP 500)',
    'HTTP 500\n(nothing else)',
  ],
  ['nothing at all', (_, reply) => reply.end(), '(an empty answer, HTTP 200)', 'HTTP 200\n(nothing else)'],
  [
    'an error page of a proxy',
    (_, reply) => reply.writeHead(502).end('{"error":"upstream"}'),
    '(unexpected JSON, HTTP 502)',
    'HTTP 502\n{"error":"upstream"}',
  ],
  ['a connection that is reset', (request) => request.socket.resetAndDestroy(), 'was interrupted (ECONNRESET)', null],
  [
    'a cut-off answer',
    (request, reply) => reply.writeHead(200, { 'content-length': 100 }).write('"dj', () => request.socket.destroy()),
    'was interrupted (',
    null,
  ],
])('explains a server that answers with %s', async (_, listener, headline, answer) => {
  const port = await listening(createServer(listener));
  const advice = await adviceOn(port);
  expect(advice.headline).toContain(`127.0.0.1:${port}`);
  expect(advice.headline).toContain(headline);
  expect(advice.causes).not.toEqual([]);
  expect(advice.serverAnswer).toBe(answer);
});

test.each<[string, RequestListener, string, string]>([
  [
    'sends an answer that is too long',
    (_, reply) => reply.end('planted-secret '.repeat(200_000)),
    'The answer from HOST is too long (the answer is longer than 1 MiB)',
    'the login page of this network',
  ],
  [
    'sends too many headers',
    (_, reply) => reply.writeHead(200, { 'x-long': 'planted-secret '.repeat(10_000) }).end('{}'),
    'HOST sent too many headers with its answer (HPE_HEADER_OVERFLOW)',
    'adds too many headers',
  ],
  [
    'announces gzip but sends plain text',
    (_, reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end('planted-secret'),
    'The answer from HOST could not be decompressed (Z_DATA_ERROR)',
    'changes what the server sends',
  ],
  [
    'uses another protocol',
    (request) => request.socket.end('220 mail.example ESMTP planted-secret\r\n'),
    'HOST does not answer like a web server (HPE_INVALID_CONSTANT)',
    'another program uses this port',
  ],
])('explains a server that %s', async (_, listener, headline, cause) => {
  const port = await listening(createServer(listener));
  const advice = await adviceOn(port);
  expect(advice.headline).toBe(headline.replace('HOST', `127.0.0.1:${port}`));
  expect(advice.causes.join('\n')).toContain(cause);
  expect(advice.explanation).toContain('The server may have received the request');
});

test.each<[string, RequestListener]>([
  ['does not answer', () => {}],
  ['never finishes its answer', (_, reply) => reply.write('{')],
])('explains a server that %s', async (_, listener) => {
  const port = await listening(createServer(listener));
  const advice = await adviceOn(port, 'session.start', IMPATIENT);
  expect(advice.headline).toBe(`127.0.0.1:${port} did not answer in time (ETIMEDOUT)`);
  expect(advice.explanation).toContain('may have received the request');
  const login = await adviceOn(port, 'user.loginByLoginId', IMPATIENT);
  expect(login.explanation).toContain('counts as a failed attempt');
});

test('times out before anything was sent if a server accepts the connection without TLS', async () => {
  const port = await listening(createRawServer((socket) => socket.on('error', () => {}).resume()));
  const http = createGotHttp({ timeout: IMPATIENT, userAgent: 'kaltura-ks/test' });
  const failure: unknown = await http({ url: `https://127.0.0.1:${port}/`, form: {} }).catch(
    (thrown: unknown) => thrown,
  );
  expect(failure).toMatchObject({ fault: 'timeout', mayHaveArrived: false });
  const request = {
    serviceUrl: 'https://kaltura.test',
    type: 'ADMIN' as const,
    userId: '',
    lifetime: 3600,
    privileges: '',
    signIn: SIGN_INS['user.loginByLoginId'],
  };
  const advice = describedMaking(failure, { request, regionLabel: 'own' });
  expect(advice.headline).toBe('kaltura.test could not be reached in time (ETIMEDOUT)');
  expect(advice.explanation).toContain('Nothing was sent');
});

test.each([
  [413, 'a firewall or proxy in front of the server rejected the request'],
  [431, 'a firewall or proxy in front of the server rejected the request'],
  [511, 'the login page of this network'],
])('names the cause of status %i first', async (status, cause) => {
  const port = await listening(createServer((_, reply) => reply.writeHead(status).end('planted-secret')));
  expect((await adviceOn(port)).causes[0]).toContain(cause);
});

/** Resets the first connections, then answers. */
async function resettingServer(resets: number) {
  const seen: string[] = [];
  const server = createServer((request, reply) => {
    if (seen.push(request.url ?? '') <= resets) request.socket.resetAndDestroy();
    else reply.end('"djJ8"');
  });
  return { port: await listening(server), seen };
}

const ask = (port: number, action: string): Promise<unknown> => {
  const http = withOneRetry(createGotHttp({ timeout: PATIENT, userAgent: 'kaltura-ks/test' }));
  return callApi(http, `http://127.0.0.1:${port}`, action, { secret });
};

test('retries after one reset', async () => {
  const { port, seen } = await resettingServer(1);
  expect(await ask(port, 'session.start')).toBe('djJ8');
  expect(seen).toHaveLength(2);
});

test('does not retry after two resets', async () => {
  const { port, seen } = await resettingServer(2);
  expect((await adviceOn(port)).headline).toContain('was interrupted');
  expect(seen).toHaveLength(2);
});

test.each(['user.loginByLoginId', 'user.login', 'session.end'])('never sends %s twice', async (action) => {
  const { port, seen } = await resettingServer(1);
  await expect(ask(port, action)).rejects.toMatchObject({ fault: 'reset' });
  expect(seen).toHaveLength(1);
});

test('never retries after an answer', async () => {
  let requests = 0;
  const port = await listening(createServer((_, reply) => reply.writeHead(500).end(String(++requests))));
  await adviceOn(port);
  expect(requests).toBe(1);
});

test('retries a server that is not running, and names it', async () => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  expect((await adviceOn(port)).headline).toBe(`127.0.0.1:${port} does not accept connections (ECONNREFUSED)`);
});
