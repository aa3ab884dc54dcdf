import { groupOf, planEnd } from '../kaltura/end-key.js';
import { regionLabel } from '../kaltura/regions.js';
import { isSameKey } from '../kaltura/same-key.js';
import type { Secret } from '../kaltura/secret.js';
import type { Profile } from '../profiles/profile.js';
import { type ProfileStore, ProfileStoreError } from '../profiles/profile-store.js';
import { isWritable } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { Flags } from './command-line.js';
import type { CommandRuntime } from './command-runtime.js';
import { UsageError } from './exit-codes.js';
import { createPlaceAccess, type PlaceAccess } from './place-access.js';
import type { Report } from './report.js';

/** What has ended on a server. */
export interface Ended {
  /** null where only a group has. */
  readonly ks: Secret | null;
  /** The profile that this very key was taken from; null for another key. */
  readonly keptWith: Profile | null;
  /** All keys with this `sessionid` have ended; null where there is none. */
  readonly sessionId: string | null;
  readonly partnerId: number | null;
  readonly serviceUrl: string;
  readonly regionLabel: string;
}

/**
 * Takes keys that have ended out of the profiles that keep them: else they would be handed out once more.
 *
 * @returns the names of the profiles
 */
export async function dropEndedKeys(
  ended: Ended,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<readonly string[]> {
  const store = await runtime.openStore();
  // Nobody is asked for a passphrase only to compare a key.
  const access = createPlaceAccess({ ...flags, input: false }, runtime, report);
  const dropped: string[] = [];
  try {
    const { profiles } = await store.load();
    for (const profile of profiles) {
      if (profile.keptKey === null || !(await hasEnded(profile, ended, access, report))) continue;
      await drop(profile, store, access, runtime);
      dropped.push(profile.name);
      report.say(`the key that was kept with “${profile.name}” is dropped: it has ended.`);
    }
  } catch (error) {
    const isForeseen = error instanceof ProfileStoreError || error instanceof SecretPlaceError;
    if (!isForeseen) throw error;
    report.say(`caution: a kept key that has ended could not be dropped. ${error.message}`);
  }
  return dropped;
}

async function drop(
  profile: Profile,
  store: ProfileStore,
  access: PlaceAccess,
  runtime: CommandRuntime,
): Promise<void> {
  // First the key: without its mark in the profile, nothing would lead to it.
  if (isWritable(profile.secretPlace)) await access.remove(profile, 'key');
  const lastKeyEndedAt = Math.floor(runtime.now() / 1000);
  await store.save({ ...profile, keptKey: null, lastKeyEndedAt }, { replace: true });
}

async function hasEnded(profile: Profile, ended: Ended, access: PlaceAccess, report: Report): Promise<boolean> {
  const { ks, keptWith } = ended;
  if (profile.name === keptWith?.name) return true;
  if (isOfGroup(profile, ended)) return true;
  const account = profile.keptKey?.facts.partnerId ?? profile.partnerId;
  if (ks === null || (account !== null && ended.partnerId !== null && account !== ended.partnerId)) return false;
  const kept = await keptKeyOf(profile, access, report);
  return kept !== null && isSameKey(kept, ks);
}

function isOfGroup({ keptKey, region, serviceUrl }: Profile, ended: Ended): boolean {
  if (keptKey === null || ended.sessionId === null || keptKey.facts.partnerId !== ended.partnerId) return false;
  const isThere =
    region === 'practice' ? ended.regionLabel === regionLabel('practice') : serviceUrl === ended.serviceUrl;
  return isThere && groupOf(planEnd(keptKey.facts, 0).endsWith) === ended.sessionId;
}

/** null where it cannot be looked at, which is said. */
async function keptKeyOf(profile: Profile, access: PlaceAccess, report: Report): Promise<Secret | null> {
  const here = profile.keptKey?.ks ?? null;
  if (here !== null) return here;
  try {
    access.assertPassphrase(profile);
    return await access.read(profile, 'key');
  } catch (error) {
    if (!(error instanceof SecretPlaceError || error instanceof UsageError)) throw error;
    report.say(
      `caution: “${profile.name}” keeps a key of this account, which could not be looked at. It may be this one.`,
    );
    return null;
  }
}
