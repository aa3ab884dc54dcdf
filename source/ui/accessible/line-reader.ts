import type { Key } from '../../terminal/key.js';
import { createKeyReader } from '../../terminal/key-reader.js';
import { unsanitizedStream } from '../../terminal/text.js';
import { BRACKETS, createTypedLine, type Typing } from '../../terminal/typed-line.js';

export interface LineReader {
  /**
   * Asks a question and reads a line. Replaces a question that still waits.
   *
   * @param isHidden whether typed text stays hidden
   */
  ask(question: string, isHidden: boolean, onLine: (typed: Typing) => void): void;
  /** Stops reading, so that another program can use the terminal. */
  suspend(): void;
  /** Reads again after `suspend`. */
  resume(): void;
  close(): void;
}

/**
 * Reads lines from a terminal. Never changes a line that is complete.
 *
 * @param knowsPaste whether the terminal marks pasted text (bracketed paste)
 * @param onCancel called for Ctrl+C while no question waits
 */
export function createLineReader(
  stdin: NodeJS.ReadStream,
  screen: NodeJS.WriteStream,
  knowsPaste: boolean,
  onCancel: () => void,
): LineReader {
  const brackets = knowsPaste ? BRACKETS : { on: '', off: '' };
  let waiting: { isHidden: boolean; onLine: (typed: Typing) => void } | null = null;
  let line = createTypedLine();
  let shown = '';

  const show = (text: string): void => {
    if (waiting === null || waiting.isHidden) return;
    // Only the end of the line changes: erase what was deleted, and add what was typed.
    let same = 0;
    while (same < text.length && text[same] === shown[same]) same++;
    unsanitizedStream(screen).write('\b \b'.repeat([...shown.slice(same)].length));
    screen.write(text.slice(same).replaceAll(/[^\P{C}]/gu, ' '));
    shown = text;
  };

  const finish = (typed: Typing): void => {
    const asked = waiting;
    waiting = null;
    screen.write('\n');
    asked?.onLine(typed);
  };

  const press = (key: Key): void => {
    if (waiting === null) {
      if (key.name === 'ctrl+c') onCancel();
      return;
    }
    const typed = line(key);
    if (typed.end === null || typed.end === 'submit') show(typed.text);
    if (typed.end !== null) finish(typed);
  };
  const keys = createKeyReader(press);
  const onData = (chunk: Buffer | string): void => keys.feed(String(chunk));

  const resume = (): void => {
    stdin.off('data', onData);
    stdin.on('data', onData);
    stdin.setRawMode(false);
    stdin.setRawMode(true);
    stdin.resume();
    unsanitizedStream(screen).write(brackets.on);
  };
  const suspend = (): void => {
    stdin.off('data', onData);
    keys.reset();
    stdin.pause();
    stdin.setRawMode(false);
    unsanitizedStream(screen).write(brackets.off);
  };
  stdin.setEncoding('utf8');
  resume();
  return {
    ask: (question, isHidden, onLine) => {
      waiting = { isHidden, onLine };
      line = createTypedLine();
      shown = '';
      screen.write(`${question} `);
    },
    suspend,
    resume,
    close: suspend,
  };
}
