import type { KeyRequest } from '../../kaltura/sign-in/key-request.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import { type SecretSource, secretNameOf } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { formOf } from '../../wizard/form/profile.js';
import { requestOf } from '../../wizard/form/reading.js';
import type { Flags } from './command-call.js';
import { PRACTICE_ACCOUNT } from './practice-account.js';
import type { Report } from './report.js';
import { type FoundSecret, findSecret, secretFieldOf } from './secret-source.js';
import { createSourceAccess, type SourceAccess } from './source-access.js';

const PLACES: Readonly<Record<SecretSource['kind'], string>> = {
  ask: 'asked for each time',
  keychain: 'the profile’s keychain entry',
  command: 'the profile’s command',
  variable: 'the profile’s variable',
  file: 'the profile’s encrypted file',
};

/** The exact place in words. */
export async function describeSourceOf(profile: Profile, runtime: Runtime): Promise<string> {
  if (profile.secretPlace.kind === 'ask') return PLACES.ask;
  return (await runtime.openSecretKeeper()).describe(profile.secretPlace, secretNameOf(profile, 'secret'));
}

/**
 * The secret from the place that the profile names; null where it names none, or has nothing and one can be asked.
 *
 * @throws {UsageError} if a passphrase, or the confirmation of an imported command, is missing
 * @throws {CommandError} if the person does not confirm an imported command
 * @throws {ProfileStoreError} if the profile changed while the person was asked
 * @throws {SecretSourceError}
 */
export async function secretOfProfile(
  profile: Profile,
  access: SourceAccess,
  report: Report,
): Promise<FoundSecret | null> {
  const { kind } = profile.secretPlace;
  if (kind === 'ask') return null;
  access.assertPassphrase(profile);
  const confirmed = await access.requireConfirmed(profile);
  try {
    return { secret: await access.read(confirmed, 'secret'), source: PLACES[kind] };
  } catch (error) {
    const isAbsent = error instanceof SecretSourceError && (error.fault === 'absent' || error.fault === 'empty');
    if (!isAbsent || !access.mayAsk()) throw error;
    report.say(`${error.message} ${error.remedy}`);
    return null;
  }
}

/**
 * The request that a profile makes keys from, with its secret: from a variable, its place, or a question.
 *
 * @param practiceUrl where the practice server answers, if it is that one
 * @throws {UsageError} where the secret is missing and cannot be asked
 */
export async function profileRequest(
  profile: Profile | null,
  practiceUrl: string | null,
  flags: Flags,
  runtime: Runtime,
  report: Report,
): Promise<KeyRequest | null> {
  if (profile === null) return null;
  const draft = formOf(profile, PRACTICE_ACCOUNT);
  const access = createSourceAccess(flags, runtime, report);
  const found = await findSecret(draft, flags, runtime, report, () => secretOfProfile(profile, access, report));
  return requestOf({ ...draft, [secretFieldOf(draft)]: found.secret }, practiceUrl);
}
