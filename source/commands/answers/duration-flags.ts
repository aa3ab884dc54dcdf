import { pointAdvice, readLifetime } from '../../kaltura/lifetime.js';
import { REQUEST_TIMEOUT } from '../../operations/timeouts.js';
import type { Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';

/**
 * Reads a length of time from a flag.
 *
 * @param usual seconds, without the flag
 * @returns seconds
 * @throws {UsageError}
 */
export function secondsOf(flag: string, value: unknown, usual: number): number {
  if (typeof value !== 'string') return usual;
  if (/^0[a-z]*$/i.test(value.trim())) return 0;
  const reading = readLifetime(value);
  if (reading.ok) return reading.seconds;
  const advice = pointAdvice(value);
  const problem = advice === null ? ' needs a length of time such as 90s, 5m or 1h.' : `: ${advice}`;
  throw new UsageError(`--${flag}${problem}`);
}

/** Returns the time limit for each request in milliseconds: `--timeout`, or the usual one. @throws {UsageError} */
export const timeoutOf = (flags: Flags, usual: number = REQUEST_TIMEOUT): number =>
  secondsOf('timeout', flags['timeout'], usual / 1000) * 1000;
