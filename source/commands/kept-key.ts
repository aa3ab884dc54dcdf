import { readLifetime } from '../kaltura/lifetime.js';
import { keptKeyEnd, type Profile } from '../profiles/profile.js';
import type { Draft } from '../wizard/draft.js';
import { requestKeyOf, serviceUrlOf } from '../wizard/reading.js';
import { UsageError } from './exit-codes.js';

const DEFAULT_MIN_TTL = 5 * 60;

/** A length of time given by a flag, in seconds. @throws {UsageError} */
export function secondsOf(flag: string, value: unknown, usual: number): number {
  if (typeof value !== 'string') return usual;
  if (/^0[a-z]*$/i.test(value.trim())) return 0;
  const reading = readLifetime(value);
  if (!reading.ok) throw new UsageError(`--${flag} takes a length of time such as 90s, 5m or 1h.`);
  return reading.seconds;
}

export const minTtlOf = (value: unknown): number => secondsOf('min-ttl', value, DEFAULT_MIN_TTL);

/** Whether flags and variables left the profile's request as it is. */
export const isSameRequest = (one: Draft, other: Draft): boolean => requestKeyOf(one) === requestKeyOf(other);

/** Whether the account is the profile's: a secret that is kept for one account is not sent on behalf of another. */
export const isSameAccount = (one: Draft, other: Draft): boolean => accountKey(one) === accountKey(other);

const accountKey = (draft: Draft): string =>
  JSON.stringify([
    serviceUrlOf(draft, null),
    draft.method === 'local' ? 'server' : draft.method,
    draft.partnerId.trim(),
    draft.method === 'login' ? draft.loginId.trim() : '',
    draft.method === 'app-token' ? draft.tokenId.trim() : '',
  ]);

/** Seconds that the kept key has left; null without one. `now` in epoch seconds. */
export function secondsLeft(profile: Profile, now: number): number | null {
  const end = keptKeyEnd(profile);
  return end === null ? null : end - now;
}
