import { altKey, controlKey, type Key, keyOfSequence, keyOfSs3, pasteOf } from './key.js';

/** Reads key presses from what a terminal sends. Escape sequences that are not keys are discarded. */
export interface KeyParser {
  /** Adds the text of one read. It can end anywhere, even inside a sequence. */
  push(text: string): void;
  /** Returns the next key press; null until more text arrives. */
  next(): Key | null;
  /** Returns what the parser waits for: `escape` if Esc may be a key or start a sequence, `rest` if a sequence or paste is incomplete. */
  waitsFor(): 'escape' | 'rest' | null;
  /** Ends what is incomplete: Esc counts as a key press, a paste as complete, and other sequences are discarded. */
  flush(): void;
  /** Returns the text that is not read yet. */
  unread(): string;
}

const PASTE_END = '\x1b[201~';

/** Printable text, without the 8-bit forms of ESC O, ESC P, ESC X, ESC [, ESC \, ESC ], ESC ^ and ESC _. */
const TEXT = /^[^\x00-\x1f\x7f\x8f\x90\x98\x9b-\x9f]+/;
const EIGHT_BIT = /^[\x8f\x90\x98\x9b-\x9f]/;

/** OSC, DCS, SOS, PM and APC: the text after them, up to the terminator, is not for this program. */
const STRING = /^\x1b[\]PX^_]/;

/** Ends such a string: BEL, ST, CAN, SUB, or a new sequence. Ctrl+C ends it too, and stays a key. */
const STRING_END = /\x07|\x9c|[\x18\x1a]|\x1b\\|(?=\x1b[^\\])|(?=\x03)/;

/** A pattern of a whole sequence, and of its first characters. */
interface Form {
  readonly whole: RegExp;
  readonly part: RegExp;
}

