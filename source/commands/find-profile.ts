import { REGION_IDS } from '../kaltura/regions.js';
import type { Profile } from '../profiles/profile.js';
import { nameKey } from '../profiles/profile-name.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import { troubleText } from '../profiles/trouble-text.js';
import { CommandError } from './exit-codes.js';
import type { Report } from './report.js';

/** All profiles; what is wrong with some of them is said. @throws {ProfileStoreError} */
export async function loadProfiles(store: ProfileStore, report: Report): Promise<readonly Profile[]> {
  const { profiles, troubles } = await store.load();
  for (const trouble of troubles) report.say(troubleText(trouble));
  return profiles;
}

/**
 * The profile of that name; case does not count.
 *
 * @throws {CommandError} which does not repeat the name: it may be a secret in the wrong place
 */
export async function findProfile(name: string, store: ProfileStore, report: Report): Promise<Profile> {
  const profiles = await loadProfiles(store, report);
  const found = profiles.find((profile) => nameKey(profile.name) === nameKey(name));
  if (found === undefined) {
    const region = REGION_IDS.find((id) => id === name.toLowerCase() && id !== 'own');
    const hint = region === undefined ? '' : ` Did you mean the region? --region ${region}`;
    throw new CommandError(`there is no profile of that name among the ${profiles.length} in ${store.folder}.${hint}`);
  }
  return found;
}
