import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createRawServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ConnectionError } from '../../../source/kaltura/api/http.js';
import { Secret } from '../../../source/kaltura/secret.js';
import { createGotHttp } from '../../../source/platform/network/got-http.js';
import { describedMaking } from '../../kaltura/diagnosis/described.js';
import { closeServers, listening } from './loopback.js';

/** The secret is sent only inside TLS. The password, which is in the proxy's URL, is sent only to the proxy. */
const SECRET = 'planted-secret';
const PASSWORD = 'planted-p@ss:w/rd';
const LOGIN = `jane:${encodeURIComponent(PASSWORD)}`;
const TARGET = 'https://kaltura.test';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
const certificate = { key: readFileSync(fixture('leaf.key.pem')), cert: readFileSync(fixture('leaf.pem')) };

afterEach(closeServers);

/** A Kaltura server whose certificate is from a private authority, for kaltura.test, localhost and 127.0.0.1. */
async function privateKaltura(listener: RequestListener = (_, reply) => reply.end('"djJ8"')): Promise<number> {
  return listening(createTlsServer(certificate, listener));
}

interface Watched {
  readonly port: number;
  /** The requested targets, in order. */
  readonly targets: string[];
  readonly authorizations: (string | undefined)[];
  /** Everything that the client sent through the tunnel. */
  readonly passed: () => string;
}

