import { formatRemaining } from '../../kaltura/lifetime.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { secondsOf } from '../answers/duration-flags.js';
import type { SourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';

const DEFAULT_MIN_TTL = 5 * 60;

export const minTtlOf = (value: unknown): number => secondsOf('min-ttl', value, DEFAULT_MIN_TTL);

/** Returns the seconds until the saved key expires; null without one. `now` is in epoch seconds. */
export function secondsLeft(profile: Profile, now: number): number | null {
  const end = savedKeyExpiry(profile);
  return end === null ? null : end - now;
}

/** Returns the profile's saved key if it is valid for longer than the given number of seconds; else null. */
export async function savedKeyOf(
  profile: Profile,
  minTtl: number,
  access: SourceAccess,
  { runtime, report }: CommandRun,
): Promise<MadeKey | null> {
  const { savedKey } = profile;
  if (savedKey === null) return null;
  const left = secondsLeft(profile, runtime.now() / 1000) ?? 0;
  if (left <= minTtl) {
    report.detail('The saved key expires too soon. Creating a new one.');
    return null;
  }
  try {
    if (savedKey.ks === null) access.assertPassphrase(profile);
    const ks = savedKey.ks ?? (await access.read(profile, 'key'));
    report.detail(`Using the saved key of the profile (${formatRemaining(left)} left).`);
    return { ...savedKey, ks };
  } catch (error) {
    const isGivenUp = error instanceof SecretSourceError && error.fault === 'cancelled';
    // A missing passphrase is an error only if the secret is needed from there as well.
    if (isGivenUp || !(error instanceof SecretSourceError || error instanceof UsageError)) throw error;
    report.say(`caution: the saved key could not be read. Creating a new one. ${error.message}`);
    return null;
  }
}