/** Mouse reports whose numbers are characters: after `M` three, after `t` two, after `T` six. */
const MOUSE: Form = {
  whole: /^\x1b\[(?:M[^\x03\x1b]{3}|t[^\x03\x1b]{2}|T[^\x03\x1b]{6})/u,
  part: /^\x1b\[(?:M[^\x03\x1b]{0,2}|t[^\x03\x1b]?|T[^\x03\x1b]{0,5})$/u,
};
/** The Linux console's F1 to F5, and PuTTY's page keys. */
const CONSOLE: Form = { whole: /^\x1b\[\[(?:([A-E])|(\d+)~)/, part: /^\x1b\[\[\d*$/ };
const RXVT_SHIFT: Form = { whole: /^\x1b\[([235678])\$/, part: /^$/ };
const CSI: Form = {
  whole: /^\x1b\[([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e])/,
  part: /^\x1b\[[\x30-\x3f]*[\x20-\x2f]*$/,
};
const SS3: Form = { whole: /^\x1bO([\d;]*)([\x40-\x7e]|(?<=O) )/, part: /^\x1bO[\d;]*$/ };

/** The start of a sequence that a character ended which cannot be in it. */
const BROKEN = /^\x1b(?:\[[\x20-\x3f[]*|O[\d;]*)/;

/** Ctrl+C, in each encoding, at the end of a paste. */
const CTRL_C_AT_END = /(?:\x03|\x1b\[(?:99[\d:]*;\d+(?::[12])?(?:;[\d:]*)?u|27;\d+;(?:99|67)~))$/;

export function createKeyParser(): KeyParser {
  let pending = '';
  let mode: 'keys' | 'string' | 'paste' = 'keys';
  let pasted = '';
  let isAfterReturn = false;
  const ready: Key[] = [];

  const drop = (length: number): void => {
    pending = pending.slice(length);
  };

  /** Discards a string up to its end; false if the end did not arrive yet. */
  function skipString(): boolean {
    const end = STRING_END.exec(pending);
    if (end === null) {
      // An Esc at the end may be the first half of the terminator.
      pending = pending.endsWith('\x1b') ? '\x1b' : '';
      return false;
    }
    drop(end.index + end[0].length);
    mode = 'keys';
    return true;
  }

  function takePaste(): Key | null {
    // The end may arrive in two reads.
    const from = Math.max(0, pasted.length - PASTE_END.length + 1);
    pasted += pending;
    pending = '';
    const end = pasted.indexOf(PASTE_END, from);
    if (end === -1) return null;
    pending = pasted.slice(end + PASTE_END.length);
    const paste = pasteOf(pasted.slice(0, end));
    pasted = '';
    mode = 'keys';
    return paste;
  }

  /** Reads the sequence that starts at `at`, which is 1 after a second Esc. `part` means that the rest is missing. */
  function readSequence(at: 0 | 1): Key | null | 'part' {
    const text = pending.slice(at);
    const take = (length: number, key: Key | null): Key | null => {
      drop(at + length);
      return key;
    };
    const isAlt = at === 1;
    for (const form of [MOUSE, CONSOLE, RXVT_SHIFT, CSI, SS3]) {
      const [whole, first = '', second = '', final = ''] = form.whole.exec(text) ?? [];
      if (whole === undefined) {
        if (form.part.test(text)) return 'part';
        continue;
      }
      if (form === MOUSE) return take(whole.length, null);
      if (form === CONSOLE)
        return take(
          whole.length,
          first === ''
            ? keyOfSequence({ parameters: second, intermediate: '', final: '~', isAlt })
            : { name: 'function' },
        );
      if (form === RXVT_SHIFT)
        return take(whole.length, keyOfSequence({ parameters: first, intermediate: '', final: '$', isAlt }));
      if (form === SS3) return take(whole.length, keyOfSs3(first, second, isAlt));
      if (whole === '\x1b[200~') mode = 'paste';
      return take(whole.length, keyOfSequence({ parameters: first, intermediate: second, final, isAlt }));
    }
    return take(BROKEN.exec(text)?.[0].length ?? 1, null);
  }

  function readAfterEscape(): Key | null | 'part' {
    if (/^\x1b\x1b?$/.test(pending)) return 'part';
    if (STRING.test(pending)) {
      drop(2);
      mode = 'string';
      return null;
    }
    if (/^\x1b[[O]/.test(pending)) return readSequence(0);
    if (/^\x1b\x1b[[O]/.test(pending)) return readSequence(1);
    if (pending.startsWith('\x1b\x1b')) {
      drop(1);
      return { name: 'escape' };
    }
    const character = String.fromCodePoint(pending.codePointAt(1) as number);
    drop(1 + character.length);
    return altKey(character);
  }

  /** Reads one key, text or sequence. */
  function readOne(): Key | null | 'part' {
    if (isAfterReturn && pending.startsWith('\n')) {
      isAfterReturn = false;
      drop(1);
      return null;
    }
    isAfterReturn = false;
    const text = TEXT.exec(pending)?.[0];
    if (text !== undefined) {
      drop(text.length);
      return { name: 'text', text };
    }
    if (EIGHT_BIT.test(pending)) {
      pending = `\x1b${String.fromCharCode(pending.charCodeAt(0) - 0x40)}${pending.slice(1)}`;
    }
    if (pending.startsWith('\x1b')) return readAfterEscape();
    const [character = ''] = pending;
    drop(1);
    isAfterReturn = character === '\r';
    return { name: controlKey(character) };
  }

  return {
    push: (text) => {
      pending += text;
    },
    next: () => {
      for (;;) {
        const waiting = ready.shift();
        if (waiting !== undefined) return waiting;
        if (mode === 'string' && !skipString()) return null;
        if (mode === 'paste') {
          const paste = takePaste();
          if (paste === null || (paste.name === 'paste' && paste.text !== '')) return paste;
        }
        if (pending === '') return null;
        const key = readOne();
        if (key === 'part') return null;
        if (key !== null) return key;
      }
    },
    waitsFor: () => {
      if (mode === 'paste') return CTRL_C_AT_END.test(pasted.slice(-40)) ? 'escape' : 'rest';
      if (mode === 'string') return 'rest';
      if (pending === '') return null;
      return /^\x1b\x1b?$/.test(pending) ? 'escape' : 'rest';
    },
    flush: () => {
      if (mode === 'paste') {
        // A paste whose end never comes would swallow every key. One that ends in Ctrl+C is dropped.
        if (CTRL_C_AT_END.test(pasted.slice(-40))) ready.push({ name: 'ctrl+c' });
        else if (pasted !== '') ready.push(pasteOf(pasted));
      } else if (mode === 'keys' && /^\x1b\x1b?$/.test(pending)) {
        for (const _escape of pending) ready.push({ name: 'escape' });
      }
      pending = '';
      pasted = '';
      mode = 'keys';
    },
    unread: () => (isAfterReturn ? pending.replace(/^\n/, '') : pending),
  };
}
