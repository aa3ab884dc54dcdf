import type { Secret } from '../kaltura/secret.js';
import type { Runtime } from '../operations/runtime.js';
import { notDeletedText } from '../profiles/change-entries.js';
import type { RevokedKey } from '../profiles/drop-ended-keys.js';
import type { Profile } from '../profiles/profile.js';
import { openProfileSecrets, type ProfileSecrets } from '../profiles/profile-secrets.js';
import { createSavedProfiles, type SavedProfiles } from '../profiles/saved-profiles.js';
import type { ProfileStore } from '../profiles/store.js';
import { profileNamed } from '../profiles/store.js';
import { SecretSourceError } from '../secrets/source-error.js';
import type { Effect } from '../wizard/engine/effect.js';
import type { KnownSources } from '../wizard/engine/state.js';

interface Stores extends Pick<Runtime, 'openSecretKeeper' | 'now'> {
  readonly store: ProfileStore;
}

/** What the wizard does with profiles and their secrets; a passphrase was typed before. */
export interface Saving extends Pick<SavedProfiles, 'rename' | 'remove'> {
  /** Returns a warning to show, or null. */
  save(effect: Extract<Effect, { do: 'save-profile' }>): Promise<string | null>;
  read(effect: Extract<Effect, { do: 'read-secret' }>, signal: AbortSignal): Promise<Secret>;
  look(): Promise<KnownSources>;
  /** The secret of a profile, from its place. */
  secretOf(name: string, passphrase: Secret | null, signal: AbortSignal): Promise<Secret>;
  /** Drops what has ended wherever it is kept. @returns all profiles as they are then; null where it was kept nowhere */
  drop(ended: RevokedKey): Promise<readonly Profile[] | null>;
}

export function createSaving({ store, openSecretKeeper, now }: Stores): Saving {
  const secretsWith = (passphrase: Secret | null): ProfileSecrets =>
    openProfileSecrets(openSecretKeeper, async () => passphrase);
  const keptWith = (passphrase: Secret | null): SavedProfiles =>
    createSavedProfiles({ store, secrets: secretsWith(passphrase) });
  const { rename, remove, dropEnded } = keptWith(null);

  return {
    async save({ profile, isReplacing, secret, passphrase }) {
      const wish = { profile, replace: isReplacing, secret: secret ?? ('present' as const) };
      return notDeletedText(await keptWith(passphrase).save(wish));
    },
    read: ({ profile, what, passphrase }, signal) => secretsWith(passphrase).read(profile, what, signal),
    rename,
    remove,
    async secretOf(name, passphrase, signal) {
      const profile = await profileNamed(name, store);
      if (profile === null) {
        throw new SecretSourceError(
          'absent',
          'ask',
          `There is no profile “${name}” any more.`,
          'Type the secret instead.',
        );
      }
      return secretsWith(passphrase).read(profile, 'secret', signal);
    },
    async drop(ended) {
      const dropped = await dropEnded(ended, Math.floor(now() / 1000));
      return dropped.length === 0 ? null : (await store.load()).profiles;
    },
    async look() {
      const keeper = await openSecretKeeper();
      try {
        await keeper.check({ kind: 'keychain' });
        return { describe: keeper.describe, isKeychainUsable: true };
      } catch (error) {
        if (!(error instanceof SecretSourceError)) throw error;
        return { describe: keeper.describe, isKeychainUsable: false };
      }
    },
  };
}
