import { isUnsafeServer } from '../../kaltura/accounts/regions.js';
import type { SessionType } from '../../kaltura/ks/fields.js';
import { type NextContext, type NextStep, nextStep, textWithoutKey } from '../../kaltura/recipes/next.js';
import type { PlaceholderId } from '../../kaltura/recipes/placeholders.js';
import type { Recipe } from '../../kaltura/recipes/recipe.js';
import { versionOf } from '../../kaltura/sign-in/key-spec.js';
import { containsKeyText, nextProblemText } from '../../messages/recipes/recipes.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import { assertOutputIsOpen, keyVersion, stepText } from '../keys/key-output.js';
import { obtainKey } from '../keys/obtain-key.js';
import { ADMIN_IN_PAGE, acceptedRiskIds } from '../shared/check-spec.js';
import type { CommandCall, Flags } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { chosenRecipe, missingText } from '../shared/recipe-flags.js';
import type { Report } from '../shared/report.js';
import { type SourcedSpec, specFrom } from '../shared/spec-from-flags.js';
import { writeKey } from '../shared/write-key.js';

const containsKey = ({ next }: Recipe): boolean => JSON.stringify(next).includes('{{ks');

/** @throws {UsageError} with every value that the text needs and that is missing */
function assertTextValues({ recipe, hasServer }: SourcedSpec): void {
  const used = JSON.stringify(recipe?.recipe.next);
  const isUsed = (id: PlaceholderId): boolean => used.includes(`{{${id}}}`);
  const missing = (recipe?.missing ?? [])
    .filter((problem) => problem.kind === 'missing' && isUsed(problem.placeholder))
    .flatMap((problem) => missingText(problem) ?? []);
  const server = hasServer ? [] : ['--region or --url: where the account lives (or name a profile).'];
  if (missing.length + server.length === 0) return;
  const lines = [`missing for the recipe ${recipe?.recipe.id}:`, ...[...server, ...missing].map((line) => `  ${line}`)];
  throw new UsageError(lines.join('\n'), 'missing-input');
}

/** @throws {UsageError} if an ADMIN key would get into a link or a page without consent */
function assertAdminInPage(type: SessionType | null, recipe: Recipe, flags: Flags, accepted: readonly string[]): void {
  if (type === 'USER' || !containsKey(recipe)) return;
  const given = [...accepted, ...acceptedRiskIds(flags)];
  if (given.includes(ADMIN_IN_PAGE) || given.includes('admin-exposed')) return;
  const where = recipe.next.kind === 'link' ? 'a link' : 'a page';
  throw new UsageError(
    `This ${type === null ? 'may be' : 'is'} an ADMIN key, and it would be in ${where}: anyone who sees it controls the account.\nIf you mean it: --accept-risk ${ADMIN_IN_PAGE}`,
    'risk-not-accepted',
    { fixes: [{ action: 'accept-risk', text: 'Accept the risk', option: `--accept-risk ${ADMIN_IN_PAGE}` }] },
  );
}

/** @throws {CommandError} if the key or the server cannot be used for the recipe */
function stepOf(recipe: Recipe, sourced: SourcedSpec, context: NextContext): NextStep {
  const result = nextStep(recipe, sourced.recipe?.values ?? {}, context);
  if (result.ok) return result.step;
  throw new CommandError(nextProblemText(result.problem), result.problem.kind);
}

/** Prints the next step of a recipe on standard output: a link or page with the key, or a text that reads the key elsewhere. */
export async function printRecipe(
  { id }: Recipe,
  profile: Profile | null,
  { flags }: CommandCall,
  runtime: Runtime,
  report: Report,
): Promise<number> {
  const chosen = await chosenRecipe(flags, profile, id);
  if (chosen === null) return EXIT.usage;
  const { recipe } = chosen;
  const sourced = specFrom(profile, flags, runtime.env, undefined, chosen);
  const { spec } = sourced;
  const context: NextContext = {
    region: spec.region,
    serviceUrl: spec.serviceUrl,
    partnerId: spec.signIn.partnerId,
    ksVersion: versionOf(spec.signIn),
    profile: profile?.name ?? null,
  };
  const isFilled = containsKey(recipe) && flags['key'] !== false;
  if (!isFilled) {
    assertTextValues(sourced);
    const step = stepOf(recipe, sourced, context);
    runtime.stdout.write(`${textWithoutKey(step)}\n`);
    if (step.containsKey) report.say('Put the key in place of KALTURA_KS.');
    sayMore(recipe, step, report);
    return EXIT.ok;
  }
  assertOutputIsOpen(runtime);
  const isTypeKnown = spec.signIn.method !== 'login';
  if (isTypeKnown && chosen.missing.length === 0) assertAdminInPage(spec.type, recipe, flags, sourced.acceptedRisks);
  const key = await obtainKey(profile === null ? [] : [profile.name], flags, runtime, undefined, recipe.id);
  assertAdminInPage(key.made.facts.type, recipe, flags, sourced.acceptedRisks);
  const step = stepOf(recipe, sourced, {
    ...context,
    serviceUrl: key.serviceUrl ?? context.serviceUrl,
    ksVersion: keyVersion(key),
  });
  await writeKey(`${stepText(step, key)}\n`, runtime);
  report.say(containsKeyText(step.kind === 'link' ? 'link' : 'page'));
  if (isUnsafeServer(spec)) report.say('caution: the address is plain http: others on the network can read the key.');
  sayMore(recipe, step, report);
  return EXIT.ok;
}

function sayMore(recipe: Recipe, { notes }: NextStep, report: Report): void {
  for (const note of notes) report.say(note);
  for (const doubt of recipe.doubts) report.say(`not confirmed: ${doubt}`);
}
