import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { HOSTED_REGIONS, type HostedRegionId } from '../../../source/kaltura/accounts/regions.js';

/**
 * The behavior of a region: it forwards requests to a URL (usually of a practice server), knows no account but
 * returns the time, or refuses the connection: then the proxy answers with that status.
 */
export type RegionBehavior = { readonly forwardsTo: string } | 'knows-nobody' | { readonly isRefused: number };

/** A request that a region received. */
export interface SeenRequest {
  readonly region: HostedRegionId;
  /** `session.startWidgetSession` */
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface SixRegions {
  /** With these variables, a program finds Kaltura's six hosts on this computer and reaches no other host. */
  readonly env: Readonly<Record<string, string>>;
  /** In the order of arrival. */
  readonly seen: readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));

const regionOf = (host: string): HostedRegionId | undefined =>
  (Object.keys(HOSTED_REGIONS) as HostedRegionId[]).find((id) => HOSTED_REGIONS[id].host === host);

/**
 * Kaltura's six hosted regions on this computer, with their real names. A proxy terminates TLS with a certificate for all six,
 * which a test authority signed.
 *
 * @param regions the behavior of each; regions that are not listed know no account
 */
export async function openSixRegions(
  regions: Partial<Readonly<Record<HostedRegionId, RegionBehavior>>>,
): Promise<SixRegions> {
  const seen: SeenRequest[] = [];
  const tls = createTlsServer(
    { key: readFileSync(fixture('six-regions.key.pem')), cert: readFileSync(fixture('six-regions.pem')) },
    (request, response) => {
      answer(request, response, regions, seen).catch(() => response.destroy());
    },
  );
  const proxy = createServer();
  proxy.on('connect', ({ url = '' }: IncomingMessage, client: Socket) => {
    client.on('error', () => {});
    const region = regionOf(url.replace(/:443$/, ''));
    const behavior = region === undefined ? { isRefused: 403 } : (regions[region] ?? 'knows-nobody');
    if (typeof behavior === 'object' && 'isRefused' in behavior) {
      client.end(`HTTP/1.1 ${behavior.isRefused} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    tls.emit('connection', client);
  });
  const sockets = new Set<Socket>();
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listening(proxy);
  return {
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: fixture('six-regions-ca.pem'),
    },
    seen,
    close: () =>
      new Promise((done) => {
        proxy.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const listening = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done());
  });

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  regions: Partial<Readonly<Record<HostedRegionId, RegionBehavior>>>,
  seen: SeenRequest[],
): Promise<void> {
  const region = regionOf(request.headers.host ?? '');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (region === undefined) return void response.writeHead(404).end();
  const [, service, action] = /\/service\/([^/]+)\/action\/([^/?]+)/.exec(request.url ?? '') ?? [];
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  seen.push({ region, action: `${service}.${action}`, form });
  const behavior = regions[region] ?? 'knows-nobody';
  if (typeof behavior === 'object' && 'forwardsTo' in behavior) {
    return forward(`${behavior.forwardsTo}${request.url}`, request, body, response);
  }
  const answered = service === 'system' ? Math.floor(Date.now() / 1000) : answerForUnknown(`${action}`, form);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
}

/** The answer of a real region for an unknown account (recordings 028, 207). */
function answerForUnknown(action: string, form: Readonly<Record<string, string>>): object {
  const objectType = 'KalturaAPIException';
  if (action === 'startWidgetSession') {
    const args = { WIDGET_ID: form['widgetId'] };
    return { code: 'INVALID_WIDGET_ID', message: `Unknown widget [${form['widgetId']}]`, objectType, args };
  }
  const message = 'The access to this service is forbidden since the specified partner is blocked';
  return { code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', message, objectType, args: [] };
}

function forward(url: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  return new Promise((done, fail) => {
    const contentType = request.headers['content-type'] ?? '';
    const headers = { 'content-type': contentType, 'content-length': body.length };
    const passed = httpRequest(url, { method: request.method ?? 'POST', headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response).on('finish', done);
    });
    passed.on('error', fail);
    passed.end(body);
  });
}
