import type { PlannedCall } from '../../kaltura/api/planned-calls.js';
import { actionsLimitIn, allowsPath, pathsIn } from '../../kaltura/privileges/limits.js';
import { takesKey } from '../../kaltura/recipes/fill.js';
import { type Fit, fitOf } from '../../kaltura/recipes/fit.js';
import { PLACEHOLDER_IDS } from '../../kaltura/recipes/placeholders.js';
import { plannedTestCall, sendTestCall, type TestCallResult } from '../../kaltura/recipes/test-call.js';
import { type CheckReport, checkKey } from '../../kaltura/sessions/check.js';
import { type CheckCost, type CheckPlan, planCheck } from '../../kaltura/sessions/check-plan.js';
import type { KeyFacts } from '../../kaltura/sign-in/key-request.js';
import { quoteIfNeeded } from '../../kaltura/snippets/snippet.js';
import { refusalParagraphs } from '../../messages/check.js';
import {
  newKeyParagraphs,
  onePlannedParagraphs,
  planParagraphs,
  skippedCallParagraphs,
} from '../../messages/check-plan.js';
import { danger, good, type Paragraph, plain } from '../../messages/paragraph.js';
import { practiceEntriesText } from '../../messages/practice-key.js';
import {
  allowedText,
  fitParagraphs,
  fitTexts,
  forbiddenText,
  NO_CALL_TEXT,
  NO_TEST_CALL,
} from '../../messages/recipes/fit.js';
import type { Profile } from '../../profiles/profile.js';
import { specOfProfile } from '../../profiles/profile-spec.js';
import { flagOf } from '../answers/answer-flags.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { assertTakesKey, type ChosenRecipe, chosenRecipe } from '../answers/recipe-flags.js';
import { askServer } from '../keys/ask-server.js';
import { type GivenKey, withGivenKey } from '../keys/given-key.js';
import { isPractice, reportNewPractice } from '../keys/key-server.js';
import { keyCommand, placeholdersFor } from '../recipes/command.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CancelledError, EXIT, UsageError } from '../shared/exit-codes.js';
import { jsonText } from '../shared/report.js';
import { planJson, refusalFacts } from './json.js';
import { factsOfSpec, plannedForSpec } from './plan.js';
import { confirmCost, print } from './print-and-confirm.js';

/** Refuses values of a recipe without one. @throws {UsageError} */
export function refuseRecipeValues(flags: Flags): void {
  const given = PLACEHOLDER_IDS.find((id) => id !== 'entry' && id !== 'category' && flags[id] !== undefined);
  if (given === undefined) return;
  throw new UsageError(
    `${flagOf(given)} is a value of a recipe: name the recipe with --recipe.`,
    'conflicting-options',
  );
}

/** Plans the one call of a recipe, as `planCheck` plans those of a check. */
function planRecipeCheck({ recipe, values }: ChosenRecipe, facts: KeyFacts | null, serviceUrl: string): CheckPlan {
  const testCall = plannedTestCall(recipe, values, serviceUrl);
  const isUnreadable = readable(facts) === null;
  const plan = planCheck(facts, serviceUrl);
  const isAllowed = testCall !== null && allowsPath(pathsIn(facts?.privileges ?? ''), testCall.url);
  const lookup: PlannedCall | null = isAllowed && plan.noCheckReason !== 'unusable-limit' ? testCall : null;
  const limit = actionsLimitIn(facts?.privileges ?? '');
  const uses = lookup === null ? 0 : 1;
  const cost: CheckCost = typeof limit === 'number' && uses > 0 ? { kind: 'calls', uses, limit } : { kind: 'nothing' };
  return {
    ...plan,
    calls: isUnreadable ? plan.calls : [],
    lookup,
    cost: isUnreadable ? plan.cost : cost,
    excluded: testCall === null || isAllowed ? [] : [testCall.action],
    noCheckReason: null,
  };
}

/** Returns the facts if they tell what the key is; null if the key can't be read. */
const readable = (facts: KeyFacts | null): KeyFacts | null =>
  facts === null || facts.type === null || facts.privileges === null ? null : facts;

const NOT_ASKED = 'The server was not asked. To ask it too, give --region, --url or a profile.';

