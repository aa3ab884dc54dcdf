import { isSameAccount, isSameKindOfSecret } from '../../kaltura/sign-in/key-spec.js';
import { notDeletedText } from '../../profiles/change-entries.js';
import { shownName } from '../../profiles/name.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { saveWithSecrets } from '../../profiles/save.js';
import { acceptedRiskIds, acceptFlags, openRisks } from '../answers/accepted-risks.js';
import { ANSWER_FLAGS } from '../answers/answer-flags.js';
import { assertComplete } from '../answers/check-spec.js';
import { InputProblems } from '../answers/input-problems.js';
import { inputWarnings, reachWarnings } from '../answers/input-warnings.js';
import { chosenRecipe } from '../answers/recipe-flags.js';
import { specFrom } from '../answers/spec-from-flags.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { findProfile } from '../shared/find-profile.js';
import { listLine } from './list.js';

const hasChange = (flags: Flags): boolean =>
  ['recipe', 'accept-risk', ...ANSWER_FLAGS.map(({ name }) => name)].some((name) => flags[name] !== undefined);

/**
 * Changes answers of a profile, and keeps its secret. Reads no variables, because those of another account would change the profile too.
 * @throws {UsageError} if an answer is invalid
 * @throws {CommandError} if the account, the server or the kind of secret would change
 */
export async function editProfile(run: CommandRun): Promise<number> {
  const { names, flags, runtime, report } = run;
  if (!hasChange(flags)) {
    throw new UsageError('Nothing to change. Give an option, such as --expiry 1h.', 'missing-argument');
  }
  const store = await runtime.openStore();
  const before = await findProfile(names[0] ?? '', store, report);
  const problems = new InputProblems();
  const accepted = problems.collect(() => acceptedRiskIds(flags), []);
  const recipe = await chosenRecipe(flags, before);
  const sourced = specFrom(before, flags, {}, problems, recipe);
  const { spec, own } = sourced;
  // Check this first: other problems would be those of the other account.
  const isValid = problems.isEmpty && sourced.ids.every(({ reading }) => reading.problem === null);
  const hasOtherSecret = own !== null && !isSameKindOfSecret(spec.signIn, own.signIn);
  const hasOtherAccount = own !== null && isValid && !isSameAccount(spec, own);
  if (hasOtherSecret || hasOtherAccount) {
    throw new CommandError(
      'A profile keeps its account, server and kind of secret. For another account, use kaltura-ks profiles add.',
      'other-account',
    );
  }
  assertComplete(sourced, { isForLater: true, problems });
  for (const text of inputWarnings(sourced)) report.say(text);
  const profile = profileFor(spec, {
    name: before.name,
    acceptedRisks: [...before.acceptedRisks.filter((id) => sourced.acceptedRisks.includes(id)), ...accepted],
    secretSource: before.secretSource,
    savedAt: Math.floor(runtime.now() / 1000),
    recipe: recipe === null ? null : { id: recipe.recipe.id, values: recipe.values },
  });
  const secrets = createSourceAccess(run);
  const outcome = await saveWithSecrets({ profile, replace: true, secret: 'present' }, { store, secrets });
  report.say(`“${shownName(profile.name)}” is saved. Its secret is unchanged.`);
  report.say(listLine(profile));
  for (const text of reachWarnings(sourced)) report.say(text);
  const notDeleted = notDeletedText(outcome);
  if (notDeleted !== null) report.say(`caution: ${notDeleted}`);
  const open = openRisks(spec, profile.acceptedRisks);
  if (open.length > 0) report.say(`Each of its keys needs ${acceptFlags(open)}.`);
  return EXIT.ok;
}
