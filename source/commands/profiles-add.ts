import { cleanName, nameProblem } from '../profiles/profile-name.js';
import { profileOf } from '../wizard/profile-draft.js';
import { initialState } from '../wizard/update.js';
import { assertComplete, oddities, openRisks, withAccepted } from './check-draft.js';
import type { CommandRuntime } from './command-runtime.js';
import { EXIT, UsageError } from './exit-codes.js';
import { acceptedIn } from './obtain-key.js';
import { PRETEND_ACCOUNT } from './pretend-account.js';
import { createReport } from './report.js';
import type { CommandCall } from './run-command.js';
import { fillDraft } from './sourced-draft.js';

/** Saves a profile, just as the wizard would from its review: no secret is asked for, and none is saved. */
export async function addProfile({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const name = cleanName(names[0] ?? '');
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(problem);
  const sourced = fillDraft(null, flags, runtime.env, PRETEND_ACCOUNT);
  assertComplete(sourced, null);
  for (const text of oddities(sourced)) report.say(text);
  const accepted = acceptedIn(flags);
  const open = openRisks(sourced.draft, accepted);
  const store = await runtime.openStore();
  const setting = { isCaptured: false, fileOf: store.fileOf, pretend: PRETEND_ACCOUNT };
  const state = initialState(setting, { profiles: [], troubles: [] }, runtime.now());
  const profile = profileOf({ ...state, draft: withAccepted(sourced.draft, accepted), newName: name });
  await store.save(profile, { replace: flags['replace'] === true });
  report.say(`saved in ${store.fileOf(name)}.`);
  if (open.length > 0) {
    report.say(`each key of it will need ${open.map(({ id }) => `--accept-risk ${id}`).join(' ')}.`);
  }
  return EXIT.ok;
}
