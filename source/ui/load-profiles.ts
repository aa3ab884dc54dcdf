import { type LoadedProfiles, type ProfileStore, ProfileStoreError } from '../profiles/store.js';

/** A folder that cannot be used keeps nobody from making a key. */
export async function loadProfiles(store: ProfileStore): Promise<LoadedProfiles> {
  try {
    return await store.load();
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    return { profiles: [], troubles: [{ kind: 'unreadable', file: error.path, why: error.message }] };
  }
}