interface Outcome {
  /** null if the key can't be read. */
  readonly fit: Fit | null;
  /** null if the server was not asked. */
  readonly testResult: TestCallResult | null;
  /** The result of asking about the key itself; null if it was not asked about. */
  readonly checked: CheckReport | null;
}

const isUsable = ({ fit, testResult, checked }: Outcome): boolean =>
  (fit === null || fit.problems.length === 0) &&
  checked?.verdict !== 'refused' &&
  testResult?.outcome !== 'forbidden' &&
  testResult?.outcome !== 'refused';

/** Checks whether the server didn't find the entry: then the ID can be wrong, although the key is right. */
const isNotFound = ({ testResult }: Outcome): boolean => testResult?.refusal?.error.code === 'ENTRY_ID_NOT_FOUND';

const needsOtherKey = (outcome: Outcome): boolean =>
  (!isUsable(outcome) && !isNotFound(outcome)) || (outcome.fit?.cautions.length ?? 0) > 0;

/** Checks whether a key can be used for a recipe: first without the server, then with one call that changes nothing. */
export async function checkRecipe(run: CommandRun): Promise<number> {
  const { flags, runtime } = run;
  if (flags['look-behind'] === true)
    throw new UsageError('Use --recipe or --look-behind, not both.', 'conflicting-options');
  const isForProgram = flags['json'] === true;
  const write = (text: string): void => void runtime.stdout.write(`${text}\n`);
  const isPlan = flags['plan'] === true;
  const chosenFor = async (profile: Profile | null): Promise<ChosenRecipe> => {
    const chosen = await chosenRecipe(flags, profile);
    assertTakesKey(chosen);
    return chosen as ChosenRecipe;
  };
  const printPlan = (plan: CheckPlan, toMakeKey: readonly PlannedCall[] | null): number => {
    const isOneCall = plan.calls.length === 0;
    const isNothing = isOneCall && plan.lookup === null && plan.excluded.length === 0;
    if (isForProgram) write(planJson(plan, toMakeKey ?? [], [], !isOneCall));
    const toMake = toMakeKey === null ? [] : newKeyParagraphs(toMakeKey);
    const toCheck = isOneCall ? onePlannedParagraphs(plan) : planParagraphs(plan);
    print([...toMake, ...(isNothing ? [NO_TEST_CALL] : toCheck)], run);
    return EXIT.ok;
  };
  // Invalid flags are refused before a key is read or made.
  await chosenFor(null);
  const withoutKey = isPlan
    ? async (profile: Profile): Promise<number> => {
        const spec = specOfProfile(profile);
        const plan = planRecipeCheck(await chosenFor(profile), factsOfSpec(spec), spec.serviceUrl);
        return printPlan(plan, plannedForSpec(spec));
      }
    : undefined;

  return withGivenKey(run, { mayMake: !isPlan, mayLackServer: !isPlan, withoutKey }, async (key) => {
    const chosen = await chosenFor(key.profile);
    const plan = planRecipeCheck(chosen, key.facts, key.serviceUrl);
    if (isPlan) return printPlan(plan, null);
    const outcome = await outcomeOf(chosen, plan, key, run);
    const command = commandOf(chosen, key, outcome);
    if (isForProgram) write(outcomeJson(chosen, key, outcome, command));
    else if (needsOtherKey(outcome)) write(`The right key: ${command}`);
    return isUsable(outcome) ? EXIT.ok : EXIT.failure;
  });
}

