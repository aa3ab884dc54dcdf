import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import type { CommandCall, CommandRun } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { createReport } from '../commands/shared/report.js';
import { assertCanPrint } from '../commands/shared/standard-output.js';
import { token } from '../commands/token.js';
import type { Runtime } from '../operations/runtime.js';
import { KEY_VARIABLE } from '../secrets/variables.js';
import { PROFILE_USE, profileOfCall, typedProfile } from './profile-of-call.js';

/** Runs the commands. Re-exports the parser, so that one import loads both. */
export { readCommandLine } from './command-line.js';

type Handler = (run: CommandRun) => Promise<number>;

/** The code of each command is loaded when it is needed, except for `token`, which scripts run most. */
const HANDLERS: Readonly<Record<string, () => Promise<Handler>>> = {
  token: async () => token,
  exec: async () => (await import('../commands/exec.js')).exec,
  inspect: async () => (await import('../commands/inspect/inspect.js')).inspect,
  explain: async () => (await import('../commands/explain.js')).explain,
  check: async () => (await import('../commands/check/check.js')).check,
  call: async () => (await import('../commands/call/call.js')).call,
  end: async () => (await import('../commands/end.js')).end,
  use: async () => (await import('../commands/use.js')).use,
  'recipes list': async () => (await import('../commands/recipes/recipes.js')).listRecipes,
  'recipes show': async () => (await import('../commands/recipes/recipes.js')).showRecipe,
  'env-file': async () => (await import('../commands/env-file.js')).envFile,
  'app-tokens list': async () => (await import('../commands/app-tokens/list.js')).listTokens,
  'app-tokens create': async () => (await import('../commands/app-tokens/create.js')).createToken,
  'app-tokens delete': async () => (await import('../commands/app-tokens/delete.js')).deleteToken,
  regions: async () => (await import('../commands/regions.js')).regions,
  'profiles list': async () => (await import('../commands/profiles/list.js')).listProfiles,
  'profiles show': async () => (await import('../commands/profiles/list.js')).showProfile,
  'profiles add': async () => (await import('../commands/profiles/add.js')).addProfile,
  'profiles edit': async () => (await import('../commands/profiles/edit.js')).editProfile,
  'profiles default': async () => (await import('../commands/profiles/default.js')).defaultProfile,
  'profiles rename': async () => (await import('../commands/profiles/change.js')).renameProfile,
  'profiles remove': async () => (await import('../commands/profiles/change.js')).removeProfile,
  'profiles export': async () => (await import('../commands/profiles/export.js')).exportProfiles,
  'profiles import': async () => (await import('../commands/profiles/import.js')).importProfiles,
  status: async () => (await import('../commands/status.js')).status,
  completion: async () => (await import('./completion/completion.js')).completion,
  forget: async () => (await import('../commands/forget.js')).forget,
  practice: async () => (await import('../commands/practice.js')).runPractice,
};

/**
 * Does what a command asks for.
 * @param argv the arguments of the program, for advice about an error
 * @returns the exit code
 */
export async function runCommand(call: CommandCall, runtime: Runtime, argv: readonly string[]): Promise<number> {
  if (call.after !== null && call.command !== 'exec')
    throw new UsageError('Only exec accepts --.', 'too-many-arguments');
  const load = HANDLERS[call.command];
  if (load === undefined) throw new UsageError('There is no such command. See kaltura-ks --help.', 'unknown-command');
  if (ONLY_PRINTS.includes(call.command)) assertCanPrint(runtime);
  const isShown = call.flags['show-answer'] === true;
  const used = isShown ? (await import('../commands/shared/show-answers.js')).withAnswersShown(runtime) : runtime;
  const run = await withVariables({
    ...call,
    runtime: used,
    report: createReport(runtime.stderr, call.flags['verbose'] === true),
  });
  try {
    return await (await load())(await withDefault(run));
  } catch (error) {
    const { withAdvice } = await import('./error-advice.js');
    throw await withAdvice(error, call, argv, run.runtime);
  }
}

/** The commands that only print. The exit code of other ones tells something too, and some programs discard output in a way that looks closed. */
const ONLY_PRINTS: readonly string[] = [
  'recipes list',
  'recipes show',
  'use',
  'completion',
  'profiles list',
  'profiles show',
  'profiles export',
  'app-tokens list',
];

/** Reads the file of `--dotenv`. */
async function withVariables(run: CommandRun): Promise<CommandRun> {
  const { flags, runtime, report } = run;
  const path = flags['dotenv'];
  if (typeof path !== 'string') return run;
  const { readEnvFile, valueIn, withValues } = await import('../commands/answers/env-file-values.js');
  const { assertOfAccount, namedAccount } = await import('../commands/answers/named-account.js');
  const file = await readEnvFile(path, runtime, report);
  const env = { ...runtime.env, [PROFILE_VARIABLE]: runtime.env[PROFILE_VARIABLE] || valueIn(file, PROFILE_VARIABLE) };
  const profile = profileOfCall(run, env, runtime.secretVariables.has(KEY_VARIABLE) || file.has(KEY_VARIABLE));
  assertOfAccount(file, await namedAccount(flags, profile, runtime));
  return { ...run, runtime: withValues(file, profile !== null, runtime, report) };
}

/** Adds the default profile to the command, if it takes one and none is named. */
async function withDefault(run: CommandRun): Promise<CommandRun> {
  const { command, names, flags, runtime } = run;
  const use = PROFILE_USE[command];
  const isNamed = typedProfile(run) ?? runtime.env[PROFILE_VARIABLE];
  if (use === undefined || isNamed) return run;
  const { defaultFor } = await import('../commands/shared/default-profile.js');
  const name = await defaultFor(run, use.readsKey);
  if (name === null) return run;
  return use.at === undefined ? { ...run, flags: { ...flags, profile: name } } : { ...run, names: [...names, name] };
}
