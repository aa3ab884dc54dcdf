import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import { requestFor } from '../../kaltura/sign-in/key-spec.js';
import type { Runtime } from '../../operations/runtime.js';
import { PRACTICE_SECRET_TEXT, type Profile, usesPracticeSecret } from '../../profiles/profile.js';
import { type SecretSource, secretNameOf } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { specForProfile } from '../answers/spec-from-flags.js';
import type { CommandRun } from '../shared/command-call.js';
import { canAsk } from './hidden-prompt.js';
import { type FoundSecret, findSecret } from './secret-source.js';
import { createSourceAccess, type SourceAccess } from './source-access.js';

const SOURCE_TEXTS: Readonly<Record<SecretSource['kind'], string>> = {
  ask: 'asked for each time',
  keychain: 'the profile’s keychain entry',
  command: 'the profile’s command',
  variable: 'the profile’s variable',
  file: 'the profile’s encrypted file',
};

/** Describes the exact location of the profile's secret. */
export async function describeSourceOf(profile: Profile, runtime: Runtime): Promise<string> {
  if (usesPracticeSecret(profile)) return PRACTICE_SECRET_TEXT;
  if (profile.secretSource.kind === 'ask') return SOURCE_TEXTS.ask;
  return (await runtime.openSecretKeeper()).describe(profile.secretSource, secretNameOf(profile, 'secret'));
}

/**
 * Reads the secret from the profile's source. Returns null if the profile has no source, or the source is empty and the user can be asked.
 * @throws {UsageError} if a passphrase, or the confirmation of an imported command, is missing
 * @throws {CommandError} if the user doesn't confirm an imported command
 * @throws {ProfileStoreError} if the profile changed while the user was asked
 * @throws {SecretSourceError}
 */
export async function secretOfProfile(
  profile: Profile,
  access: SourceAccess,
  run: CommandRun,
): Promise<FoundSecret | null> {
  const { kind } = profile.secretSource;
  if (kind === 'ask') return null;
  access.assertPassphrase(profile);
  const confirmed = await access.requireConfirmed(profile);
  try {
    return { secret: await access.read(confirmed, 'secret'), source: SOURCE_TEXTS[kind] };
  } catch (error) {
    const isAbsent = error instanceof SecretSourceError && (error.fault === 'absent' || error.fault === 'empty');
    if (!isAbsent || !canAsk(run)) throw error;
    run.report.say(`${error.message} ${error.remedy}`);
    return null;
  }
}

/**
 * Finds the secret of a profile: in flags, variables, its source, or by a prompt.
 * @throws {UsageError} if it is missing and the user can't be asked; the errors of `secretOfProfile`
 */
export const findProfileSecret = (
  profile: Profile,
  run: CommandRun,
  access: SourceAccess = createSourceAccess(run),
): Promise<FoundSecret> => findSecret(specForProfile(profile), run, () => secretOfProfile(profile, access, run));

/**
 * Returns the profile's request with its secret: from a variable, its source, or a prompt.
 * @param practiceUrl the address of the practice server, if it is that one
 * @throws {UsageError} if the secret is missing and the user can't be asked
 */
export async function profileRequest(
  profile: Profile | null,
  practiceUrl: string | null,
  run: CommandRun,
): Promise<KeyRequest | null> {
  if (profile === null) return null;
  const { secret } = await findProfileSecret(profile, run);
  return requestFor(specForProfile(profile), { secret, code: null }, practiceUrl ?? undefined);
}
