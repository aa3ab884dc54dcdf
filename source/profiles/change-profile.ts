import type { MadeKey } from '../kaltura/sign-in/key-request.js';
import { isWritable, type SecretName, withEntries } from '../secrets/source.js';
import { changeEntries, deleteEntries, deleteLeftoverEntries, entriesOf, ignoreStoreErrors } from './change-entries.js';
import { nameKey } from './name.js';
import { type Profile, savesKeys } from './profile.js';
import type { StoreAndSecrets } from './profile-secrets.js';
import { entryKey } from './record-entries.js';
import { acceptsKeyOf } from './same-profile.js';
import { changedMeanwhile, profileNamed, savedProfileNamed } from './store.js';

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
  const { name, secretSource } = profile;
  const present = async (): Promise<Profile | null> => {
    const found = await profileNamed(name, store);
    return found !== null && savesKeys(found) && acceptsKeyOf(found, profile) ? found : null;
  };
  if ((await present()) === null) return false;
  const isStored = isWritable(secretSource);
  const of: SecretName = { profile: name, what: 'key', entry: isStored ? await secrets.newEntry() : null };
  const withKey = (found: Profile): Profile => ({
    ...found,
    secretSource: withEntries(found.secretSource, { key: of.entry ?? null }),
    savedKey: { ...made, ks: isStored ? null : made.ks },
    savedAt,
  });
  const { isSaved } = await changeEntries(
    {
      written: isStored ? [{ place: secretSource.kind, of }] : [],
      write: async () => (isStored ? secrets.write(secretSource, of, made.ks) : undefined),
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

/**
 * Renames a profile. Its entries don't move, because its record refers to them by ID.
 * @throws {ProfileStoreError} if the name is taken, or there is no such profile
 * @throws {SecretSourceError} the profile keeps its old name
 */
export async function renameWithSecrets(from: string, to: string, deps: StoreAndSecrets): Promise<void> {
  const { store } = deps;
  if (nameKey(from) !== nameKey(to)) {
    const [profile, taken] = [await savedProfileNamed(from, store), await savedProfileNamed(to, store)];
    if (profile !== null && taken === null) await giveEntryIds(profile, deps);
  }
  await store.rename(from, to);
}

/** Copies the entries that version 0.1.0 named after the profile to entries with IDs, because they could not be found under a new name. */
async function giveEntryIds(profile: Profile, deps: StoreAndSecrets): Promise<void> {
  const { store, secrets } = deps;
  const { name, secretSource } = profile;
  if (!isWritable(secretSource)) return;
  const named = entriesOf(profile).filter(({ of }) => of.entry === undefined);
  if (named.length === 0) return;
  const ids = new Map<SecretName['what'], string>();
  for (const { of } of named) ids.set(of.what, await secrets.newEntry());
  const copied = new Set<SecretName['what']>();
  await changeEntries(
    {
      change: 'renamed',
      written: named.map(({ place, of }) => ({ place, of: { ...of, entry: ids.get(of.what) ?? null } })),
      async write() {
        for (const { of } of named) {
          if (await secrets.copy(secretSource, of, { ...of, entry: ids.get(of.what) ?? null })) copied.add(of.what);
        }
      },
      async plan() {
        const found = await savedProfileNamed(name, store);
        const present = (found === null ? [] : entriesOf(found)).map(entryKey);
        const isStillNamed = named.every((entry) => present.includes(entryKey(entry)));
        if (found === null || !isStillNamed) throw changedMeanwhile(name, store.fileOf(name));
        const entries = named.map(({ of }) => [of.what, copied.has(of.what) ? (ids.get(of.what) ?? null) : null]);
        const after = { ...found, secretSource: withEntries(found.secretSource, Object.fromEntries(entries)) };
        return { replaced: named, save: () => store.update(found, after) };
      },
    },
    deps,
  );
}

/**
 * Removes a profile and its stored secrets.
 * @returns whether it had any
 * @throws {ProfileStoreError} also if another program changed the profile in the meantime: it is not removed
 * @throws {SecretSourceError} and the profile is not removed
 */
export async function removeWithSecrets(name: string, deps: StoreAndSecrets): Promise<boolean> {
  const { store } = deps;
  const profile = await savedProfileNamed(name, store);
  const hadEntries =
    profile === null ? await store.remove(name).then(() => false) : await removeRecordAndEntries(profile, deps);
  await deleteLeftoverEntries(profile?.secretSource.kind ?? 'ask', deps);
  return hadEntries;
}

async function removeRecordAndEntries(profile: Profile, deps: StoreAndSecrets): Promise<boolean> {
  const { store, secrets } = deps;
  const { name } = profile;
  const entries = entriesOf(profile);
  if (entries.length === 0) {
    await store.remove(name, profile);
    return false;
  }
  await secrets.check(profile.secretSource);
  const note = store.noteEntries('deleted');
  note.add(entries);
  // Remove the record first, so that no other program can save a profile that refers to the same entries.
  await store.remove(name, profile);
  try {
    const hadEntries = await deleteEntries(entries, deps);
    note.done();
    return hadEntries;
  } catch (error) {
    await ignoreStoreErrors(() => store.save(profile, { isRestored: true }));
    throw error;
  }
}
