import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { ConnectionError } from '../../../source/kaltura/api/http.js';
import { createGotHttp } from '../../../source/platform/network/got-http.js';
import { closeServers, listening } from './loopback.js';

afterEach(closeServers);

/** Sends a request to a real server on loopback. */
async function ask(listener: RequestListener, signal?: AbortSignal) {
  const port = await listening(createServer(listener));
  return http({ url: `http://127.0.0.1:${port}/api_v3`, form: { secret: 'planted-secret', a: 'b+c d' }, signal });
}

const http = createGotHttp({ timeout: 10_000, userAgent: 'kaltura-ks/test' });
const impatient = createGotHttp({ timeout: 50, userAgent: 'kaltura-ks/test' });

/** The error of a failed request, which must not contain any part of the form. */
async function faultOf(answer: Promise<unknown>): Promise<ConnectionError> {
  const error: unknown = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConnectionError);
  const { message, stack, cause } = error as ConnectionError;
  expect(`${message}${stack}${JSON.stringify(error)}`).not.toContain('planted-secret');
  expect(cause).toBeUndefined();
  return error as ConnectionError;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

test('posts a form, and returns the complete answer with lower-case headers', async () => {
  let seen = {};
  const response = await ask(async (request, reply) => {
    const { method, url, headers } = request;
    seen = { method, url, type: headers['content-type'], agent: headers['user-agent'], body: await bodyOf(request) };
    reply.setHeader('X-Kaltura-Session', '1, 2');
    reply.end('"ąκ🔑"');
  });
  expect(seen).toEqual({
    method: 'POST',
    url: '/api_v3',
    type: 'application/x-www-form-urlencoded',
    agent: 'kaltura-ks/test',
    body: 'secret=planted-secret&a=b%2Bc+d',
  });
  expect(response).toMatchObject({ status: 200, body: '"ąκ🔑"', headers: { 'x-kaltura-session': '1, 2' } });
});

test.each([
  [500, '', {}],
  [502, '<html>Bad gateway</html>', {}],
  [404, 'no', {}],
  [302, '', { location: 'https://elsewhere.example/' }],
  [307, '', { location: '/again' }],
])('returns an answer with status %i without following or retrying', async (status, body, headers) => {
  let requests = 0;
  const response = await ask((_, reply) => {
    requests++;
    reply.writeHead(status, headers).end(body);
  });
  expect(response).toMatchObject({ status, body, headers });
  expect(requests).toBe(1);
});

test('returns cut-off JSON unchanged', async () => {
  expect((await ask((_, reply) => reply.end('"djJ8MTAy'))).body).toBe('"djJ8MTAy');
});

test('times out if a server does not answer', async () => {
  const port = await listening(createServer(() => {}));
  const form = { secret: 'planted-secret' };
  expect(await faultOf(impatient({ url: `http://127.0.0.1:${port}/`, form }))).toMatchObject({
    fault: 'timeout',
    host: `127.0.0.1:${port}`,
  });
});

test('times out if an answer does not end', async () => {
  const port = await listening(createServer((_, reply) => reply.write('{')));
  expect((await faultOf(impatient({ url: `http://127.0.0.1:${port}/`, form: {} }))).fault).toBe('timeout');
});

test('reports a connection that was closed before the answer', async () => {
  expect((await faultOf(ask((request) => request.socket.resetAndDestroy()))).fault).toBe('reset');
});

test('reports a connection that was closed during the answer', async () => {
  const answer = ask((request, reply) => {
    reply.writeHead(200, { 'content-length': 100 });
    reply.write('"djJ8', () => request.socket.resetAndDestroy());
  });
  expect((await faultOf(answer)).fault).toBe('reset');
});

test('reports a server that switches to another protocol', async () => {
  const answer = ask((request) =>
    request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'),
  );
  expect(await faultOf(answer)).toMatchObject({ fault: 'other', detail: 'HTTP 101' });
});

test('reports a refused connection', async () => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  expect((await faultOf(http({ url: `http://127.0.0.1:${port}/`, form: {} }))).fault).toBe('refused');
});

test('reports a host name that does not exist', async () => {
  const error = await faultOf(http({ url: 'https://no-such-host.invalid/', form: { secret: 'planted-secret' } }));
  expect(error).toMatchObject({ fault: 'dns', host: 'no-such-host.invalid' });
});

test('stops reading an answer that is too long', async () => {
  const answer = ask((_, reply) => {
    const more = () => {
      while (!reply.destroyed && reply.write('x'.repeat(65536)));
    };
    reply.on('drain', more);
    more();
  });
  expect(await faultOf(answer)).toMatchObject({ fault: 'other', detail: 'the answer is longer than 1 MiB' });
});

test('can be canceled during the request', async () => {
  const controller = new AbortController();
  const answer = ask(() => controller.abort(), controller.signal);
  expect((await faultOf(answer)).fault).toBe('aborted');
});

test('sends nothing if it is canceled before the request', async () => {
  let requests = 0;
  const answer = ask((_, reply) => {
    requests++;
    reply.end();
  }, AbortSignal.abort());
  expect((await faultOf(answer)).fault).toBe('aborted');
  expect(requests).toBe(0);
});

test('refuses an untrusted certificate', async () => {
  const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url));
  let requests = 0;
  const options = { key: pem('self-signed.key'), cert: pem('self-signed') };
  const port = await listening(createTlsServer(options, () => requests++));
  const error = await faultOf(http({ url: `https://127.0.0.1:${port}/`, form: { secret: 'planted-secret' } }));
  expect(error).toMatchObject({ fault: 'tls', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(requests).toBe(0);
});

test('reports a server that does not use TLS', async () => {
  const port = await listening(createServer());
  expect((await faultOf(http({ url: `https://127.0.0.1:${port}/`, form: {} }))).fault).toBe('tls');
});

test.each(['http://kaltura.example/', 'http://127.0.0.1.example/', 'http://10.0.0.1/', 'ftp://127.0.0.1/'])(
  'sends nothing without TLS to %s',
  async (url) => {
    await expect(http({ url, form: { secret: 'planted-secret' } })).rejects.toThrow(/only sent over https/);
  },
);
