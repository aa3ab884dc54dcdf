import type { Profile } from '../profiles/profile.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import { isWritable, SECRETS_OF_A_PROFILE, type SecretPlace } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { CommandRuntime } from './command-runtime.js';
import type { PlaceAccess } from './place-access.js';
import type { Report } from './report.js';
import type { FoundSecret } from './secret-source.js';

const PLACES: Readonly<Record<SecretPlace['kind'], string>> = {
  ask: 'asked each time',
  keychain: 'the profile’s keychain entry',
  command: 'the profile’s command',
  variable: 'the profile’s variable',
  file: 'the profile’s encrypted file',
};

/** The exact place in words. */
export async function describePlaceOf({ name, secretPlace }: Profile, runtime: CommandRuntime): Promise<string> {
  if (secretPlace.kind === 'ask') return PLACES.ask;
  return (await runtime.openSecretKeeper()).describe(secretPlace, { profile: name, what: 'secret' });
}

/**
 * The secret from the place that the profile names; null where it names none, or has nothing and one can be asked.
 *
 * @throws {UsageError} where a passphrase is missing
 * @throws {SecretPlaceError}
 */
export async function secretOfProfile(
  profile: Profile,
  access: PlaceAccess,
  report: Report,
): Promise<FoundSecret | null> {
  const { kind } = profile.secretPlace;
  if (kind === 'ask') return null;
  access.assertPassphrase(profile);
  try {
    return { secret: await access.read(profile, 'secret'), source: PLACES[kind] };
  } catch (error) {
    const isAbsent = error instanceof SecretPlaceError && (error.fault === 'absent' || error.fault === 'empty');
    if (!isAbsent || !access.mayAsk()) throw error;
    report.say(`${error.message} ${error.remedy}`);
    return null;
  }
}

/** Gives what is stored for a profile to its new name. @throws {SecretPlaceError} */
export async function moveSecrets(
  profile: Profile,
  to: string,
  runtime: CommandRuntime,
  report: Report,
): Promise<void> {
  const { name, secretPlace } = profile;
  if (isWritable(secretPlace)) await (await runtime.openSecretKeeper(report.say)).move(secretPlace, name, to);
}

/** Removes what is stored for a profile. @returns whether there was anything @throws {SecretPlaceError} */
export async function removeSecrets(profile: Profile, runtime: CommandRuntime, report: Report): Promise<boolean> {
  const { name, secretPlace } = profile;
  if (!isWritable(secretPlace)) return false;
  const keeper = await runtime.openSecretKeeper(report.say);
  let wasStored = false;
  for (const what of SECRETS_OF_A_PROFILE) {
    if (await keeper.remove(secretPlace, { profile: name, what })) wasStored = true;
  }
  return wasStored;
}

/**
 * Saves a profile in the place of another, or of none. What was stored for that one must not be sent for this one: it goes when this one is
 * saved, for the saving may fail, and until it is gone this one asks for its secret.
 *
 * @param storeSecret puts the new one where the profile says
 * @throws {ProfileStoreError} and all is as it was
 * @throws {SecretPlaceError} where the old could not be removed or the new not be stored
 */
export async function saveInstead(
  before: Profile | null,
  profile: Profile,
  { store, runtime, report }: { store: ProfileStore; runtime: CommandRuntime; report: Report },
  storeSecret: () => Promise<void> = async () => {},
): Promise<void> {
  if (before !== null && isWritable(before.secretPlace)) {
    await store.save({ ...profile, secretPlace: { kind: 'ask' } }, { replace: true });
    await removeSecrets(before, runtime, report);
  }
  await storeSecret();
  await store.save(profile, { replace: before !== null });
}
