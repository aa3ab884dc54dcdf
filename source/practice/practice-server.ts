import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerContext } from './action.js';
import { answer } from './response.js';

/** Listen on this computer only. */
const HOST = '127.0.0.1';

/** The value of the `X-Me` header, which identifies a practice server to other processes of this program. */
export const PRACTICE_SERVER_NAME = 'kaltura-ks-practice';

/** Maximum request size in bytes, more than any supported action needs. */
const MAX_BODY_BYTES = 32_000;

export interface PracticeServerOptions extends ServerContext {
  /** 0 for any free port. */
  readonly port: number;
}

export interface PracticeServer {
  /** The service URL: scheme, host and port, without `/api_v3`. */
  readonly url: string;
  /** Stops the server immediately and closes open connections. */
  readonly close: () => Promise<void>;
}

/** @throws {NodeJS.ErrnoException} `EADDRINUSE` if the port is taken, `EACCES` if it is not allowed */
export async function startPracticeServer({ port, ...context }: PracticeServerOptions): Promise<PracticeServer> {
  const server = createServer((request, response) => {
    // The connection was closed, so the client expects no answer.
    serve(request, response, context).catch(() => response.destroy());
  });
  // A command starts a server for each task, on the same port: a connection that the client kept would be reset at the next one.
  server.maxRequestsPerSocket = 1;
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

async function serve(request: IncomingMessage, response: ServerResponse, context: ServerContext): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders(context))) response.setHeader(name, value);
  if (isFromWebPage(request)) return refuse(response, 403, 'This server answers API calls. It has no web pages.');
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
    context,
  );
  response.writeHead(200, { 'Content-Type': contentType }).end(answered);
}

/**
 * Returns whether a web page in a browser sent the request. The browser then sends `Origin` or `Sec-Fetch-Site`; a
 * page that resolved its own host name to this computer uses that name as the host.
 */
function isFromWebPage({ headers, socket }: IncomingMessage): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]'].flatMap((name) => [
    `${name}:${socket.localPort}`,
    // Browsers omit the default port of http.
    ...(socket.localPort === 80 ? [name] : []),
  ]);
  if (headers.host === undefined || !names.includes(headers.host.toLowerCase())) return true;
  return headers.origin !== undefined || (headers['sec-fetch-site'] ?? 'none') !== 'none';
}

/** Rejects a request with a text of the practice server. The real server has no such answer. */
const refuse = (response: ServerResponse, status: 403 | 413, why: string): void =>
  void response.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8', Connection: 'close' }).end(`${why}\n`);

/**
 * Reads the body; null if it is too long. Reads a long body to its end without keeping it, because the client would
 * otherwise miss the rejection.
 */
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
 * Returns the headers of the real server (docs/kaltura-facts.md 3.5), without those that let every web page read its
 * answers. The time is the practice server's time.
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
