import { REGION_IDS } from '../kaltura/regions.js';
import type { Profile } from '../profiles/profile.js';
import { type UnusableProfile, unusableIn } from '../profiles/profile-by-name.js';
import { nameKey, shownName } from '../profiles/profile-name.js';
import type { ProfileProblem } from '../profiles/profile-problem.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import { troubleText } from '../profiles/trouble-text.js';
import { CommandError } from './exit-codes.js';
import type { Report } from './report.js';

/** Everything that is saved. */
export interface SavedProfiles {
  readonly profiles: readonly Profile[];
  /** Listed, with the reason; never used. */
  readonly unusable: readonly UnusableProfile[];
}

/** All profiles. What is wrong with the folder is reported, but not which profiles cannot be used. @throws {ProfileStoreError} */
export async function loadSaved(store: ProfileStore, report: Report): Promise<SavedProfiles> {
  const { profiles, troubles } = await store.load();
  for (const trouble of troubles) if (trouble.kind !== 'unusable') report.say(troubleText(trouble));
  return { profiles, unusable: unusableIn(troubles) };
}

/** A saved profile, and why it must not be used; null where it can be. */
export interface SavedProfile {
  readonly profile: Profile;
  readonly problem: ProfileProblem | null;
}

/**
 * The profile of that name, also one that must not be used: to show, rename or remove it. Case does not count. A name with invisible
 * characters is found by the name as it is shown, too.
 *
 * @throws {CommandError} which does not repeat the name: it may be a secret in the wrong place
 */
export async function findSavedProfile(name: string, store: ProfileStore, report: Report): Promise<SavedProfile> {
  const { profiles, unusable } = await loadSaved(store, report);
  const saved: readonly SavedProfile[] = [
    ...profiles.map((profile) => ({ profile, problem: null })),
    ...unusable.map(({ profile, why, fix }) => ({ profile, problem: { why, fix } })),
  ];
  const named = (nameOf: (profile: Profile) => string) =>
    saved.find(({ profile }) => nameKey(nameOf(profile)) === nameKey(name));
  const found = named((profile) => profile.name) ?? named((profile) => shownName(profile.name));
  if (found === undefined) {
    const region = REGION_IDS.find((id) => id === name.toLowerCase() && id !== 'own');
    const hint = region === undefined ? '' : ` Did you mean the region? --region ${region}`;
    throw new CommandError(`there is no profile of that name among the ${saved.length} in ${store.folder}.${hint}`);
  }
  return found;
}

/**
 * The profile of that name, to use it; case does not count.
 *
 * @throws {CommandError} also where the profile must not be used, with the reason and the fix
 */
export async function findProfile(name: string, store: ProfileStore, report: Report): Promise<Profile> {
  const { profile, problem } = await findSavedProfile(name, store, report);
  if (problem === null) return profile;
  throw new CommandError(`the profile “${shownName(profile.name)}” is not used. ${problem.why} ${problem.fix}`);
}
