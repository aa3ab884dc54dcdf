import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import { isWritable, type SecretName, withEntries } from '../secrets/source.js';
import { changeEntries, entriesOf } from './change-entries.js';
import { type Profile, savesKeys } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { acceptsKeyOf } from './same-profile.js';
import { profileNamed } from './store.js';

/**
 * Saves a new key with the profile that it was made for, at its secret source if that can store keys.
 * @param savedAt epoch seconds
 * @returns false if the profile was removed in the meantime, or now asks for another key or for none to be saved: then nothing changes
 * @throws {ProfileStoreError}
 * @throws {SecretSourceError}
 */
export async function saveKey(
  profile: Profile,
  made: MadeKey,
  savedAt: number,
  deps: StoreAndSecrets,
): Promise<boolean> {
  const { store, secrets } = deps;
  const { name, secretPlace } = profile;
  const present = async (): Promise<Profile | null> => {
    const found = await profileNamed(name, store);
    return found !== null && savesKeys(found) && acceptsKeyOf(found, profile) ? found : null;
  };
  if ((await present()) === null) return false;
  const isStored = isWritable(secretPlace);
  const of: SecretName = { profile: name, what: 'key', entry: isStored ? await secrets.newEntry() : null };
  const withKey = (found: Profile): Profile => ({
    ...found,
    secretPlace: isWritable(found.secretPlace)
      ? withEntries(found.secretPlace, { key: of.entry ?? null })
      : found.secretPlace,
    keptKey: { ...made, ks: isStored ? null : made.ks },
    savedAt,
  });
  const { isSaved } = await changeEntries(
    {
      written: isStored ? [{ place: secretPlace.kind, of }] : [],
      write: async () => (isStored ? secrets.write(secretPlace, of, made.ks) : undefined),
      async plan() {
        const found = await present();
        if (found === null) return null;
        return { replaced: entriesOf(found, ['key']), save: () => store.update(found, withKey(found)) };
      },
    },
    deps,
  );
  return isSaved;
}
