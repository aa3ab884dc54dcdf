import { Secret } from '../../kaltura/secret.js';
import type { Runtime } from '../../operations/runtime.js';
import { unsanitizedStream } from '../../terminal/text.js';
import { BRACKETS, createTypedLine } from '../../terminal/typed-line.js';
import type { Flags } from './command-call.js';
import { CancelledError, CommandError, UsageError } from './exit-codes.js';

type Terminal = Pick<Runtime, 'stdin' | 'stderr' | 'env' | 'onSignal' | 'guardTerminal'>;

/** Whether one can be asked: the keys come from a terminal, and what is asked can be seen, though standard output may be caught. */
export const canAsk = ({ stdin, stderr }: Terminal): boolean => stdin.isTTY === true && stderr.isTTY === true;

/**
 * Asks for one line on standard error, hidden, key by key: the kernel's own line would be cut at 4,095 characters. Whatever ends
 * it, the terminal is as it was.
 *
 * @throws {CancelledError} on Ctrl-C, on Ctrl-D in an empty line, and on a signal
 */
export async function askHidden(question: string, terminal: Terminal): Promise<Secret> {
  const { stdin, stderr, env } = terminal;
  const knowsPaste = env['TERM'] !== 'dumb';
  const line = createTypedLine();
  // Node leaves the mode alone if it has set it already, though the shell may have changed it.
  const take = (): void => {
    stdin.setRawMode(false).setRawMode(true);
    if (knowsPaste) unsanitizedStream(stderr).write(BRACKETS.on);
    stderr.write(`${question}: `);
  };
  const release = (): void => {
    stdin.setRawMode(false);
    if (knowsPaste) unsanitizedStream(stderr).write(BRACKETS.off);
    stderr.write('\n');
  };
  let stop = (): void => {};
  try {
    return await new Promise<Secret>((resolve, reject) => {
      const cancel = () => reject(new CancelledError());
      const onData = (keys: string): void => {
        const typed = line.type(keys);
        if (typed.end === 'submit') resolve(new Secret(typed.text));
        if (typed.end === 'cancel') cancel();
      };
      const stopListening = terminal.onSignal(cancel);
      const stopGuarding = terminal.guardTerminal({ release, take });
      stdin.setEncoding('utf8').on('data', onData);
      // A terminal that was closed gives the end of input, or an error.
      stdin.once('end', cancel).on('error', cancel);
      take();
      stdin.resume();
      stop = () => {
        stopListening();
        stopGuarding();
        stdin.off('data', onData);
        stdin.off('end', cancel).off('error', cancel);
      };
    });
  } finally {
    release();
    stop();
    stdin.pause();
    // Typed ahead, for the next question. A line that ends with both signs is one line.
    const rest = line.rest().replace(/^\n/, '');
    if (rest !== '' && !stdin.readableEnded) stdin.unshift(rest, 'utf8');
  }
}

/** Asks a yes-or-no question on the terminal. Every answer except `y` and `yes` means no. */
export async function askYesNo(question: string, runtime: Runtime): Promise<boolean> {
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
export async function requireYes(question: string, otherwise: string, flags: Flags, runtime: Runtime): Promise<void> {
  if (flags['yes'] === true) return;
  if (flags['input'] === false || !canAsk(runtime)) {
    throw new UsageError(
      `${otherwise}: say --yes if you mean it, for it cannot be asked here.`,
      'confirmation-required',
    );
  }
  if (!(await askYesNo(`${question} Type y for yes (your answer is not shown)`, runtime)))
    throw new CommandError(`${otherwise}.`, 'declined');
}
