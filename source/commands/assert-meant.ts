import type { Flags } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { CommandError, UsageError } from './exit-codes.js';
import { askHidden, canAsk } from './hidden-prompt.js';

/** Asks a yes-or-no question on the terminal. Every answer except `y` and `yes` means no. */
export async function askYesNo(question: string, runtime: CommandRuntime): Promise<boolean> {
  const answer = await askHidden(question, runtime);
  return /^y(es)?$/i.test(answer.reveal().trim());
}

/**
 * Asks before what cannot be taken back; `--yes` answers beforehand.
 *
 * @param otherwise what is true without a yes, as the beginning of a sentence: `the key is not ended`
 * @throws {UsageError} where it cannot be asked
 * @throws {CommandError} where the answer is no
 */
export async function assertMeant(
  question: string,
  otherwise: string,
  flags: Flags,
  runtime: CommandRuntime,
): Promise<void> {
  if (flags['yes'] === true) return;
  if (flags['input'] === false || !canAsk(runtime)) {
    throw new UsageError(`${otherwise}: say --yes if you mean it, for it cannot be asked here.`);
  }
  if (!(await askYesNo(`${question} Type y for yes (your answer is not shown)`, runtime)))
    throw new CommandError(`${otherwise}.`);
}
