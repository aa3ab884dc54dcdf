import { formatDuration } from '../lifetime.js';
import { callApi } from './client.js';
import { isRequestError } from './errors.js';
import type { Http } from './http.js';

/** Clock differences up to this many seconds are ignored. */
const TOLERANCE = 60;

/**
 * Measures how far this computer's clock is from the server's with `system.getTime`, which needs no key
 * (docs/kaltura-facts.md 3.2). Assumes that the server read its clock halfway through the exchange, so the error is at
 * most half the round trip.
 *
 * @param now returns this computer's time in epoch milliseconds
 * @returns the server's time minus this computer's, in whole seconds: positive if this computer is behind; null if the
 *   call fails or the answer is not a time
 */
export async function clockDifference(
  http: Http,
  serviceUrl: string,
  now: () => number,
  signal?: AbortSignal,
): Promise<number | null> {
  try {
    return await fetchClockDifference(http, serviceUrl, now, signal);
  } catch (error) {
    if (isRequestError(error)) return null;
    throw error;
  }
}

/**
 * Measures the same difference as `clockDifference`, but throws if the call fails.
 *
 * @returns null if the answer is not a time
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function fetchClockDifference(
  http: Http,
  serviceUrl: string,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const asked = now();
  const answer = await callApi(http, serviceUrl, 'system.getTime', {}, signal);
  const answered = now();
  // The measurement is invalid if the local clock was set back during the call.
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer) || answer <= 0 || answered < asked) return null;
  // The server truncates to whole seconds, which loses half a second on average.
  return Math.round(answer + 0.5 - (asked + answered) / 2000);
}

/**
 * Explains what a clock difference means for a key that is signed on this computer, and what to do. The expiry of such
 * a key depends on this computer's clock.
 *
 * @param difference in seconds, as returned by `clockDifference`
 * @returns null for a difference of up to 60 seconds
 */
export function clockAdvice(difference: number): string | null {
  if (Math.abs(difference) <= TOLERANCE) return null;
  const stretch = formatDuration(Math.abs(difference));
  const meaning =
    difference > 0
      ? `is ${stretch} behind the server’s: a key that is signed on this computer expires ${stretch} too early. A key with a shorter lifetime is expired from the start.`
      : `is ${stretch} ahead of the server’s: a key that is signed on this computer is valid for ${stretch} longer than you asked for.`;
  return `This computer’s clock ${meaning} ${REMEDY}`;
}

const REMEDY = 'Set the clock (WSL2: sudo hwclock -s; other Linux systems: sudo timedatectl set-ntp true).';
