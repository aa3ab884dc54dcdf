import { groupOf, planEnd } from '../kaltura/end-key.js';
import { isSameKey } from '../kaltura/same-key.js';
import type { Secret } from '../kaltura/secret.js';
import type { Profile } from './profile.js';
import type { ProfileStore } from './profile-store.js';
import { isWritable } from './secret-place.js';

/** What has ended on a server. */
export interface Ended {
  /** null where only a group has. */
  readonly ks: Secret | null;
  /** The name of the profile that this very key was taken from; null for another key. */
  readonly keptWith: string | null;
  /** All keys with this `sessionid` have ended; null where there is none. */
  readonly sessionId: string | null;
  readonly partnerId: number | null;
  readonly serviceUrl: string;
  /** The practice server answers at another address each time. */
  readonly isPractice: boolean;
}

/** The keys that profiles keep, wherever they lie. */
export interface KeptKeys {
  readonly store: ProfileStore;
  /** A key that lies in the place of its profile; null where that cannot be looked at. */
  readonly read: (profile: Profile) => Promise<Secret | null>;
  readonly remove: (profile: Profile) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onDropped?: (profileName: string) => void;
}

/**
 * Takes keys that have ended out of the profiles that keep them: else they would be handed out once more.
 *
 * @returns the names of the profiles
 * @throws {ProfileStoreError}
 * @throws {SecretPlaceError} what was dropped until then is told by `onDropped`
 */
export async function dropEndedKeys(ended: Ended, kept: KeptKeys): Promise<readonly string[]> {
  const dropped: string[] = [];
  const { profiles } = await kept.store.load();
  for (const profile of profiles) {
    if (profile.keptKey === null || !(await hasEnded(profile, ended, kept))) continue;
    await drop(profile, kept);
    dropped.push(profile.name);
    kept.onDropped?.(profile.name);
  }
  return dropped;
}

async function drop(profile: Profile, { store, remove, now }: KeptKeys): Promise<void> {
  // First the key: without its mark in the profile, nothing would lead to it.
  if (isWritable(profile.secretPlace)) await remove(profile);
  const lastKeyEndedAt = Math.floor(now() / 1000);
  await store.save({ ...profile, keptKey: null, lastKeyEndedAt }, { replace: true });
}

async function hasEnded(profile: Profile, ended: Ended, kept: KeptKeys): Promise<boolean> {
  if (profile.name === ended.keptWith || isOfGroup(profile, ended)) return true;
  const account = profile.keptKey?.facts.partnerId ?? profile.partnerId;
  const isOther = account !== null && ended.partnerId !== null && account !== ended.partnerId;
  if (ended.ks === null || isOther) return false;
  const ks = profile.keptKey?.ks ?? (await kept.read(profile));
  return ks !== null && isSameKey(ks, ended.ks);
}

function isOfGroup({ keptKey, region, serviceUrl }: Profile, ended: Ended): boolean {
  if (keptKey === null || ended.sessionId === null || keptKey.facts.partnerId !== ended.partnerId) return false;
  const isThere = region === 'practice' ? ended.isPractice : serviceUrl === ended.serviceUrl;
  return isThere && groupOf(planEnd(keptKey.facts, 0).endsWith) === ended.sessionId;
}
