import type { Profile, Trouble } from './profile.js';
import { nameKey } from './profile-name.js';
import { nameTaken, type ProfileStore } from './profile-store.js';

export type UnusableProfile = Extract<Trouble, { kind: 'unusable' }>;

/** The profiles that are listed, but cannot be used. */
export const unusableIn = (troubles: readonly Trouble[]): readonly UnusableProfile[] =>
  troubles.filter((trouble) => trouble.kind === 'unusable');

/** The profile that has this name now and can be used; case does not count. @throws {ProfileStoreError} */
export async function profileNamed(name: string, store: ProfileStore): Promise<Profile | null> {
  const { profiles } = await store.load();
  return profiles.find((profile) => nameKey(profile.name) === nameKey(name)) ?? null;
}

/** Like `profileNamed`, but also finds an unusable profile, to rename, replace or remove it. @throws {ProfileStoreError} */
export async function savedProfileNamed(name: string, store: ProfileStore): Promise<Profile | null> {
  const { profiles, troubles } = await store.load();
  const saved = [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)];
  return saved.find((profile) => nameKey(profile.name) === nameKey(name)) ?? null;
}

/** For whoever asks for a secret before the profile is saved. @throws {ProfileStoreError} where a profile has this name */
export async function assertNameIsFree(name: string, store: ProfileStore): Promise<void> {
  const found = await savedProfileNamed(name, store);
  if (found !== null) throw nameTaken(found.name, store.fileOf(name));
}
