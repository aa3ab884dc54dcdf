import { HOSTED_REGIONS, type HostedRegionId } from '../../../source/kaltura/accounts/regions.js';
import {
  ConnectionError,
  type ConnectionFault,
  type Http,
  type HttpRequest,
} from '../../../source/kaltura/api/http.js';
import { answer } from '../../../source/practice/response.js';
import type { PracticeData } from '../../../source/practice/world.js';
import { recordedData } from '../../practice/recorded-data.js';

/** The time of the recordings, in epoch milliseconds. */
export const RECORDED_AT = 1_795_491_790_000;

/** The accounts of the recorded server: 102 is active, 104 and 107 are blocked, all others are unknown. */
export const recordedAccounts = (): PracticeData => recordedData();

/** A server that answers as the real one does. */
export function serverOf(world: PracticeData, now: () => number = () => RECORDED_AT): Http {
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

/** The same server without any account. */
export const emptyServer = (now?: () => number): Http => serverOf({ ...recordedAccounts(), accounts: [] }, now);

export const failing =
  (fault: ConnectionFault, detail: string): Http =>
  async ({ url }) => {
    throw new ConnectionError(fault, new URL(url).host, detail);
  };

/** Answers everything with one body. */
export const answering =
  (body: string, status = 200): Http =>
  async () => ({ status, headers: {}, body });

export interface Network {
  readonly http: Http;
  readonly requests: readonly HttpRequest[];
}

/** Sends each request to the server of its host. Every other host is a region without accounts. */
export function networkOf(servers: Partial<Readonly<Record<HostedRegionId | string, Http>>>): Network {
  const requests: HttpRequest[] = [];
  const byHost = new Map(
    Object.entries(servers).map(([name, http]) => [
      name in HOSTED_REGIONS ? HOSTED_REGIONS[name as HostedRegionId].host : name,
      http,
    ]),
  );
  const otherServer = emptyServer();
  return {
    requests,
    http: (request) => {
      requests.push(request);
      return (byHost.get(new URL(request.url).host) ?? otherServer)(request);
    },
  };
}
