import type { Profile } from './profile.js';
import { nameKey } from './profile-name.js';
import { nameTaken, type ProfileStore } from './profile-store.js';

/** The profile that has this name now; case does not count. @throws {ProfileStoreError} */
export async function profileNamed(name: string, store: ProfileStore): Promise<Profile | null> {
  const { profiles } = await store.load();
  return profiles.find((profile) => nameKey(profile.name) === nameKey(name)) ?? null;
}

/** For whoever asks for a secret before the profile is saved. @throws {ProfileStoreError} where a profile has this name */
export async function assertNameIsFree(name: string, store: ProfileStore): Promise<void> {
  const found = await profileNamed(name, store);
  if (found !== null) throw nameTaken(found.name, store.fileOf(name));
}
