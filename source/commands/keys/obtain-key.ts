import type { MadeKey } from '../../kaltura/sign-in/key-request.js';
import type { Env } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import type { ProfileStore } from '../../profiles/store.js';
import type { OpenRisk } from '../answers/accepted-risks.js';
import { PROFILE_VARIABLE } from '../answers/answer-flags.js';
import type { SetBy } from '../answers/check-spec.js';
import { timeoutOf } from '../answers/duration-flags.js';
import { readAnswers } from '../answers/given-answers.js';
import { InputProblems } from '../answers/input-problems.js';
import { assertTakesKey, type ChosenRecipe, chosenRecipe } from '../answers/recipe-flags.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { minTtlOf, savedKeyOf } from './saved-key.js';

export interface ObtainedKey {
  readonly made: MadeKey;
  /** null if the key was signed here and nothing names its server. */
  readonly serviceUrl: string | null;
  readonly profile: Profile | null;
}

export interface NamedProfile {
  readonly profile: Profile;
  readonly store: ProfileStore;
}

interface ObtainOptions {
  /** What is wrong with the other flags of the command. */
  readonly problems?: InputProblems;
  /** The recipe, if the command takes it as an argument. */
  readonly recipeId?: string;
  /** The dangers of what the command does with the key, if they are not accepted: then no key is read or created. */
  readonly dangers?: readonly OpenRisk[];
  /** Whether only this program uses the key. */
  readonly isInternal?: boolean;
  /** The answers that the command sets itself. */
  readonly setBy?: SetBy | undefined;
}

async function namedProfile({ names, runtime, report }: CommandRun): Promise<NamedProfile | null> {
  const variable = runtime.env[PROFILE_VARIABLE];
  const name = names[0] ?? (variable === '' ? undefined : variable);
  if (name === undefined) return null;
  const [store, { findProfile }] = await Promise.all([runtime.openStore(), import('../shared/find-profile.js')]);
  const profile = await findProfile(name, store, report);
  report.detail(`profile ${profile.name} (${names[0] === undefined ? PROFILE_VARIABLE : 'named'})`);
  return { profile, store };
}

/** Replaces `--session-group new` by a random ID, and reports it. */
async function withNewGroup(run: CommandRun): Promise<CommandRun> {
  const { flags, runtime, report } = run;
  if (flags['session-group'] !== 'new') return run;
  const { newGroupId } = await import('../../kaltura/sessions/group.js');
  const id = newGroupId(runtime.randomBytes);
  report.say(`Session group ${id}. To revoke all its keys: kaltura-ks end <profile> --group ${id}`);
  return { ...run, flags: { ...flags, 'session-group': id } };
}

/** Checks whether flags and variables leave the request of the profile unchanged. An invalid value is a change. */
async function asksForOwnKey(profile: Profile, flags: Flags, env: Env, recipe: ChosenRecipe | null): Promise<boolean> {
  const { given, invalid } = readAnswers(flags, env, true);
  const isPlain = recipe === null && flags['session-group'] === undefined;
  if (isPlain && Object.keys(given).length === 0 && invalid.size === 0) return true;
  const { isUnchanged, specFrom } = await import('../answers/spec-from-flags.js');
  const problems = new InputProblems();
  return isUnchanged(specFrom(profile, flags, env, problems, recipe)) && problems.isEmpty;
}

/**
 * Returns a key for a command: the profile's saved key if it is valid long enough, else a new one.
 * @param typed its first argument is the name of the profile
 * @throws {UsageError}
 * @throws {CommandError}
 * @throws {MakeKeyError}
 */
export async function obtainKey(
  typed: CommandRun,
  { problems = new InputProblems(), recipeId, dangers = [], isInternal = false, setBy }: ObtainOptions = {},
): Promise<ObtainedKey> {
  const run = await withNewGroup(typed);
  const { flags, runtime } = run;
  const minTtl = problems.collect(() => minTtlOf(flags['min-ttl']), 0);
  const timeout = problems.collect(() => timeoutOf(flags), 0);
  const named = await namedProfile(run);
  const profile = named?.profile ?? null;
  const recipe = await chosenRecipe(flags, profile, recipeId);
  assertTakesKey(recipe);
  const access = createSourceAccess(run);
  const mayUseSaved = flags['cache'] !== false && problems.isEmpty && dangers.length === 0;
  if (profile !== null && mayUseSaved && (await asksForOwnKey(profile, flags, runtime.env, recipe))) {
    const saved = await savedKeyOf(profile, minTtl, access, run);
    if (saved !== null) return { made: saved, serviceUrl: profile.serviceUrl, profile };
  }
  // A saved key needs none of this code.
  const { makeNewKey } = await import('./make-new-key.js');
  return makeNewKey(run, { named, recipe, dangers, isInternal, setBy, minTtl, timeout, access, problems });
}
