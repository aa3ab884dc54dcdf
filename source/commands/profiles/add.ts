import { Secret } from '../../kaltura/secret.js';
import type { Runtime } from '../../operations/runtime.js';
import { notDeletedText } from '../../profiles/change-entries.js';
import { cleanName, nameProblem } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { createSavedProfiles } from '../../profiles/saved-profiles.js';
import { assertNameIsFree } from '../../profiles/store.js';
import { isWritable } from '../../secrets/source.js';
import { initialState } from '../../wizard/engine/update.js';
import type { FormState } from '../../wizard/form/form.js';
import { profileOf } from '../../wizard/form/profile.js';
import { CREDENTIALS } from '../../wizard/form/reading.js';
import { acceptedRiskIds } from '../keys/obtain-key.js';
import { assertComplete, inputWarnings, openRisks, withAccepted } from '../shared/check-draft.js';
import type { CommandCall, Flags } from '../shared/command-call.js';
import { EXIT, UsageError } from '../shared/exit-codes.js';
import { PRACTICE_ACCOUNT } from '../shared/practice-account.js';
import { createReport, type Report } from '../shared/report.js';
import { findSecret, secretFieldOf } from '../shared/secret-source.js';
import { createSourceAccess } from '../shared/source-access.js';
import { fillForm } from '../shared/sourced-draft.js';
import { chosenSource } from './chosen-source.js';
import { reportNameWarnings } from './name-warnings.js';

/** The name of a new profile. @throws {UsageError} */
function newName(typed: string): string {
  const name = cleanName(typed);
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(problem);
  return name;
}

/** The secret to be put where the profile says; the place is tried and named first. */
async function secretToStore(
  { name, secretPlace }: Profile,
  draft: FormState,
  flags: Flags,
  runtime: Runtime,
  report: Report,
): Promise<Secret> {
  const keeper = await runtime.openSecretKeeper(report.say);
  await keeper.check(secretPlace);
  report.say(keeper.describe(secretPlace, { profile: name, what: 'secret', entry: null }));
  const { secret } = await findSecret(draft, flags, runtime, report, async () => null);
  const field = secretFieldOf(draft);
  return new Secret(CREDENTIALS[field]({ ...draft, [field]: secret }).text);
}

/** Saves a profile, just as the wizard would from its review. */
export async function addProfile({ names, flags }: CommandCall, runtime: Runtime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const name = newName(names[0] ?? '');
  const secretPlace = chosenSource(flags, runtime);
  const sourced = fillForm(null, flags, runtime.env, PRACTICE_ACCOUNT);
  assertComplete(sourced, null);
  const accepted = acceptedRiskIds(flags);
  const open = openRisks(sourced.draft, accepted);
  if (!isWritable(secretPlace) && (flags['secret-stdin'] === true || flags['secret-file'] !== undefined)) {
    throw new UsageError('a secret is stored with --store keychain or --store file alone.', 'conflicting-options');
  }
  for (const text of inputWarnings(sourced)) report.say(text);
  const store = await runtime.openStore();
  const setting = { isCaptured: false, fileOf: store.fileOf, practiceAccount: PRACTICE_ACCOUNT };
  const state = initialState(setting, { profiles: [], troubles: [] }, runtime.now());
  const draft = withAccepted(sourced.draft, accepted);
  const profile: Profile = { ...profileOf({ ...state, form: draft, newName: name }), secretPlace };
  const replace = flags['replace'] === true;
  if (!replace) await assertNameIsFree(name, store);
  await reportNameWarnings(name, name, store, report);
  const access = createSourceAccess(flags, runtime, report);
  access.assertPassphrase(profile);
  const secret = isWritable(secretPlace) ? await secretToStore(profile, draft, flags, runtime, report) : null;
  const outcome = await createSavedProfiles({ store, secrets: access }).save({ profile, replace, secret });
  report.say(`saved in ${store.fileOf(name)}.`);
  const notDeleted = notDeletedText(outcome);
  if (notDeleted !== null) report.say(`caution: ${notDeleted}`);
  if (open.length > 0) {
    report.say(`each key of it will need ${open.map(({ id }) => `--accept-risk ${id}`).join(' ')}.`);
  }
  return EXIT.ok;
}
