import { Secret } from '../../kaltura/secret.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { readSecretFor } from '../../kaltura/typed-values.js';
import type { Runtime } from '../../operations/runtime.js';
import { notDeletedText } from '../../profiles/change-entries.js';
import { cleanName, nameProblem } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { createSavedProfiles } from '../../profiles/saved-profiles.js';
import { assertNameIsFree } from '../../profiles/store.js';
import { isWritable } from '../../secrets/source.js';
import { acceptedRiskIds, acceptFlags, assertComplete, inputWarnings, openRisks } from '../shared/check-spec.js';
import type { CommandCall, Flags } from '../shared/command-call.js';
import { EXIT, UsageError } from '../shared/exit-codes.js';
import { createReport, type Report } from '../shared/report.js';
import { findSecret } from '../shared/secret-source.js';
import { createSourceAccess } from '../shared/source-access.js';
import { specFrom } from '../shared/spec-from-flags.js';
import { chosenSource } from './chosen-source.js';
import { reportNameWarnings } from './name-warnings.js';

/**
 * Checks the name of a new profile.
 * @throws {UsageError}
 */
function newName(typed: string): string {
  const name = cleanName(typed);
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(problem);
  return name;
}

/** Returns the secret to store. Checks and names its source first. */
async function secretToStore(
  { name, secretPlace }: Profile,
  spec: KeySpec,
  flags: Flags,
  runtime: Runtime,
  report: Report,
): Promise<Secret> {
  const keeper = await runtime.openSecretKeeper(report.say);
  await keeper.check(secretPlace);
  report.say(keeper.describe(secretPlace, { profile: name, what: 'secret', entry: null }));
  const { secret } = await findSecret(spec, flags, runtime, report, async () => null);
  return new Secret(readSecretFor(spec.signIn.method, secret).text);
}

/** Saves a profile, as the wizard does from its review. */
export async function addProfile({ names, flags }: CommandCall, runtime: Runtime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const name = newName(names[0] ?? '');
  const secretPlace = chosenSource(flags, runtime);
  const sourced = specFrom(null, flags, runtime.env);
  const { spec } = sourced;
  assertComplete(sourced);
  const acceptedRisks = acceptedRiskIds(flags);
  const open = openRisks(spec, acceptedRisks);
  if (!isWritable(secretPlace) && (flags['secret-stdin'] === true || flags['secret-file'] !== undefined)) {
    throw new UsageError('a secret is stored with --store keychain or --store file alone.', 'conflicting-options');
  }
  for (const text of inputWarnings(sourced)) report.say(text);
  const store = await runtime.openStore();
  const savedAt = Math.floor(runtime.now() / 1000);
  const profile = profileFor(spec, { name, acceptedRisks, secretPlace, savedAt });
  const replace = flags['replace'] === true;
  if (!replace) await assertNameIsFree(name, store);
  await reportNameWarnings(name, name, store, report);
  const access = createSourceAccess(flags, runtime, report);
  access.assertPassphrase(profile);
  const secret = isWritable(secretPlace) ? await secretToStore(profile, spec, flags, runtime, report) : null;
  const outcome = await createSavedProfiles({ store, secrets: access }).save({ profile, replace, secret });
  report.say(`saved in ${store.fileOf(name)}.`);
  const notDeleted = notDeletedText(outcome);
  if (notDeleted !== null) report.say(`caution: ${notDeleted}`);
  if (open.length > 0) report.say(`each key of it will need ${acceptFlags(open)}.`);
  return EXIT.ok;
}
