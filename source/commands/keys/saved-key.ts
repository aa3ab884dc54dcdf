import { formatDuration } from '../../kaltura/lifetime.js';
import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import { type Profile, savedKeyExpiry } from '../../profiles/profile.js';
import { createSavedProfiles } from '../../profiles/saved-profiles.js';
import { type ProfileStore, ProfileStoreError } from '../../profiles/store.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import type { FormState } from '../../wizard/form/form.js';
import { requestKeyOf, serviceUrlOf } from '../../wizard/form/reading.js';
import { secondsOf } from '../shared/duration-flags.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import type { SourceAccess } from '../shared/source-access.js';

const DEFAULT_MIN_TTL = 5 * 60;

export const minTtlOf = (value: unknown): number => secondsOf('min-ttl', value, DEFAULT_MIN_TTL);

/** Whether flags and variables left the profile's request as it is. */
export const isSameRequest = (one: FormState, other: FormState): boolean => requestKeyOf(one) === requestKeyOf(other);

/** Whether the account is the profile's: a secret that is kept for one account is not sent on behalf of another. */
export const isSameAccount = (one: FormState, other: FormState): boolean => accountKey(one) === accountKey(other);

const accountKey = (draft: FormState): string =>
  JSON.stringify([
    serviceUrlOf(draft, null),
    draft.method === 'local' ? 'server' : draft.method,
    draft.partnerId.trim(),
    draft.method === 'login' ? draft.loginId.trim() : '',
    draft.method === 'app-token' ? draft.tokenId.trim() : '',
  ]);

/** Seconds that the kept key has left; null without one. `now` in epoch seconds. */
export function secondsLeft(profile: Profile, now: number): number | null {
  const end = savedKeyExpiry(profile);
  return end === null ? null : end - now;
}

/** The key that is kept with the profile, if it lives longer than so many seconds; else null. `now` in epoch seconds. */
export async function savedKeyOf(
  profile: Profile,
  minTtl: number,
  now: number,
  access: SourceAccess,
  report: Report,
): Promise<MadeKey | null> {
  const { keptKey } = profile;
  if (keptKey === null) return null;
  const left = secondsLeft(profile, now) ?? 0;
  if (left <= minTtl) {
    report.detail('The kept key does not live long enough: a new one is made.');
    return null;
  }
  try {
    if (keptKey.ks === null) access.assertPassphrase(profile);
    const ks = keptKey.ks ?? (await access.read(profile, 'key'));
    report.detail(`the key that is kept with the profile (${formatDuration(left)} left)`);
    return { ...keptKey, ks };
  } catch (error) {
    const isGivenUp = error instanceof SecretSourceError && error.fault === 'cancelled';
    // A missing passphrase is in the way only where the secret is wanted from there too.
    if (isGivenUp || !(error instanceof SecretSourceError || error instanceof UsageError)) throw error;
    report.say(`caution: the kept key could not be had, so a new one is made. ${error.message}`);
    return null;
  }
}

/**
 * Keeps a new key with its profile: where the secret lies, if keys can be kept there. One that cannot be kept is handed over all the
 * same. The profile may have been changed or removed while the key was made: that stands.
 */
export async function saveNewKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  store: ProfileStore,
  access: SourceAccess,
  report: Report,
): Promise<void> {
  try {
    const isKept = await createSavedProfiles({ store, secrets: access }).keepKey(profile, made, savedAt);
    report.detail(
      isKept
        ? 'The key is kept with the profile.'
        : 'The key is not kept: the profile was changed or removed meanwhile.',
    );
  } catch (error) {
    const isForeseen =
      error instanceof ProfileStoreError || error instanceof SecretSourceError || error instanceof UsageError;
    if (!isForeseen) throw error;
    report.say(`caution: the key could not be kept. ${error.message}`);
  }
}
