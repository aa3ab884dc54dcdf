import { PROFILE_VARIABLE } from '../commands/answers/answer-flags.js';
import { withEnvFileHint, withProfileHint } from '../commands/answers/env-file-hint.js';
import type { CommandCall } from '../commands/shared/command-call.js';
import { CommandError, KeyAsNameError, UsageError } from '../commands/shared/exit-codes.js';
import { exposedText, SECRET_ADVICE } from '../messages/explanation/faults.js';
import type { Runtime } from '../operations/runtime.js';
import { KEY_VARIABLE } from '../secrets/variables.js';
import { COMMAND_TABLE } from './command-table.js';
import { profileOfCall } from './profile-of-call.js';
import { spacedTimeAdvice } from './spaced-time.js';

/** Says how to give the command a key, or what to do with a key instead. */
function keyAdvice({ command, flags }: CommandCall, isVariable: boolean): string {
  const isGroup = flags['group'] !== undefined;
  const input = isGroup ? undefined : COMMAND_TABLE[command]?.keyInput;
  const fix = isVariable ? `Remove ${PROFILE_VARIABLE}. ` : '';
  if (input === undefined) {
    return `${fix}kaltura-ks ${command}${isGroup ? ' --group' : ''} takes no key. To see what a key allows: kaltura-ks inspect <key.txt`;
  }
  return isVariable
    ? `${fix}Give a key ${input}.`
    : `Other users of this computer can see arguments, so give a key ${input}.`;
}

/** Says what to do about a secret on the command line, and how to give it instead. */
function secretAdvice(isVariable: boolean): string {
  const fix = isVariable ? `Remove ${PROFILE_VARIABLE}.` : `${exposedText('it')} Delete it from the history.`;
  return `${fix}\n${SECRET_ADVICE} To do that, use kaltura-ks token with --secret-stdin, --secret-file or KALTURA_ADMIN_SECRET.`;
}

/** Checks for an error about an argument that the command can't use, such as the unit of a time with a space. */
const isAboutArgument = (error: unknown, { command }: CommandCall): error is UsageError | CommandError =>
  error instanceof CommandError
    ? error.code === 'profile-not-found'
    : error instanceof UsageError && command === 'call';

/**
 * Returns the error of a command with what its command line and folder say about it.
 * @param argv the arguments of the program
 */
export async function withAdvice(
  error: unknown,
  call: CommandCall,
  argv: readonly string[],
  runtime: Runtime,
): Promise<unknown> {
  const profile = () => profileOfCall(call, runtime.env, runtime.secretVariables.has(KEY_VARIABLE));
  if (error instanceof KeyAsNameError) {
    const { isSecret, from } = error;
    const isVariable = from === 'profile' && profile()?.isVariable === true;
    return new KeyAsNameError(isSecret, from, isSecret ? secretAdvice(isVariable) : keyAdvice(call, isVariable));
  }
  const spaced = isAboutArgument(error, call) ? spacedTimeAdvice(argv) : null;
  if (spaced !== null) {
    return error instanceof UsageError
      ? new UsageError(spaced, error.code)
      : new CommandError(spaced, 'profile-not-found');
  }
  if (!(error instanceof UsageError && error.code === 'missing-input')) return error;
  const hasProfile = profile() !== null;
  const takesProfile = COMMAND_TABLE[call.command]?.profileIn !== undefined;
  const hinted = takesProfile ? await withProfileHint(error, hasProfile, runtime) : error;
  return withEnvFileHint(hinted, call.flags, hasProfile, runtime);
}
