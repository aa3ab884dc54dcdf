import { hostOf } from './advice/advice.js';
import { NotKalturaError } from './api-client.js';
import { askClock } from './clock.js';
import type { AdviceContext } from './error-advice.js';
import { HOSTED_REGION_IDS, serviceUrlOfRegion } from './find-region.js';
import { type PlannedCall, plannedCall } from './planned-calls.js';
import { type ProbeDeps, throwUnlessOfServer } from './probe.js';

export const TIME_ACTION = 'system.getTime';
export const NOTHING_BUT_THE_QUESTION = 'Nothing but the question itself is sent.';

/** The time, which anyone may ask (facts 3.2): the least that tells whether a server answers. */
export const timeCall = (serviceUrl: string): PlannedCall =>
  plannedCall(serviceUrl, TIME_ACTION, 'asks for the time, as anyone may', {});

/** Another of Kaltura's servers than the one that failed. */
export function otherServer({ request }: AdviceContext): string {
  const others = HOSTED_REGION_IDS.map(serviceUrlOfRegion).filter(
    (url) => hostOf({ serviceUrl: url }) !== hostOf(request),
  );
  return others[0] ?? request.serviceUrl;
}

/** Seconds, as `clockDifference` has them, or why there are none. */
export type AskedTime = { readonly difference: number } | { readonly failure: unknown };

/** @throws {ConnectionError} where the person gave it up */
export async function askTime(serviceUrl: string, { http, now, signal }: ProbeDeps): Promise<AskedTime> {
  try {
    const difference = await askClock(http, serviceUrl, now, signal);
    if (difference !== null) return { difference };
    return { failure: new NotKalturaError({ what: 'wrong-shape', status: 200 }) };
  } catch (failure) {
    throwUnlessOfServer(failure);
    return { failure };
  }
}
