import type { Http } from '../../kaltura/api/http.js';
import type { PlannedCall } from '../../kaltura/api/planned-calls.js';
import { type CheckReport, checkKey } from '../../kaltura/sessions/check.js';
import { type CheckPlan, planCheck } from '../../kaltura/sessions/check-plan.js';
import type { ContentId } from '../../kaltura/sessions/content-lookup.js';
import { reportParagraphs } from '../../messages/check.js';
import {
  lookBehindParagraphs,
  newKeyParagraphs,
  planParagraphs,
  skippedCallParagraphs,
} from '../../messages/check-plan.js';
import type { Profile } from '../../profiles/profile.js';
import { specOfProfile } from '../../profiles/profile-spec.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { InputProblems } from '../answers/input-problems.js';
import { askServer } from '../keys/ask-server.js';
import { type GivenKey, withGivenKey } from '../keys/given-key.js';
import { reportNewPractice } from '../keys/key-server.js';
import type { CommandRun } from '../shared/command-call.js';
import { CancelledError, EXIT } from '../shared/exit-codes.js';
import { type CheckedContent, checkContent, contentIn } from './content.js';
import { planJson, resultJson } from './json.js';
import { factsOfSpec, plannedForSpec, plannedLookBehind } from './plan.js';
import { confirmCost, print } from './print-and-confirm.js';
import { checkRecipe, refuseRecipeValues } from './recipe.js';

/** What every part of a check needs. */
export interface CheckRun extends CommandRun {
  readonly key: GivenKey;
  readonly http: Http;
  /** Sends a question. Ctrl-C cancels it; failures become errors with a cause and a fix. */
  readonly ask: <T>(act: (signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** Asks the server whether a key works, and what it can access. */
export async function check(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  if (flags['recipe'] !== undefined) return checkRecipe(run);
  refuseRecipeValues(flags);
  const problems = new InputProblems();
  const id = problems.collect(() => contentIn(flags, report), null);
  const timeout = problems.collect(() => timeoutOf(flags), 0);
  const isForProgram = flags['json'] === true;
  const write = (text: string): void => void runtime.stdout.write(`${text}\n`);
  const isPlan = flags['plan'] === true;

  const printPlan = (plan: CheckPlan, profile: Profile | null, toMakeKey: readonly PlannedCall[] | null): number => {
    const ifNotFound = id === null ? [] : plannedLookBehind(id, plan, profile);
    const toMake = toMakeKey === null ? [] : newKeyParagraphs(toMakeKey);
    print([...toMake, ...planParagraphs(plan), ...lookBehindParagraphs(ifNotFound)], run);
    if (isForProgram) write(planJson(plan, toMakeKey ?? [], ifNotFound));
    return EXIT.ok;
  };
  const withoutKey = isPlan
    ? (profile: Profile): number => {
        const spec = specOfProfile(profile);
        return printPlan(planCheck(factsOfSpec(spec), spec.serviceUrl, id), profile, plannedForSpec(spec));
      }
    : undefined;

  return withGivenKey(run, { mayMake: !isPlan, withoutKey, problems }, async (key) => {
    const plan = planCheck(key.facts, key.serviceUrl, id);
    if (isPlan) return printPlan(plan, key.account(), null);
    await confirmCost(plan.cost, run);
    if (!key.isNew) reportNewPractice(key, report);
    const { serviceUrl, regionLabel, ks } = key;
    const context = { action: plan.calls[0]?.action ?? 'system.getTime', serviceUrl, regionLabel, secrets: [ks] };
    const ask: CheckRun['ask'] = (act) => askServer(act, context, run);
    const checking: CheckRun = { ...run, key, http: runtime.httpWithin(timeout), ask };
    const checked = await checkBy(plan, checking);
    // The plan says why nothing was asked.
    const paragraphs =
      plan.noCheckReason === null ? reportParagraphs(checked, Math.floor(runtime.now() / 1000)) : planParagraphs(plan);
    print(paragraphs, run);
    const content = await contentOf(id, plan, checked, checking);
    if (isForProgram) write(resultJson(checked, content, key.profile?.name ?? null));
    return isGood(checked, content) ? EXIT.ok : EXIT.failure;
  });
}

function checkBy(plan: CheckPlan, { key, http, runtime, report, ask }: CheckRun): Promise<CheckReport> {
  const { serviceUrl, ks, facts } = key;
  const onStage = (action: string): void => report.detail(`Asking ${new URL(serviceUrl).host}: ${action}`);
  return ask(async (signal) => {
    const checked = await checkKey({ serviceUrl, ks, facts, plan, now: runtime.now, http, signal, onStage });
    // The clock is asked last, and a cancelled question has no error.
    if (signal.aborted) throw new CancelledError();
    return checked;
  });
}

/** Looks up content with the key. Skipped for a refused key, or one that is limited to other paths. */
async function contentOf(
  id: ContentId | null,
  plan: CheckPlan,
  checked: CheckReport,
  run: CheckRun,
): Promise<CheckedContent | null> {
  if (id === null) return null;
  const isRefused = checked.verdict === 'refused';
  if (!isRefused && plan.lookup !== null) return checkContent(id, checked, run);
  if (!isRefused && plan.noCheckReason === null) print(skippedCallParagraphs(plan), run);
  return { id, outcome: null, refusal: null, isHidden: null };
}

function isGood({ verdict }: CheckReport, content: CheckedContent | null): boolean {
  if (content !== null) return content.outcome?.found === true;
  return verdict === 'works' || verdict === 'genuine';
}
