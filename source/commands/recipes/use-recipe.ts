import { isUnsafeServer } from '../../kaltura/accounts/regions.js';
import type { SessionType } from '../../kaltura/ks/fields.js';
import { tryPeekKs } from '../../kaltura/ks/peek.js';
import {
  containsKey,
  containsValue,
  type NextContext,
  type NextStep,
  needsExec,
  nextStep,
  textWithoutKey,
} from '../../kaltura/recipes/next.js';
import type { PlaceholderId } from '../../kaltura/recipes/placeholders.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { type KeySpec, versionOf } from '../../kaltura/sign-in/key-spec.js';
import { containsKeyText, exampleText, nextProblemText, userIdText } from '../../messages/recipes/recipes.js';
import { unconfirmedNotes } from '../../messages/recipes/unconfirmed.js';
import type { Profile } from '../../profiles/profile.js';
import { ADMIN_IN_PAGE, acceptedRiskIds, assertAccepted, type OpenRisk } from '../answers/accepted-risks.js';
import { InputProblems } from '../answers/input-problems.js';
import { type ChosenRecipe, chosenRecipe, missingText } from '../answers/recipe-flags.js';
import { type SourcedSpec, specFrom, specOfSample } from '../answers/spec-from-flags.js';
import { stepText } from '../keys/key-output.js';
import { obtainKey } from '../keys/obtain-key.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import { assertOutputIsOpen, writeKey } from '../shared/standard-output.js';
import { adminInPage } from './command.js';
import { execFlags, keyAdvice, profileAdvice } from './exec-flags.js';

/** @throws {UsageError} with every value that the text needs and that is missing */
function assertTextValues({ recipe, hasServer, spec }: SourcedSpec, profile: Profile | null): void {
  const isUsed = (id: PlaceholderId): boolean => recipe !== null && containsValue(recipe.recipe, id);
  const missing = (recipe?.missing ?? [])
    .filter((problem) => problem.kind === 'missing' && isUsed(problem.placeholder))
    .flatMap((problem) => missingText(problem) ?? []);
  const server = hasServer ? [] : ['--region or --url: the server of the account (or name a profile).'];
  const user = recipe?.recipe.key?.user;
  const isUserMissing =
    recipe !== null && profile !== null && needsExec(recipe.recipe) && user?.need === 'required' && spec.userId === '';
  const ofUser = isUserMissing && spec.signIn.method !== 'login' ? [`--user: ${userIdText(user)}`] : [];
  if (missing.length + server.length + ofUser.length === 0) return;
  const all = [...server, ...missing, ...ofUser].map((line) => `  ${line}`);
  throw new UsageError([`Missing for the recipe ${recipe?.recipe.id}:`, ...all].join('\n'), 'missing-input');
}

/** Returns the danger that an ADMIN key gets into a link or page, unless it was accepted or the risks of the key cover it. */
function openDangers(recipe: Recipe, type: SessionType | null, accepted: readonly string[]): OpenRisk[] {
  const isAccepted = accepted.includes(ADMIN_IN_PAGE) || accepted.includes('admin-exposed');
  return type === 'USER' || !containsKey(recipe) || isAccepted ? [] : [adminInPage(recipe, type)];
}

/** Returns the dangers that are known before the key is made: not for a login, which decides the type. */
function dangersBefore(spec: KeySpec, recipe: Recipe, accepted: readonly string[]): OpenRisk[] {
  const isCovered = spec.holder === 'browser' || spec.holder === 'vendor';
  return spec.signIn.method === 'login' || isCovered ? [] : openDangers(recipe, spec.type, accepted);
}

/** @throws {CommandError} if the key or the server cannot be used for the recipe */
function stepOf(recipe: Recipe, sourced: SourcedSpec, context: NextContext): NextStep {
  const result = nextStep(recipe, sourced.recipe?.values ?? {}, context);
  if (result.ok) return result.step;
  const hint = result.problem.kind === 'version-1-in-path' ? ' Add --method local --ks-version 2.' : '';
  throw new CommandError(`${nextProblemText(result.problem)}${hint}`, result.problem.kind);
}

/** Prints the next step of a recipe on standard output: a link or page with the key, or a text that reads the key elsewhere. */
export async function printRecipe({ id }: Recipe, profile: Profile | null, run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const chosen = await chosenRecipe(flags, profile, id);
  if (chosen === null) return EXIT.usage;
  const { recipe } = chosen;
  const problems = new InputProblems();
  const sourced = specFrom(profile, flags, runtime.env, problems, chosen);
  problems.assertNone();
  const { spec } = sourced;
  const context: NextContext = {
    region: spec.region,
    serviceUrl: spec.serviceUrl,
    partnerId: spec.signIn.partnerId,
    ksVersion: versionOf(spec.signIn),
    profile: profile?.name ?? null,
    execFlags: execFlags(chosen, profile, flags),
  };
  if (!containsKey(recipe) || flags['key'] === false) {
    assertTextValues(sourced, profile);
    const step = stepOf(recipe, sourced, context);
    runtime.stdout.write(`${textWithoutKey(step)}\n`);
    if (step.isExample) report.say(exampleText(step));
    if (step.containsKey) report.say('Replace KALTURA_KS with the key.');
    sayMore(recipe, step, report);
    sayHow(chosen, sourced, profile, flags, report);
    return EXIT.ok;
  }
  assertOutputIsOpen(runtime);
  const accepted = [...sourced.acceptedRisks, ...acceptedRiskIds(flags)];
  const judged = specOfSample(profile, flags, runtime.env, chosen);
  const dangers = dangersBefore(judged, recipe, accepted);
  const names = profile === null ? [] : [profile.name];
  const key = await obtainKey({ ...run, names }, { recipeId: recipe.id, dangers });
  assertAccepted('key', openDangers(recipe, key.made.facts.type, accepted), spec.privileges);
  const step = stepOf(recipe, sourced, {
    ...context,
    serviceUrl: key.serviceUrl ?? context.serviceUrl,
    ksVersion: tryPeekKs(key.made.ks).version,
  });
  await writeKey(`${stepText(step, key)}\n`, runtime);
  if (step.isExample) report.say(exampleText(step));
  report.say(containsKeyText(step.kind === 'link' ? 'link' : 'page'));
  if (isUnsafeServer(spec)) report.say('caution: the URL uses http: others on the network can read the key.');
  sayMore(recipe, step, report);
  return EXIT.ok;
}

function sayMore(recipe: Recipe, { notes }: NextStep, report: Report): void {
  for (const note of notes) report.say(note);
  for (const text of unconfirmedNotes(recipe)) report.say(text);
}

/** Says which command saves the profile, or makes the key that the text reads. */
function sayHow(
  chosen: ChosenRecipe,
  { spec }: SourcedSpec,
  profile: Profile | null,
  flags: Flags,
  report: Report,
): void {
  const { recipe } = chosen;
  const texts = needsExec(recipe)
    ? profileAdvice(chosen, spec, profile, flags)
    : keyAdvice(chosen, spec, profile, flags);
  for (const text of texts) report.say(text);
}
