import type { Secret } from '../kaltura/secret.js';
import { dropEndedKeys, type Ended } from '../profiles/drop-ended-keys.js';
import type { Profile } from '../profiles/profile.js';
import { nameKey } from '../profiles/profile-name.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import { isWritable, SECRETS_OF_A_PROFILE, type SecretName } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { SecretKeeper } from '../profiles/secret-place-keeper.js';
import type { Effect } from '../wizard/effect.js';
import type { KnownPlaces } from '../wizard/state.js';

interface Stores {
  readonly store: ProfileStore;
  readonly openKeeper: () => Promise<SecretKeeper>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Profiles together with the secrets that lie in their places. */
export interface Saving {
  save(effect: Extract<Effect, { do: 'save-profile' }>): Promise<void>;
  read(effect: Extract<Effect, { do: 'read-secret' }>, signal: AbortSignal): Promise<Secret>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  look(): Promise<KnownPlaces>;
  /** The secret of a profile, from its place. */
  secretOf(name: string, passphrase: Secret | null, signal: AbortSignal): Promise<Secret>;
  /** Drops what has ended wherever it is kept. @returns all profiles as they are then; null where it was kept nowhere */
  drop(ended: Ended): Promise<readonly Profile[] | null>;
}

export function createSaving({ store, openKeeper, now }: Stores): Saving {
  const find = async (name: string): Promise<Profile | undefined> =>
    (await store.load()).profiles.find((profile) => nameKey(profile.name) === nameKey(name));

  async function write(
    profile: Profile,
    what: SecretName['what'],
    text: Secret,
    passphrase: Secret | null,
  ): Promise<void> {
    const keeper = await openKeeper();
    await keeper.write(profile.secretPlace, { profile: profile.name, what }, text, async () => passphrase);
  }

  /** What a profile had in a place, and has no more. */
  async function clear(before: Profile | undefined, after: Profile | null): Promise<void> {
    if (before === undefined || !isWritable(before.secretPlace)) return;
    const keeper = await openKeeper();
    const isSamePlace = after?.secretPlace.kind === before.secretPlace.kind;
    for (const what of SECRETS_OF_A_PROFILE) {
      const isStillThere = isSamePlace && (what === 'secret' || after?.keptKey?.ks === null);
      if (!isStillThere) await keeper.remove(before.secretPlace, { profile: before.name, what });
    }
  }

  return {
    async save({ profile, isReplacing, secret, passphrase }) {
      const before = isReplacing ? await find(profile.name) : undefined;
      const isKeptElsewhere = profile.keptKey?.ks != null && isWritable(profile.secretPlace);
      const saved: Profile =
        isKeptElsewhere && profile.keptKey !== null
          ? { ...profile, keptKey: { ...profile.keptKey, ks: null } }
          : profile;
      // First the profile: it claims the name, so that no secret is written over one that belongs to another.
      await store.save(saved, { replace: isReplacing });
      try {
        if (secret !== null) await write(saved, 'secret', secret, passphrase);
        if (isKeptElsewhere && profile.keptKey?.ks != null) await write(saved, 'key', profile.keptKey.ks, passphrase);
      } catch (error) {
        await (before === undefined ? store.remove(saved.name) : store.save(before, { replace: true }));
        throw error;
      }
      await clear(before, saved);
    },
    async read({ profile, what, passphrase }, signal) {
      const keeper = await openKeeper();
      return keeper.read(profile.secretPlace, { profile: profile.name, what }, async () => passphrase, signal);
    },
    async rename(from, to) {
      const profile = await find(from);
      await store.rename(from, to);
      if (profile === undefined || !isWritable(profile.secretPlace)) return;
      try {
        await (await openKeeper()).move(profile.secretPlace, from, to);
      } catch (error) {
        // Under the new name its secret would not be found.
        await store.rename(to, from);
        throw error;
      }
    },
    async remove(name) {
      const profile = await find(name);
      await clear(profile, null);
      await store.remove(name);
    },
    async secretOf(name, passphrase, signal) {
      const profile = await find(name);
      if (profile === undefined) {
        throw new SecretPlaceError(
          'absent',
          'ask',
          `There is no profile “${name}” any more.`,
          'Type the secret instead.',
        );
      }
      return this.read({ do: 'read-secret', attempt: 0, profile, what: 'secret', passphrase }, signal);
    },
    async drop(ended) {
      const keeper = await openKeeper();
      const dropped = await dropEndedKeys(ended, {
        store,
        now,
        read: async ({ name, secretPlace }) => {
          try {
            return await keeper.read(secretPlace, { profile: name, what: 'key' }, async () => null);
          } catch (error) {
            if (!(error instanceof SecretPlaceError)) throw error;
            return null;
          }
        },
        remove: async ({ name, secretPlace }) => {
          await keeper.remove(secretPlace, { profile: name, what: 'key' });
        },
      });
      return dropped.length === 0 ? null : (await store.load()).profiles;
    },
    async look() {
      const keeper = await openKeeper();
      try {
        await keeper.check({ kind: 'keychain' });
        return { describe: keeper.describe, isKeychainUsable: true };
      } catch (error) {
        if (!(error instanceof SecretPlaceError)) throw error;
        return { describe: keeper.describe, isKeychainUsable: false };
      }
    },
  };
}
