import { HOSTED_REGIONS, type HostedRegionId } from '../../../source/kaltura/accounts/regions.js';
import {
  ConnectionError,
  type ConnectionFault,
  type Http,
  type HttpRequest,
} from '../../../source/kaltura/api/http.js';
import { answer } from '../../../source/practice/response.js';
import type { PracticeData } from '../../../source/practice/world.js';
import { recordedWorld } from '../../practice/recorded-world.js';

/** When the recordings were made, and so when their world is lived in: epoch milliseconds. */
export const THEN = 1_795_491_790_000;

/** The world behind the recordings, judged by them: 102 lives, 104 and 107 are blocked, and nobody else is known. */
export const recorded = (): PracticeData => recordedWorld();

/** A server that answers as the real one does. */
export function serverOf(world: PracticeData, now: () => number = () => THEN): Http {
  return async ({ url, form }) => {
    const request = {
      method: 'POST',
      path: new URL(url).pathname,
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(form).toString(),
      remoteAddress: '127.0.0.1',
    };
    const { contentType, body } = answer(request, {
      data: world,
      now,
      randomBytes: (length) => Uint8Array.from({ length }, (_, index) => 37 * (index + 3)),
    });
    return { status: 200, headers: { 'content-type': contentType }, body };
  };
}

/** The same world without any account. */
export const emptyServer = (now?: () => number): Http => serverOf({ ...recorded(), accounts: [] }, now);

export const failing =
  (fault: ConnectionFault, detail: string): Http =>
  async ({ url }) => {
    throw new ConnectionError(fault, new URL(url).host, detail);
  };

/** Answers everything with one body. */
export const saying =
  (body: string, status = 200): Http =>
  async () => ({ status, headers: {}, body });

export interface Network {
  readonly http: Http;
  readonly requests: readonly HttpRequest[];
}

/** Sends each request to the server of its host; whoever is not named is a region that knows nobody. */
export function networkOf(servers: Partial<Readonly<Record<HostedRegionId | string, Http>>>): Network {
  const requests: HttpRequest[] = [];
  const byHost = new Map(
    Object.entries(servers).map(([name, http]) => [
      name in HOSTED_REGIONS ? HOSTED_REGIONS[name as HostedRegionId].host : name,
      http,
    ]),
  );
  const nobody = emptyServer();
  return {
    requests,
    http: (request) => {
      requests.push(request);
      return (byHost.get(new URL(request.url).host) ?? nobody)(request);
    },
  };
}
