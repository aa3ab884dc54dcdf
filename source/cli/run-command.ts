import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import type { CommandCall, CommandRun } from '../commands/shared/command-call.js';
import { UsageError } from '../commands/shared/exit-codes.js';
import { createReport } from '../commands/shared/report.js';
import { assertCanPrint } from '../commands/shared/standard-output.js';
import type { Runtime } from '../operations/runtime.js';
import { KEY_VARIABLE } from '../secrets/variables.js';
import { COMMAND_TABLE } from './command-table.js';
import { profileOfCall, typedProfile } from './profile-of-call.js';

/** Runs the commands. Re-exports the parser, so that one import loads both. */
export { readCommandLine } from './command-line.js';

/**
 * Does what a command asks for.
 * @param argv the arguments of the program, for advice about an error
 * @returns the exit code
 */
export async function runCommand(call: CommandCall, runtime: Runtime, argv: readonly string[]): Promise<number> {
  if (call.after !== null && call.command !== 'exec')
    throw new UsageError('Only exec accepts --.', 'too-many-arguments');
  const entry = COMMAND_TABLE[call.command];
  if (entry === undefined) throw new UsageError('There is no such command. See kaltura-ks --help.', 'unknown-command');
  if (entry.onlyPrints === true) assertCanPrint(runtime);
  const isShown = call.flags['show-answer'] === true;
  const used = isShown ? (await import('../commands/shared/show-answers.js')).withAnswersShown(runtime) : runtime;
  const run = await withVariables({
    ...call,
    runtime: used,
    report: createReport(runtime.stderr, call.flags['verbose'] === true),
  });
  try {
    return await (await entry.load())(await withDefault(run));
  } catch (error) {
    const { withAdvice } = await import('./error-advice.js');
    throw await withAdvice(error, call, argv, run.runtime);
  }
}

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
  const { profileIn, keyInput } = COMMAND_TABLE[command] ?? {};
  const isNamed = typedProfile(run) ?? runtime.env[PROFILE_VARIABLE];
  if (profileIn === undefined || isNamed) return run;
  const { defaultFor } = await import('../commands/shared/default-profile.js');
  const name = await defaultFor(run, keyInput !== undefined);
  if (name === null) return run;
  return profileIn === '--profile'
    ? { ...run, flags: { ...flags, profile: name } }
    : { ...run, names: [...names, name] };
}
