import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ParsedKs } from '../../source/kaltura/ks/fields.js';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { startPracticeServer } from '../../source/practice/practice-server.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { PracticeData } from '../../source/practice/world.js';

export const NOW = Date.UTC(2027, 2, 4, 5, 6, 7);
export const deps = { now: () => NOW, randomBytes: (length: number) => randomBytes(length) };

/** The parameters of `session.start` for the practice account. */
export const ACCOUNT = { partnerId: String(PRACTICE_CREDENTIALS.partnerId), secret: PRACTICE_CREDENTIALS.adminSecret };

/** Opens a practice server on a free port until the test ends. */
export async function openServer(world: PracticeData = createPracticeData()): Promise<string> {
  const server = await startPracticeServer({ ...deps, port: 0, data: world });
  onTestFinished(() => server.close());
  return server.url;
}

export function post(url: string, action: string, parameters: Record<string, string>): Promise<Response> {
  const [service, name] = action.split('.');
  const body = new URLSearchParams(parameters);
  return fetch(`${url}/api_v3/service/${service}/action/${name}`, { method: 'POST', body });
}

/** The JSON answer: a plain value or an object. */
// biome-ignore lint/suspicious/noExplicitAny: an answer can be any value, and the test checks it
export async function call(url: string, action: string, parameters: Record<string, string> = {}): Promise<any> {
  return (await post(url, action, { format: '1', ...parameters })).json();
}

/** Creates a key of the practice account, ADMIN by default. */
export const startKey = (url: string, asked: Record<string, string> = {}): Promise<string> =>
  call(url, 'session.start', { ...ACCOUNT, type: '2', ...asked });

export const fieldsOf = (ks: string): ParsedKs => openKs(ks, [new Secret(PRACTICE_CREDENTIALS.adminSecret)]);

/** Opens another program on a port until the test ends. Returns the requested paths. */
export async function openOtherServer(headers: Record<string, string>, port = 0) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(request.url ?? '');
    response.writeHead(200, { connection: 'close', ...headers }).end('true');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { heard: received, port: (server.address() as AddressInfo).port };
}
