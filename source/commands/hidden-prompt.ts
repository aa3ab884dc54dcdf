import { Secret } from '../kaltura/secret.js';
import type { CommandRuntime } from './command-runtime.js';
import { CancelledError } from './exit-codes.js';

type Terminal = Pick<CommandRuntime, 'stdin' | 'stderr' | 'env' | 'onSignal'>;

/** Whether one can be asked: the keys come from a terminal, and what is asked can be seen, though standard output may be caught. */
export const canAsk = ({ stdin, stderr }: Terminal): boolean => stdin.isTTY === true && stderr.isTTY === true;

const BRACKETS = { on: '\x1b[?2004h', off: '\x1b[?2004l' } as const;
const PASTE = /^\x1b\[20([01])~/;
/** A key that is more than a letter (an arrow…), whole or as far as it has come. */
const SEQUENCE = /^\x1b(?:[[O][\x20-\x3f]*[\x40-\x7e]|[^[O])/;
const PARTIAL = /^\x1b(?:[[O][\x20-\x3f]*)?$/;

type Typing = { readonly text: string; readonly end: 'submit' | 'cancel' | null };

/** Turns keys into a line. Nothing of it is shown. */
function createLine(): (keys: string) => Typing {
  let text = '';
  let pending = '';
  let isPasting = false;
  const take = (key: string): Typing['end'] => {
    if (isPasting) text += key;
    else if (key === '\r' || key === '\n') return 'submit';
    else if (key === '\x03') return 'cancel';
    else if (key === '\x04') return text === '' ? 'cancel' : null;
    else if (key === '\x7f' || key === '\b') text = [...text].slice(0, -1).join('');
    else if (key === '\x15') text = '';
    else if (key === '\x17') text = text.replace(/\S*\s*$/, '');
    else if (key >= ' ') text += key;
    return null;
  };
  return (keys) => {
    pending += keys;
    while (pending !== '') {
      const paste = PASTE.exec(pending);
      const sequence = paste ?? SEQUENCE.exec(pending);
      if (sequence === null && PARTIAL.test(pending)) break;
      const key = sequence?.[0] ?? String.fromCodePoint(pending.codePointAt(0) as number);
      pending = pending.slice(key.length);
      if (paste !== null) isPasting = paste[1] === '0';
      else if (sequence === null || isPasting) {
        const end = take(key);
        if (end !== null) return { text, end };
      }
    }
    return { text, end: null };
  };
}

/**
 * Asks for one line on standard error, hidden, key by key: the kernel's own line would be cut at 4,095 characters. Whatever ends
 * it, the terminal is as it was.
 *
 * @throws {CancelledError} on Ctrl-C, on Ctrl-D in an empty line, and on a signal
 */
export async function askHidden(question: string, terminal: Terminal): Promise<Secret> {
  const { stdin, stderr, env } = terminal;
  const knowsPaste = env['TERM'] !== 'dumb';
  const line = createLine();
  stderr.write(`${knowsPaste ? BRACKETS.on : ''}${question}: `);
  stdin.setRawMode(true);
  let stop = (): void => {};
  try {
    return await new Promise<Secret>((resolve, reject) => {
      const cancel = () => reject(new CancelledError());
      const onData = (keys: string): void => {
        const typed = line(keys);
        if (typed.end === 'submit') resolve(new Secret(typed.text));
        if (typed.end === 'cancel') cancel();
      };
      const forget = terminal.onSignal(cancel);
      stdin.setEncoding('utf8').on('data', onData);
      stdin.once('end', cancel);
      stdin.resume();
      stop = () => {
        forget();
        stdin.off('data', onData);
        stdin.off('end', cancel);
      };
    });
  } finally {
    stop();
    stdin.pause();
    stdin.setRawMode(false);
    stderr.write(`${knowsPaste ? BRACKETS.off : ''}\n`);
  }
}
