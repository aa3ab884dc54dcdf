import type { Key } from './key.js';
import { createKeyParser } from './key-parser.js';

/** Milliseconds after which a lone Esc is the Esc key. A sequence that a slow connection splits arrives faster. */
const ESCAPE_WAIT = 50;

/** Milliseconds to wait for the rest of a sequence or paste. */
const REST_WAIT = 1000;

export interface KeyReader {
  /** Reports the key presses in the text of one read. */
  feed(text: string): void;
  /** Forgets an incomplete sequence, as before another program gets the terminal. */
  reset(): void;
  /** Stops reporting. Returns the text that was not read. */
  stop(): string;
}

/** Reports key presses one by one, and decides when an incomplete sequence is over. */
export function createKeyReader(onKey: (key: Key) => void): KeyReader {
  let parser = createKeyParser();
  let timer: NodeJS.Timeout | undefined;
  let check: NodeJS.Immediate | undefined;
  let isStopped = false;

  const stopWaiting = (): void => {
    clearTimeout(timer);
    clearImmediate(check);
  };
  function report(): void {
    for (;;) {
      const key = isStopped ? null : parser.next();
      if (key === null) break;
      onKey(key);
    }
    const awaited = isStopped ? null : parser.waitsFor();
    if (awaited === null) return;
    timer = setTimeout(flushUnlessMoreArrived, awaited === 'escape' ? ESCAPE_WAIT : REST_WAIT);
  }
  /** Reads once more before giving the rest up: in a busy program, the timer can end before text is read that has arrived. */
  function flushUnlessMoreArrived(): void {
    check = setImmediate(() => {
      parser.flush();
      report();
    });
  }
  return {
    feed: (text) => {
      stopWaiting();
      parser.push(text);
      report();
    },
    reset: () => {
      stopWaiting();
      parser = createKeyParser();
    },
    stop: () => {
      stopWaiting();
      isStopped = true;
      return parser.unread();
    },
  };
}

/**
 * Reads key presses from a stream that another reader (Ink) empties with `read`: that reader gets nothing. A listener for `data` would make
 * the stream flow, and go on reading while another program uses the terminal.
 *
 * @returns the reader; `stop` gives the stream back
 */
export function readKeysFrom(stdin: Pick<NodeJS.ReadStream, 'read'>, onKey: (key: Key) => void): KeyReader {
  const { read } = stdin;
  const reader = createKeyReader(onKey);
  stdin.read = () => {
    for (;;) {
      const chunk = read.call(stdin);
      if (chunk === null) return null;
      reader.feed(String(chunk));
    }
  };
  return {
    ...reader,
    stop: () => {
      stdin.read = read;
      return reader.stop();
    },
  };
}