/** Compares the key with the recipe, prints what is found, and asks the server if that can still tell something. */
async function outcomeOf(chosen: ChosenRecipe, plan: CheckPlan, key: GivenKey, run: CommandRun): Promise<Outcome> {
  const { runtime } = run;
  const { recipe, values } = chosen;
  const now = Math.floor(runtime.now() / 1000);
  const fitted = (facts: KeyFacts | null): Fit | null =>
    facts === null || !takesKey(recipe) ? null : fitOf(recipe, values, { facts, version: key.version }, now);
  const known = fitted(readable(key.facts));
  const notAsked: Outcome = { fit: known, testResult: null, checked: null };
  if (known !== null) print(fitParagraphs(recipe, known), run);
  if (known !== null && known.problems.length > 0) return notAsked;
  if (plan.lookup === null && plan.calls.length === 0) {
    print(plan.excluded.length > 0 ? skippedCallParagraphs(plan) : [NO_TEST_CALL], run);
    return notAsked;
  }
  if (key.missingServer !== null) {
    // Of a key that can't be read here, only the server tells something.
    if (known === null) throw key.missingServer;
    run.report.say(NOT_ASKED);
    return notAsked;
  }
  await confirmCost(plan.cost, run);
  if (!key.isNew) reportNewPractice(key, run.report);
  const { serviceUrl, regionLabel, ks, facts } = key;
  const http = runtime.httpWithin(timeoutOf(run.flags));
  const ask = <T>(action: string, act: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    askServer(act, { action, serviceUrl, regionLabel, secrets: [ks] }, run);
  const askFacts = async (signal: AbortSignal): Promise<CheckReport> => {
    const checked = await checkKey({ serviceUrl, ks, facts, plan, now: runtime.now, http, signal });
    if (signal.aborted) throw new CancelledError();
    return checked;
  };
  const checked = known === null ? await ask('session.get', askFacts) : null;
  if (checked?.refusal != null) {
    print(refusalParagraphs(checked.refusal, serviceUrl), run);
    return { fit: null, testResult: null, checked };
  }
  const fit = known ?? fitted(checked?.serverFacts ?? null);
  if (known === null) print(fitParagraphs(recipe, fit), run);
  if (plan.lookup === null || (fit?.problems.length ?? 0) > 0) return { fit, testResult: null, checked };
  const { action } = plan.lookup;
  const testResult = await ask(action, (signal) => sendTestCall({ recipe, values, serviceUrl, ks, http, signal }));
  print(testResultParagraphs(chosen, action, testResult, serviceUrl), run);
  const outcome: Outcome = { fit, testResult, checked };
  if (isNotFound(outcome) && isPractice(key)) print([plain(practiceEntriesText())], run);
  return outcome;
}

function testResultParagraphs(
  { recipe }: ChosenRecipe,
  action: string,
  testResult: TestCallResult,
  serviceUrl: string,
): Paragraph[] {
  switch (testResult.outcome) {
    case 'allowed':
      return [good(allowedText(recipe, action))];
    case 'forbidden':
      return [danger(forbiddenText(recipe, action))];
    case 'no-such-call':
      return [plain(`${action}: ${NO_CALL_TEXT}`)];
    case 'refused':
      return refusalParagraphs(testResult.refusal, serviceUrl);
  }
}

function commandOf({ recipe, values }: ChosenRecipe, key: GivenKey, { fit, checked }: Outcome): string {
  const userId = (checked?.serverFacts ?? key.facts)?.userId ?? null;
  const command = keyCommand(recipe, placeholdersFor(recipe, values), {
    account: key.profile === null ? null : quoteIfNeeded(key.profile.name),
    userId: userId === '0' ? null : userId,
    values,
  });
  const isVersion1 = fit?.problems.some(({ kind }) => kind === 'version-1-in-path') === true;
  return isVersion1 ? `${command} --method local --ks-version 2` : command;
}

/** Scripts depend on these names: never rename them. */
function outcomeJson({ recipe }: ChosenRecipe, key: GivenKey, outcome: Outcome, command: string): string {
  const { fit, testResult, checked } = outcome;
  const texts = fit === null ? { problems: [], cautions: [] } : fitTexts(fit);
  return jsonText({
    recipe: recipe.id,
    usable: isUsable(outcome),
    readable: fit !== null,
    problems: (fit?.problems ?? []).map(({ kind }, index) => ({ kind, text: texts.problems[index] })),
    cautions: (fit?.cautions ?? []).map(({ kind }, index) => ({ kind, text: texts.cautions[index] })),
    asked: testResult?.outcome ?? null,
    refusal: refusalFacts(testResult?.refusal ?? checked?.refusal ?? null, key.serviceUrl),
    unconfirmed: recipe.doubts,
    serviceUrl: key.missingServer === null ? key.serviceUrl : null,
    profile: key.profile?.name ?? null,
    command,
  });
}
