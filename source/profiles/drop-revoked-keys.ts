import { isSameKs } from '../kaltura/ks/peek.js';
import type { Secret } from '../kaltura/secret.js';
import { groupOf, planRevoke } from '../kaltura/sessions/end.js';
import { secretNameOf, withEntries } from '../secrets/source.js';
import { SecretSourceError } from '../secrets/source-error.js';
import { changeEntries, entriesOf } from './change-entries.js';
import type { Profile } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { keepsSameKey } from './same-profile.js';
import { profileNamed } from './store.js';

/** Describes what was revoked on a server. */
export interface RevokedKey {
  /** The revoked key; null if only a group of keys was revoked. */
  readonly ks: Secret | null;
  /** The name of the profile that this key was read from; null for another key. */
  readonly fromProfile: string | null;
  /** All keys with this `sessionid` are revoked; null if there is none. */
  readonly sessionId: string | null;
  readonly partnerId: number | null;
  readonly serviceUrl: string;
  /** Whether the key is from the practice server, whose address changes with each start. */
  readonly isPractice: boolean;
}

/** Is notified while keys are removed. */
export interface DropListener {
  readonly onDropped?: (profileName: string) => void;
  /** Called for a saved key that could be the revoked one but can't be read. */
  readonly onUnread?: (profileName: string) => void;
}

/**
 * Removes revoked keys from the profiles that saved them, so that no command prints them again.
 * @param at epoch seconds
 * @returns the names of the changed profiles
 * @throws {ProfileStoreError}
 * @throws {SecretSourceError} `onDropped` has reported the keys that were removed before the error
 */
export async function dropRevokedKeys(
  revoked: RevokedKey,
  at: number,
  deps: StoreAndSecrets,
  listener: DropListener = {},
): Promise<readonly string[]> {
  const dropped: string[] = [];
  const { profiles } = await deps.store.load();
  for (const profile of profiles) {
    if (profile.savedKey === null || !(await isRevoked(profile, revoked, deps, listener))) continue;
    if (!(await dropSavedKey(profile, at, deps))) continue;
    dropped.push(profile.name);
    listener.onDropped?.(profile.name);
  }
  return dropped;
}

/** Removes the saved key of one profile. Returns false if another program has removed or replaced that key in the meantime. */
async function dropSavedKey(profile: Profile, at: number, deps: StoreAndSecrets): Promise<boolean> {
  const { store } = deps;
  const { isSaved, notDeleted } = await changeEntries(
    {
      written: [],
      write: async () => {},
      async plan() {
        const found = await profileNamed(profile.name, store);
        if (found === null || !keepsSameKey(found, profile) || !namesSameKey(found, profile)) return null;
        const after: Profile = {
          ...found,
          secretSource: withEntries(found.secretSource, { key: null }),
          savedKey: null,
          lastKeyEndedAt: at,
        };
        return { replaced: entriesOf(found, ['key']), save: () => store.update(found, after) };
      },
    },
    deps,
  );
  if (notDeleted !== null) throw notDeleted;
  return isSaved;
}

const namesSameKey = (one: Profile, other: Profile): boolean =>
  secretNameOf(one, 'key').entry === secretNameOf(other, 'key').entry;

async function isRevoked(
  profile: Profile,
  revoked: RevokedKey,
  deps: StoreAndSecrets,
  listener: DropListener,
): Promise<boolean> {
  if (profile.name === revoked.fromProfile || isOfGroup(profile, revoked)) return true;
  const account = profile.savedKey?.facts.partnerId ?? profile.partnerId;
  const isOther = account !== null && revoked.partnerId !== null && account !== revoked.partnerId;
  if (revoked.ks === null || isOther) return false;
  const ks = profile.savedKey?.ks ?? (await keyIn(profile, deps, listener));
  return ks !== null && isSameKs(ks, revoked.ks);
}

async function keyIn(profile: Profile, { secrets }: StoreAndSecrets, listener: DropListener): Promise<Secret | null> {
  try {
    return await secrets.read(profile, 'key');
  } catch (error) {
    if (!(error instanceof SecretSourceError)) throw error;
    listener.onUnread?.(profile.name);
    return null;
  }
}

function isOfGroup({ savedKey, region, serviceUrl }: Profile, revoked: RevokedKey): boolean {
  if (savedKey === null || revoked.sessionId === null || savedKey.facts.partnerId !== revoked.partnerId) return false;
  const isThere = region === 'practice' ? revoked.isPractice : serviceUrl === revoked.serviceUrl;
  return isThere && groupOf(planRevoke(savedKey.facts, 0).endsWith) === revoked.sessionId;
}
