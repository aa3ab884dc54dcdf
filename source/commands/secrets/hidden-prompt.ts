import { Secret } from '../../kaltura/secret.js';
import type { Runtime, TerminalUse } from '../../operations/runtime.js';
import { unsanitizedStream } from '../../terminal/text.js';
import type { CommandRun } from '../shared/command-call.js';
import { CancelledError, CommandError, type ReportedFix, UsageError } from '../shared/exit-codes.js';

type Terminal = Pick<Runtime, 'stdin' | 'stderr' | 'env' | 'onSignal' | 'guardTerminal' | 'suspend'>;

/** Checks whether the user can be asked: standard input and standard error are terminals, and not `--no-input`. Standard output may be captured. */
export const canAsk = ({ flags, runtime }: CommandRun): boolean =>
  flags['input'] !== false && runtime.stdin.isTTY === true && runtime.stderr.isTTY === true;

interface PromptOptions {
  /** Whether the line is shown while it is typed. */
  readonly isShown?: boolean;
}

/** Shows the change from one text to the next at the end of a line. Text that is not ASCII is shown as `?`. */
const shownChange = (before: string, after: string): string => {
  const [old, next] = [before, after].map((text) =>
    [...text].map((sign) => (/[ -~]/.test(sign) ? sign : '?')).join(''),
  ) as [string, string];
  const isLonger = next.startsWith(old);
  return isLonger ? next.slice(old.length) : `${'\b \b'.repeat(old.length)}${next}`;
};

/** Shows a line while it is typed, if it is not hidden. */
function createEcho({ stderr }: Terminal, isShown: boolean) {
  let shown = '';
  const show = (text: string): void => {
    if (!isShown) return;
    unsanitizedStream(stderr).write(shownChange(shown, text));
    shown = text;
  };
  return {
    show,
    /** Shows the line again, after the question. */
    repeat: (): void => {
      const typed = shown;
      shown = '';
      show(typed);
    },
  };
}

/** Shows the question and reads single key presses, until the terminal is released. */
const promptOn = (
  { stdin, stderr, env }: Terminal,
  question: string,
  brackets: { readonly on: string; readonly off: string },
  repeatLine: () => void,
): TerminalUse => {
  const knowsPaste = env['TERM'] !== 'dumb';
  return {
    // Node doesn't set a mode that it has already set, though the shell may have changed it.
    take: () => {
      stdin.setRawMode(false).setRawMode(true);
      if (knowsPaste) unsanitizedStream(stderr).write(brackets.on);
      stderr.write(`${question}: `);
      repeatLine();
    },
    release: () => {
      stdin.setRawMode(false);
      if (knowsPaste) unsanitizedStream(stderr).write(brackets.off);
      stderr.write('\n');
    },
  };
};

/** Shows the prompt and reads what is typed, until the returned function is called. */
function listen(terminal: Terminal, prompt: TerminalUse, onText: (text: string) => void, cancel: () => void) {
  const { stdin } = terminal;
  const stopListening = terminal.onSignal(cancel);
  const stopGuarding = terminal.guardTerminal(prompt);
  stdin.setEncoding('utf8').on('data', onText);
  // A closed terminal ends the input, or emits an error.
  stdin.once('end', cancel).on('error', cancel);
  prompt.take();
  stdin.resume();
  return (): void => {
    stopListening();
    stopGuarding();
    stdin.off('data', onText);
    stdin.off('end', cancel).off('error', cancel);
  };
}

/**
 * Asks for one hidden line on standard error. Reads single key presses, because the kernel cuts a line at 4,095 characters. Always restores
 * the terminal.
 * @throws {CancelledError} on Ctrl-C, on Ctrl-D in an empty line, and on a signal
 */
export async function askHidden(
  question: string,
  terminal: Terminal,
  { isShown = false }: PromptOptions = {},
): Promise<Secret> {
  const [{ createKeyReader }, { BRACKETS, createTypedLine }] = await Promise.all([
    import('../../terminal/key-reader.js'),
    import('../../terminal/typed-line.js'),
  ]);
  const { stdin } = terminal;
  const line = createTypedLine();
  const echo = createEcho(terminal, isShown);
  const prompt = promptOn(terminal, question, BRACKETS, echo.repeat);
  let stop = (): void => {};
  let rest = '';
  try {
    return await new Promise<Secret>((resolve, reject) => {
      const cancel = () => reject(new CancelledError());
      const keys = createKeyReader((key) => {
        if (key.name === 'ctrl+z') terminal.suspend();
        const typed = line(key);
        echo.show(typed.text);
        if (typed.end === 'submit') resolve(new Secret(typed.text));
        if (typed.end === 'cancel') cancel();
        if (typed.end === 'submit' || typed.end === 'cancel') rest = keys.stop();
      });
      const stopListening = listen(terminal, prompt, (text) => keys.feed(text), cancel);
      stop = () => {
        keys.stop();
        stopListening();
      };
    });
  } finally {
    prompt.release();
    stop();
    stdin.pause();
    // Keep text that was typed ahead for the next question. `\r\n` ends one line.
    if (rest !== '' && !stdin.readableEnded) stdin.unshift(rest, 'utf8');
  }
}

/** Asks for one of several words until the answer is one of them, or its first letter. Enter alone chooses the first word. */
export async function askChoice<Word extends string>(
  question: string,
  words: readonly [Word, ...Word[]],
  runtime: Runtime,
): Promise<Word> {
  for (;;) {
    const text = `${question} Type ${words.join(', ')} [${words[0]}]`;
    const answer = (await askHidden(text, runtime, { isShown: true })).reveal().trim().toLowerCase();
    if (answer === '') return words[0];
    const chosen = words.find((word) => word === answer || word.slice(0, 1) === answer);
    if (chosen !== undefined) return chosen;
  }
}

/** Asks a yes-or-no question on the terminal. Every answer except `y` and `yes` means no. */
export async function askYesNo(question: string, runtime: Runtime): Promise<boolean> {
  const answer = await askHidden(question, runtime, { isShown: true });
  return /^y(es)?$/i.test(answer.reveal().trim());
}

/** How a script confirms. */
export const CONFIRM: readonly ReportedFix[] = [{ action: 'add-option', text: 'Confirm', option: '--yes' }];

/**
 * Asks before an action that can't be undone; `--yes` agrees in advance.
 * @param otherwise the result without a yes, as the start of a sentence: `The key was not revoked`
 * @throws {UsageError} if the user can't be asked
 * @throws {CommandError} if the answer is no
 */
export async function requireYes(question: string, otherwise: string, run: CommandRun): Promise<void> {
  if (run.flags['yes'] === true) return;
  if (!canAsk(run)) {
    throw new UsageError(
      `${otherwise}: kaltura-ks can’t ask for confirmation here. To confirm, add --yes.`,
      'confirmation-required',
      { fixes: CONFIRM },
    );
  }
  if (!(await askYesNo(`${question} Type y for yes`, run.runtime))) throw new CommandError(`${otherwise}.`, 'declined');
}
