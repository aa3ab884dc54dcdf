import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerContext } from './action.js';
import { answer } from './response.js';

/** Practice is on this machine alone: no other can reach it. */
const HOST = '127.0.0.1';

/** The name that the server gives in `X-Me`, by which another copy of this program knows it. */
export const PRACTICE_SERVER_NAME = 'kaltura-ks-practice';

/** More than a request for an action that is answered here has any use for. */
const MAX_BODY_BYTES = 32_000;

export interface PracticeServerOptions extends ServerContext {
  /** 0: any that is free. */
  readonly port: number;
}

export interface PracticeServer {
  /** Scheme, host and port, without `/api_v3`: a service URL. */
  readonly url: string;
  /** Ends it at once, with the connections that are open. */
  readonly close: () => Promise<void>;
}

/** @throws {NodeJS.ErrnoException} `EADDRINUSE` where the port is taken, `EACCES` where it may not be used */
export async function startPracticeServer({ port, ...stage }: PracticeServerOptions): Promise<PracticeServer> {
  const server = createServer((request, response) => {
    // Nobody waits for the answer to a request that breaks off, and one that never ends gets none.
    serve(request, response, stage).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, stage: ServerContext): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders(stage))) response.setHeader(name, value);
  if (isFromWebPage(request)) return refuse(response, 403, 'This server answers programs, and no web pages.');
  const body = await readBody(request);
  if (body === null) return refuse(response, 413, 'The body is too long.');
  const { contentType, body: answered } = answer(
    {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      contentType: request.headers['content-type'] ?? '',
      body,
      remoteAddress: request.socket.remoteAddress ?? HOST,
    },
    stage,
  );
  response.writeHead(200, { 'Content-Type': contentType }).end(answered);
}

/**
 * A page that a browser shows can reach this port. It then says where it comes from (`Origin`, `Sec-Fetch-Site`), or, having had a
 * name of its own resolved to this machine, calls the server by that name.
 */
function isFromWebPage({ headers, socket }: IncomingMessage): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]'].flatMap((name) => [
    `${name}:${socket.localPort}`,
    // The port of http itself is left out.
    ...(socket.localPort === 80 ? [name] : []),
  ]);
  if (headers.host === undefined || !names.includes(headers.host.toLowerCase())) return true;
  return headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none';
}

/** In words of this server's own: the real one has no such answer. */
const refuse = (response: ServerResponse, status: 403 | 413, why: string): void =>
  void response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8', Connection: 'close' }).end(`${why}\n`);

/** null where it is too long. It is read to its end all the same, though not kept: who still sends would not hear the refusal. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (length > MAX_BODY_BYTES) return null;
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * As the real server sends them (docs/kaltura-facts.md 3.5), but for those by which it lets every web page read its answers; the time is the time of the
 * practice world.
 */
function commonHeaders({ now, randomBytes }: ServerContext): Record<string, string> {
  const random = Buffer.from(randomBytes(4)).readUInt32BE() >>> 1;
  return {
    Date: new Date(now()).toUTCString(),
    'X-Me': PRACTICE_SERVER_NAME,
    'X-Kaltura-Session': `${random}, ${Math.floor(now() / 1000)}`,
    'Cache-Control': 'no-store',
  };
}
