import { REGION_IDS } from '../../kaltura/accounts/regions.js';
import { isPermanentSecret } from '../../kaltura/ks/shape.js';
import { similarNames } from '../../kaltura/similar-names.js';
import { looksLikeSecret } from '../../kaltura/typed-values.js';
import { troubleText } from '../../messages/profile-troubles.js';
import { cleanName, nameKey, nameProblem, nameWarnings, shownName } from '../../profiles/name.js';
import type { ProfileProblem } from '../../profiles/problem.js';
import type { Profile } from '../../profiles/profile.js';
import { type ProfileStore, type UnusableProfile, unusableIn } from '../../profiles/store.js';
import { CommandError, KeyAsNameError, UsageError } from './exit-codes.js';
import type { Report } from './report.js';

/**
 * Returns a new name of a profile, which is always an argument, without the spaces around it.
 * @throws {KeyAsNameError} if it looks like a secret
 * @throws {UsageError} if it can't be used; the message begins with `source`
 */
export function newName(typed: string, source = ''): string {
  const name = cleanName(typed);
  if (isPermanentSecret(name)) throw new KeyAsNameError(true, 'argument');
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(`${source}${problem}`);
  return name;
}

/** Everything that is saved. */
export interface SavedProfiles {
  readonly profiles: readonly Profile[];
  /** Profiles that are listed with the reason, and never used. */
  readonly unusable: readonly UnusableProfile[];
}

/** Loads all profiles. Reports every problem of the folder except unusable profiles, which the caller reports. @throws {ProfileStoreError} */
export async function loadSaved(store: ProfileStore, report: Report): Promise<SavedProfiles> {
  const { profiles, troubles } = await store.load();
  for (const trouble of troubles) if (trouble.kind !== 'unusable') report.say(troubleText(trouble));
  return { profiles, unusable: unusableIn(troubles) };
}

/** A saved profile. `problem` says why it must not be used; null if it can be used. */
export interface SavedProfile {
  readonly profile: Profile;
  readonly problem: ProfileProblem | null;
}

/**
 * Finds a profile by name to show, rename or remove it, even if it must not be used. Ignores case. A name with invisible characters can
 * also be given in the form in which it is shown.
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
    await refuseKeyAsName(name);
    const region = REGION_IDS.find((id) => id === name.toLowerCase() && id !== 'own');
    const similar = similarNames(
      name,
      saved.map(({ profile }) => shownName(profile.name)),
    );
    const meant = similar.map((other) => `“${other}”`).join(' or ');
    const hint =
      region !== undefined
        ? ` Did you mean the region? --region ${region}`
        : meant === ''
          ? namesText(saved)
          : ` Did you mean ${meant}?`;
    throw new CommandError(`No profile in ${store.folder} has this name.${hint}`, 'profile-not-found');
  }
  return found;
}

/** @throws {KeyAsNameError} if a text that is not the name of a profile is a key or a secret */
export async function refuseKeyAsName(text: string): Promise<void> {
  const { findKs } = await import('../../kaltura/ks/pasted/find.js');
  const { isSecretFound } = await import('../../kaltura/diagnosis/pasted-error.js');
  const finding = findKs(text);
  if (isSecretFound(finding)) throw new KeyAsNameError(true, 'profile');
  // Any long word can be a damaged key, also the misspelled name of a profile.
  if (finding.found && (finding.wrapping !== 'none' || looksLikeSecret(text)))
    throw new KeyAsNameError(false, 'profile');
}

/** More names would hide the message. */
const MOST_NAMES = 10;

/** Lists the names of saved profiles, and where to see the others. */
export function profileNamesText(profiles: readonly Pick<Profile, 'name'>[]): string {
  const names = profiles.slice(0, MOST_NAMES).map(({ name }) => `“${shownName(name)}”`);
  return `${names.join(', ')}${profiles.length > MOST_NAMES ? ', and more: see kaltura-ks profiles' : ''}`;
}

/** Lists the saved profiles, for a name that is not like any of them. */
function namesText(saved: readonly SavedProfile[]): string {
  if (saved.length === 0) return ' No profile is saved.';
  return ` Saved profiles: ${profileNamesText(saved.map(({ profile }) => profile))}.`;
}

/**
 * Finds a profile by name to use it. Ignores case.
 *
 * @throws {CommandError} also if the profile must not be used, with the reason and the fix
 */
export async function findProfile(name: string, store: ProfileStore, report: Report): Promise<Profile> {
  const { profile, problem } = await findSavedProfile(name, store, report);
  if (problem === null) return profile;
  throw new CommandError(
    `The profile “${shownName(profile.name)}” can’t be used. ${problem.why} ${problem.fix}`,
    'profile-unusable',
  );
}

/**
 * Warns if a new name could be mistaken for another profile's name. The new name can still be used.
 * @param own the present name of the profile, which is not compared
 * @throws {ProfileStoreError}
 */
export async function reportNameWarnings(
  name: string,
  own: string,
  store: ProfileStore,
  report: Report,
): Promise<void> {
  const { profiles, troubles } = await store.load();
  const others = [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)]
    .map((profile) => profile.name)
    .filter((other) => ![name, own].some((mine) => nameKey(mine) === nameKey(other)));
  for (const warning of nameWarnings(name, others)) report.say(`caution: ${warning}`);
}
