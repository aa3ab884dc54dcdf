import { formatDuration } from '../lifetime.js';
import { ApiError, callApi, NotKalturaError } from './client.js';
import { ConnectionError, type Http } from './http.js';

/** Seconds that two clocks may differ by without a word. */
const TOLERANCE = 60;

/**
 * How far this computer's clock is from the server's, by `system.getTime`, which anybody may ask without a key (docs/kaltura-facts.md 3.2). The
 * server is taken to have looked at its clock halfway through the exchange, so half of that is how far off this may be.
 *
 * @param now epoch milliseconds of this computer's clock
 * @returns whole seconds, the server's time minus this computer's: positive where this computer is behind; null where the server could not be
 * asked or its answer is no time
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
    if (error instanceof ConnectionError || error instanceof NotKalturaError || error instanceof ApiError) return null;
    throw error;
  }
}

/**
 * The same for whoever wants to know why there was no answer.
 *
 * @returns null where the answer is no time
 * @throws {ApiError}
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function fetchClockDifference(
  http: Http,
  serviceUrl: string,
  now: () => number,
  signal?: AbortSignal,
): Promise<number | null> {
  const asked = now();
  const answer = await callApi(http, serviceUrl, 'system.getTime', {}, signal);
  const answered = now();
  // A clock that was set back meanwhile measures nothing.
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer) || answer <= 0 || answered < asked) return null;
  // The server leaves its fraction of a second off: half of one on average.
  return Math.round(answer + 0.5 - (asked + answered) / 2000);
}

/**
 * What a difference means for a key that is signed on this computer, whose end is reckoned from this computer's clock; and what to do.
 *
 * @param difference seconds, as `clockDifference` gives them
 * @returns null up to a minute
 */
export function clockAdvice(difference: number): string | null {
  if (Math.abs(difference) <= TOLERANCE) return null;
  const stretch = formatDuration(Math.abs(difference));
  const meaning =
    difference > 0
      ? `is ${stretch} behind the server’s: a key signed here ends ${stretch} too early, and one made for less is dead on arrival.`
      : `is ${stretch} ahead of the server’s: a key signed here lives ${stretch} longer than you asked for.`;
  return `This computer’s clock ${meaning} ${REMEDY}`;
}

const REMEDY =
  'Set the clock: in WSL2, where it stands still while the computer sleeps, with sudo hwclock -s; on other Linux with ' +
  'sudo timedatectl set-ntp true; elsewhere in the system settings for date and time.';
