import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A received request. */
export interface SeenRequest {
  readonly method: string;
  /** The host name of the hosted region, or '' for the loopback server itself. */
  readonly host: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The reply to a request: forwarded to another URL, an answer, a closed connection, or no answer. */
export type Reply = { readonly forwardTo: string } | Answer | 'hang up' | 'no answer';

/** The reply of a hosted region: a reply, the real answers for an unknown account, or an error status of the proxy. */
export type RegionReply = Reply | 'unknown account' | { readonly isRefusedWith: number };

export interface RecordingServer {
  readonly url: string;
  /** Variables that connect the program to this server instead of the hosted regions, and to nothing else. */
  readonly proxyEnv: Readonly<Record<string, string>>;
  readonly seen: SeenRequest[];
  close(): void;
}

const tlsFile = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/**
 * Opens a loopback server that records each request. It is also a proxy that answers for the hosted regions with its own TLS certificate.
 *
 * @param next the reply to the next request; called once for each
 * @param region the reply of a hosted region by its host name
 */
export async function openRecordingServer(
  next: () => Reply,
  region: (host: string) => RegionReply,
): Promise<RecordingServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const handle = (host: string, replyTo: (path: string, body: string) => Reply) => {
    return (request: IncomingMessage, response: ServerResponse): void => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const { method = '', url: path = '', rawHeaders } = request;
        const name = host === '' ? '' : (request.headers.host ?? '');
        seen.push({ method, host: name, path, headers: pairs(rawHeaders), body });
        void sendReply(replyTo(path, body), request, body, response);
      });
    };
  };
  const hosted = createTlsServer({
    key: readFileSync(tlsFile('six-regions.key.pem')),
    cert: readFileSync(tlsFile('six-regions.pem')),
  });
  hosted.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const host = request.headers.host ?? '';
    const regionReply = region(host);
    handle('hosted', (path, body) => {
      if (typeof regionReply === 'object' && 'isRefusedWith' in regionReply) return 'hang up';
      return regionReply === 'unknown account' ? answerForUnknownAccount(path, body) : regionReply;
    })(request, response);
  });
  const server = createServer(handle('', () => next()));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', ({ url = '' }: IncomingMessage, client: Socket) => {
    const regionReply = region(url.replace(/:443$/, ''));
    if (typeof regionReply === 'object' && 'isRefusedWith' in regionReply) {
      client.end(`HTTP/1.1 ${regionReply.isRefusedWith} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    hosted.emit('connection', client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    proxyEnv: { HTTPS_PROXY: url, NODE_EXTRA_CA_CERTS: tlsFile('six-regions-ca.pem') },
    seen,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((text, index) =>
    index % 2 === 0 ? [[text.toLowerCase(), rawHeaders[index + 1] ?? ''] satisfies [string, string]] : [],
  );
}

async function sendReply(
  reply: Reply,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  if (reply === 'no answer') return;
  if (reply === 'hang up') {
    request.socket.destroy();
    return;
  }
  if ('forwardTo' in reply) {
    forward(`${reply.forwardTo}${request.url}`, request, body, response);
    return;
  }
  response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
}

function forward(url: string, { method, headers }: IncomingMessage, body: string, response: ServerResponse): void {
  const sent = { 'content-type': headers['content-type'] ?? '', 'content-length': Buffer.byteLength(body) };
  const passed = httpRequest(url, { method: method ?? 'POST', headers: sent, agent: false }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  passed.on('error', () => response.destroy());
  passed.end(body);
}

/** Returns the answer of a real region for an account that it does not have (recordings 028 and 207). */
function answerForUnknownAccount(path: string, body: string): Answer {
  const answer = (value: unknown): Answer => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });
  if (path.includes('/system/')) return answer(Math.floor(Date.now() / 1000));
  const objectType = 'KalturaAPIException';
  const widgetId = new URLSearchParams(body).get('widgetId');
  if (path.includes('/startWidgetSession')) {
    const message = `Unknown widget [${widgetId}]`;
    return answer({ code: 'INVALID_WIDGET_ID', message, objectType, args: { WIDGET_ID: widgetId } });
  }
  const message = 'The access to this service is forbidden since the specified partner is blocked';
  return answer({ code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', message, objectType, args: [] });
}
