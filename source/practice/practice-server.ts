import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from './action.js';
import { answer } from './answer.js';

/** Practice is on this machine alone: no other can reach it. */
const HOST = '127.0.0.1';

/** The name that the server gives in `X-Me`, by which another copy of this program knows it. */
export const PRACTICE_SERVER_NAME = 'kaltura-ks-practice';

/** More than any request for an action that is answered here. */
const MAX_BODY_BYTES = 1_000_000;

export interface PracticeServerOptions extends Stage {
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

async function serve(request: IncomingMessage, response: ServerResponse, stage: Stage): Promise<void> {
  for (const [name, value] of Object.entries(commonHeaders(stage))) response.setHeader(name, value);
  const body = await readBody(request);
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

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new RangeError('The body is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** As the real server sends them (facts 3.5); the time is the time of the practice world. */
function commonHeaders({ now, randomBytes }: Stage): Record<string, string> {
  const random = Buffer.from(randomBytes(4)).readUInt32BE() >>> 1;
  return {
    Date: new Date(now()).toUTCString(),
    'X-Me': PRACTICE_SERVER_NAME,
    'X-Kaltura-Session': `${random}, ${Math.floor(now() / 1000)}`,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Cache-Control': 'no-store',
  };
}
