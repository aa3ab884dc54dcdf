/** What a line comes to while it is typed: its text so far, and how it ended. */
export interface Typing {
  readonly text: string;
  /** `back` and `help` only where a line is one of many: Esc and F1. */
  readonly end: 'submit' | 'cancel' | 'back' | 'help' | null;
}

export const BRACKETS = { on: '\x1b[?2004h', off: '\x1b[?2004l' } as const;
const PASTE = /^\x1b\[20([01])~/;
/** A key that is more than a letter (an arrow…), whole or as far as it has come. */
const SEQUENCE = /^\x1b(?:[[O][\x20-\x3f]*[\x40-\x7e]|[^[O])/;
const PARTIAL = /^\x1b(?:[[O][\x20-\x3f]*)?$/;
const F1 = ['\x1bOP', '\x1b[11~', '\x1b[[A'];

export interface TypedLine {
  /** Takes what the terminal sent. */
  readonly type: (keys: string) => Typing;
  /** Nothing followed an escape for a while: it was the Esc key. */
  readonly settle: () => Typing;
  /** What came after the end of the line, and is meant for the next question. */
  readonly rest: () => string;
}

/** Turns keys into a line, key by key: the kernel's own line would be cut at 4,095 characters. Nothing of it is shown here. */
export function createTypedLine(): TypedLine {
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
  return {
    type: (keys) => {
      pending += keys;
      while (pending !== '') {
        const paste = PASTE.exec(pending);
        const sequence = paste ?? SEQUENCE.exec(pending);
        if (sequence === null && PARTIAL.test(pending)) break;
        const key = sequence?.[0] ?? String.fromCodePoint(pending.codePointAt(0) as number);
        pending = pending.slice(key.length);
        if (!isPasting && F1.includes(key)) return { text, end: 'help' };
        if (paste !== null) isPasting = paste[1] === '0';
        else if (sequence === null || isPasting) {
          const end = take(key);
          if (end !== null) return { text, end };
        }
      }
      // The end of a paste may have been lost. One that ends in a Ctrl-C is not one that anybody made.
      return { text, end: isPasting && keys.endsWith('\x03') ? 'cancel' : null };
    },
    settle: () => {
      if (pending !== '\x1b' || isPasting) return { text, end: null };
      pending = '';
      return { text, end: 'back' };
    },
    rest: () => pending,
  };
}
