import { Secret } from '../kaltura/secret.js';
import type { Profile } from '../profiles/profile.js';
import { isWritable, SECRETS_OF_A_PROFILE, type SecretPlace } from '../profiles/secret-place.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { AskPassphrase, SecretKeeper } from '../profiles/secret-place-keeper.js';
import { SECRET_VARIABLES } from './answer-flags.js';
import type { Flags } from './command-line.js';
import type { CommandRuntime } from './command-runtime.js';
import { UsageError } from './exit-codes.js';
import { askHidden, canAsk } from './hidden-prompt.js';
import type { Report } from './report.js';
import type { FoundSecret } from './secret-source.js';

const PLACES: Readonly<Record<SecretPlace['kind'], string>> = {
  ask: 'asked each time',
  keychain: 'the profile’s keychain entry',
  command: 'the profile’s command',
  variable: 'the profile’s variable',
  file: 'the profile’s encrypted file',
};

/** Where the profile's secret lives. */
export const placeOf = (profile: Profile): SecretPlace =>
  (profile as { readonly secretPlace?: SecretPlace }).secretPlace ?? { kind: 'ask' };

/** The exact place in words. */
export async function describePlaceOf(profile: Profile, runtime: CommandRuntime): Promise<string> {
  const place = placeOf(profile);
  if (place.kind === 'ask') return PLACES.ask;
  return (await runtime.openSecretKeeper(() => {})).describe(place, { profile: profile.name, what: 'secret' });
}

const mayAsk = (flags: Flags, runtime: CommandRuntime): boolean => flags['input'] !== false && canAsk(runtime);

function passphraseFrom(flags: Flags, runtime: CommandRuntime): AskPassphrase {
  const given = runtime.env[SECRET_VARIABLES.passphrase] ?? '';
  return async ({ file }) => {
    if (given !== '') return new Secret(given);
    return mayAsk(flags, runtime) ? askHidden(`Passphrase of ${file}, not shown`, runtime) : null;
  };
}

/** Reads a secret of the profile; says why not where it can be asked instead. */
async function readFrom(
  keeper: SecretKeeper,
  profile: Profile,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<Secret | null> {
  const place = placeOf(profile);
  const abort = new AbortController();
  const forget = runtime.onSignal(() => abort.abort());
  try {
    const name = { profile: profile.name, what: 'secret' } as const;
    return await keeper.read(place, name, passphraseFrom(flags, runtime), abort.signal);
  } catch (error) {
    const isAbsent = error instanceof SecretPlaceError && (error.fault === 'absent' || error.fault === 'empty');
    if (!isAbsent || !mayAsk(flags, runtime)) throw error;
    report.say(`${error.message} ${error.remedy}`);
    return null;
  } finally {
    forget();
  }
}

/**
 * The secret from the place that the profile names; null where it names none.
 *
 * @throws {UsageError} where a passphrase is missing
 * @throws {SecretPlaceError}
 */
export async function secretOfProfile(
  profile: Profile,
  flags: Flags,
  runtime: CommandRuntime,
  report: Report,
): Promise<FoundSecret | null> {
  const place = placeOf(profile);
  if (place.kind === 'ask') return null;
  const variable = SECRET_VARIABLES.passphrase;
  if (place.kind === 'file' && (runtime.env[variable] ?? '') === '' && !mayAsk(flags, runtime)) {
    throw new UsageError(`missing: the passphrase of the profile’s secret (${variable}); it cannot be asked here.`);
  }
  const secret = await readFrom(await runtime.openSecretKeeper(report.say), profile, flags, runtime, report);
  return secret === null ? null : { secret, source: PLACES[place.kind] };
}

/** Gives what is stored for a profile to its new name. @throws {SecretPlaceError} */
export async function moveSecrets(
  profile: Profile,
  to: string,
  runtime: CommandRuntime,
  report: Report,
): Promise<void> {
  const place = placeOf(profile);
  if (isWritable(place)) await (await runtime.openSecretKeeper(report.say)).move(place, profile.name, to);
}

/** Removes what is stored for a profile. @returns whether there was anything @throws {SecretPlaceError} */
export async function removeSecrets(profile: Profile, runtime: CommandRuntime, report: Report): Promise<boolean> {
  const place = placeOf(profile);
  if (!isWritable(place)) return false;
  const keeper = await runtime.openSecretKeeper(report.say);
  let wasStored = false;
  for (const what of SECRETS_OF_A_PROFILE) {
    if (await keeper.remove(place, { profile: profile.name, what })) wasStored = true;
  }
  return wasStored;
}