/** A real proxy that connects every host name to the given port of this computer. */
async function proxyTo(port: number, wanted: string | null = null, server: Server = createServer()): Promise<Watched> {
  const targets: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const chunks: Buffer[] = [];
  server.on('connect', (request, client: Socket) => {
    client.on('error', () => {});
    targets.push(request.url ?? '');
    const authorization = request.headers['proxy-authorization'];
    authorizations.push(authorization);
    if (wanted !== null && authorization !== `Basic ${Buffer.from(wanted).toString('base64')}`) {
      const body = '<html>Who are you?</html>';
      client.end(`HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.on('data', (chunk) => chunks.push(chunk));
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => client.destroy());
  });
  return {
    port: await listening(server),
    targets,
    authorizations,
    passed: () => Buffer.concat(chunks).toString('latin1'),
  };
}

/** A proxy with the same answer to every request. */
const answering = (answer: string): Promise<number> =>
  listening(
    createRawServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    }),
  );

const form = { secret: SECRET };
const context = {
  regionLabel: 'EU',
  request: {
    serviceUrl: TARGET,
    type: 'ADMIN' as const,
    userId: '',
    lifetime: 3600,
    privileges: '',
    signIn: { method: 'server' as const, partnerId: 102, secret: new Secret(SECRET) },
  },
};

/** A failed request, whose error contains neither the secret nor the password. */
async function failing(env: Record<string, string>, timeout = 10_000, signal?: AbortSignal) {
  const http = createGotHttp({ timeout, userAgent: 'kaltura-ks/test', env });
  const error: unknown = await http({ url: `${TARGET}/api_v3`, form, signal }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConnectionError)) throw error;
  const advice = describedMaking(error, context);
  const errorText = `${error.message}${error.stack}${JSON.stringify(error)}${JSON.stringify(advice)}`;
  expect(errorText).not.toMatch(/planted|p%40ss|jane|NODE_TLS_REJECT/);
  expect(errorText).not.toContain(Buffer.from(`jane:${PASSWORD}`).toString('base64'));
  expect(error.cause).toBeUndefined();
  expect(advice.headline.length).toBeLessThan(140);
  for (const cause of advice.causes) expect(cause).not.toMatch(/\.$|^[A-Z]/);
  expect(error.host).toBe('kaltura.test');
  return { error, advice, causes: advice.causes.join('\n') };
}

const through = (port: number, login = ''): Record<string, string> => ({
  HTTPS_PROXY: `http://${login}127.0.0.1:${port}`,
});

test('explains a proxy that requires a password if it is missing or wrong', async () => {
  const { port, authorizations } = await proxyTo(0, `jane:${PASSWORD}`);
  for (const login of ['', 'jane:planted-wrong@']) {
    const { error, advice, causes } = await failing(through(port, login));
    expect(error).toMatchObject({ fault: 'proxy', detail: 'HTTP 407', mayHaveArrived: false });
    expect(error.proxy).toEqual({ host: `127.0.0.1:${port}`, variable: 'HTTPS_PROXY' });
    expect(advice.headline).toBe(`The proxy 127.0.0.1:${port} requires a user name and password (HTTP 407)`);
    expect(advice.explanation).toContain('Nothing was sent to kaltura.test.');
    expect(causes).toContain('they are missing or wrong in HTTPS_PROXY');
    expect(causes).toContain('NO_PROXY');
    expect(advice.serverAnswer).toBeNull();
  }
  expect(authorizations).toEqual([undefined, `Basic ${Buffer.from('jane:planted-wrong').toString('base64')}`]);
});

test.each([
  ['HTTP/1.1 403 No\r\n\r\n', 'HTTP 403', 'does not allow connections to kaltura.test', 'its rules block kaltura.test'],
  [
    'HTTP/1.1 302 Go\r\nLocation: http://x/\r\n\r\n',
    'HTTP 302',
    'does not allow connections',
    'the URL in HTTPS_PROXY is not a proxy',
  ],
  ['HTTP/1.1 200\r\n\r\nplanted', 'EPROTO', null, ''],
  ['HTTP/1.0 502 Bad\r\n\r\n<p>planted', 'HTTP 502', 'could not reach kaltura.test', 'kaltura.test is down'],
  ['HTTP/1.1 503 Bad\r\n\r\n', 'HTTP 503', 'could not reach kaltura.test', 'the proxy does not know kaltura.test'],
  ['SSH-2.0-planted\r\n', 'HPE_INVALID_CONSTANT', 'does not answer like a proxy', 'a SOCKS proxy'],
  ['', 'ECONNRESET', 'does not accept connections', 'mistyped in HTTPS_PROXY'],
])('explains a proxy that answers %j', async (answer, detail, headline, cause) => {
  const port = await answering(answer);
  const { error, advice, causes } = await failing(through(port));
  expect(error.mayHaveArrived).toBe(false);
  if (headline === null) {
    // The tunnel was opened, but the server behind it doesn't use TLS.
    expect(['tls', 'reset']).toContain(error.fault);
    return;
  }
  expect(error).toMatchObject({ fault: 'proxy', detail });
  expect(advice.headline).toContain(`The proxy 127.0.0.1:${port} ${headline}`);
  expect(causes).toContain(cause);
});

test('explains a refused connection to the proxy', async () => {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  const { error, advice } = await failing(through(port, `${LOGIN}@`));
  expect(error).toMatchObject({ fault: 'proxy', detail: 'ECONNREFUSED' });
  expect(advice.headline).toBe(`The proxy 127.0.0.1:${port} does not accept connections (ECONNREFUSED)`);
});

test('explains a proxy whose host name does not exist', async () => {
  const { error, advice, causes } = await failing({ all_proxy: `http://${LOGIN}@no-such-proxy.invalid:3128` });
  expect(error.fault).toBe('proxy');
  expect(advice.headline).toContain('The proxy no-such-proxy.invalid:3128 was not found');
  expect(causes).toContain('mistyped in all_proxy');
});

test('times out if the proxy does not answer, and closes the connection', async () => {
  const server = createRawServer((socket) => socket.on('error', () => {}).resume());
  const port = await listening(server);
  const closed = once(server, 'connection').then(([socket]) => once(socket as Socket, 'close'));
  const { error, advice } = await failing(through(port, `${LOGIN}@`), 50);
  expect(error).toMatchObject({ fault: 'proxy', detail: 'ETIMEDOUT', mayHaveArrived: false });
  expect(advice.headline).toContain('did not answer in time');
  await closed;
});

test('can be canceled during the request to the proxy', async () => {
  const controller = new AbortController();
  const server = createRawServer((socket) => socket.on('error', () => {}).once('data', () => controller.abort()));
  const port = await listening(server);
  const closed = once(server, 'connection').then(([socket]) => once(socket as Socket, 'close'));
  const { error } = await failing(through(port), 10_000, controller.signal);
  expect(error).toMatchObject({ fault: 'aborted', mayHaveArrived: false });
  await closed;
});

test('does not bypass an invalid proxy', async () => {
  for (const [address, detail] of [
    [`socks5://${LOGIN}@proxy.example`, 'socks5:// is not supported'],
    [`http://jane:${PASSWORD}@proxy.example`, 'not a URL'],
  ] as const) {
    const { error, advice, causes } = await failing({ HTTPS_PROXY: address });
    expect(error).toMatchObject({ fault: 'proxy', detail, proxy: { host: null, variable: 'HTTPS_PROXY' } });
    expect(advice.headline).toBe(`HTTPS_PROXY does not contain a usable proxy URL (${detail})`);
    expect(causes).toContain('%2F');
  }
});

test('explains an untrusted certificate behind the proxy', async () => {
  const { port, targets } = await proxyTo(await privateKaltura());
  const { error, causes } = await failing(through(port));
  expect(error).toMatchObject({ fault: 'tls', detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', mayHaveArrived: false });
  expect(causes).toContain(`the proxy 127.0.0.1:${port} decrypts https traffic`);
  expect(causes).toContain('NODE_EXTRA_CA_CERTS');
  expect(targets).toEqual(['kaltura.test:443']);
});

test('explains a server behind the proxy that closes the connection', async () => {
  const { port } = await proxyTo(
    await listening(createRawServer((socket) => socket.once('data', () => socket.resetAndDestroy()))),
  );
  const { error, advice, causes } = await failing(through(port));
  expect(error).toMatchObject({ fault: 'reset', mayHaveArrived: false });
  expect(advice.explanation).toContain('Nothing was sent');
  expect(causes).toContain('add kaltura.test to NO_PROXY to connect without it');
});

// Node reads NODE_EXTRA_CA_CERTS only when it starts, so these tests start another Node.

const folder = mkdtempSync(join(tmpdir(), 'kaltura-ks-proxy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let metafile: Metafile;

beforeAll(async () => {
  const contents = `
    import { createGotHttp } from './source/platform/network/got-http.js';
    const { url, form, env } = JSON.parse(process.env.ASKED);
    const http = createGotHttp({ timeout: 20_000, userAgent: 'kaltura-ks/test', env });
    console.log(JSON.stringify(await http({ url, form }).catch((error) => ({ ...error, message: error.message }))));`;
  const built = await build({
    stdin: { contents, loader: 'ts', resolveDir: fileURLToPath(new URL('../../..', import.meta.url)) },
    outfile: join(folder, 'ask.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The same options as for the program.
    banner: { js: 'const require = (id) => process.getBuiltinModule(id);' },
    metafile: true,
  });
  metafile = built.metafile;
});

/** Sends the request from another Node process. Its output contains neither the secret nor the password. */
async function askElsewhere(url: string, env: Record<string, string>, authority = 'private-ca.pem'): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, 'ask.mjs')], {
    env: {
      ASKED: JSON.stringify({ url: `${url}/api_v3`, form, env }),
      DEBUG: '*',
      ...(authority === '' ? {} : { NODE_EXTRA_CA_CERTS: fixture(authority) }),
    },
  });
  expect(`${stdout}${stderr}`).not.toMatch(/planted|p%40ss/);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test.each([
  ['without a password', '', null],
  ['with one', `${LOGIN}@`, `jane:${PASSWORD}`],
])('connects through a proxy %s to a server that NODE_EXTRA_CA_CERTS trusts', async (_, login, wanted) => {
  const bodies: string[] = [];
  const kaltura = await privateKaltura(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(`${body} ${request.headers['proxy-authorization']}`);
    reply.end('"djJ8"');
  });
  const { port, targets, passed } = await proxyTo(kaltura, wanted);
  expect(await askElsewhere(TARGET, through(port, login))).toMatchObject({ status: 200, body: '"djJ8"' });
  expect(targets).toEqual(['kaltura.test:443']);
  // The server gets the form but no proxy headers, and the proxy gets nothing of the form.
  expect(bodies).toEqual([`secret=${SECRET} undefined`]);
  expect(passed()).not.toContain('planted');
  expect(passed().length).toBeGreaterThan(300);
});

test('connects through a proxy that uses TLS', async () => {
  const tls = createTlsServer(certificate);
  const { port, targets } = await proxyTo(await privateKaltura(), null, tls);
  const env = { HTTPS_PROXY: `https://localhost:${port}` };
  expect(await askElsewhere(TARGET, env)).toMatchObject({ status: 200 });
  expect(targets).toEqual(['kaltura.test:443']);
  const { error, advice, causes } = await failing(env);
  expect(error).toMatchObject({ fault: 'proxy', detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  expect(advice.headline).toContain(`The identity of the proxy localhost:${port} could not be verified`);
  expect(causes).toContain('NODE_EXTRA_CA_CERTS');
});

test('does not trust the server without NODE_EXTRA_CA_CERTS', async () => {
  const { port } = await proxyTo(await privateKaltura());
  expect(await askElsewhere(TARGET, through(port), '')).toMatchObject({ fault: 'tls' });
});

test.each(['https://other.test', 'https://10.9.8.7', 'https://10.9.8.7:8443'])(
  'refuses a certificate for another name behind the proxy: %s',
  async (url) => {
    let requests = 0;
    const { port, targets } = await proxyTo(await privateKaltura(() => requests++));
    const outcome = await askElsewhere(url, through(port));
    expect(outcome).toMatchObject({ fault: 'tls', detail: 'ERR_TLS_CERT_ALTNAME_INVALID', mayHaveArrived: false });
    expect(targets).toHaveLength(1);
    expect(requests).toBe(0);
  },
);

test('explains a server that closes the connection after the request', async () => {
  const { port } = await proxyTo(await privateKaltura((request) => request.socket.destroy()));
  expect(await askElsewhere(TARGET, through(port))).toMatchObject({ fault: 'reset', mayHaveArrived: true });
});

test('uses no proxy for a server on this computer, and trusts NODE_EXTRA_CA_CERTS there too', async () => {
  const kaltura = await privateKaltura();
  const { port, targets } = await proxyTo(kaltura);
  expect(await askElsewhere(`https://localhost:${kaltura}`, through(port))).toMatchObject({ status: 200 });
  expect(targets).toEqual([]);
});

test('loads hpagent only for a tunnel', () => {
  const importers = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    imports.filter(({ path }) => path.includes('node_modules/hpagent/')).map(({ kind }) => `${file} ${kind}`),
  );
  expect(importers.filter((line) => !line.startsWith('node_modules/'))).toEqual([
    'source/platform/network/proxy-tunnel.ts dynamic-import',
  ]);
});
