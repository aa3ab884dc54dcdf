import type { Profile } from '../profiles/profile.js';
import { type SecretPlace, secretNameOf } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { CommandRuntime } from './command-runtime.js';
import type { PlaceAccess } from './place-access.js';
import type { Report } from './report.js';
import type { FoundSecret } from './secret-source.js';

const PLACES: Readonly<Record<SecretPlace['kind'], string>> = {
  ask: 'asked for each time',
  keychain: 'the profile’s keychain entry',
  command: 'the profile’s command',
  variable: 'the profile’s variable',
  file: 'the profile’s encrypted file',
};

/** The exact place in words. */
export async function describePlaceOf(profile: Profile, runtime: CommandRuntime): Promise<string> {
  if (profile.secretPlace.kind === 'ask') return PLACES.ask;
  return (await runtime.openSecretKeeper()).describe(profile.secretPlace, secretNameOf(profile, 'secret'));
}

/**
 * The secret from the place that the profile names; null where it names none, or has nothing and one can be asked.
 *
 * @throws {UsageError} if a passphrase, or the confirmation of an imported command, is missing
 * @throws {CommandError} if the person does not confirm an imported command
 * @throws {ProfileStoreError} if the profile changed while the person was asked
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
  const confirmed = await access.requireConfirmed(profile);
  try {
    return { secret: await access.read(confirmed, 'secret'), source: PLACES[kind] };
  } catch (error) {
    const isAbsent = error instanceof SecretPlaceError && (error.fault === 'absent' || error.fault === 'empty');
    if (!isAbsent || !access.mayAsk()) throw error;
    report.say(`${error.message} ${error.remedy}`);
    return null;
  }
}
