import { type Key, pasteOf } from './key.js';
import { LONE_ESCAPE, readOne, withEscape } from './read-key.js';

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

/** Ends the text of an OSC, DCS, SOS, PM or APC: BEL, ST, CAN, SUB, or a new sequence. Ctrl+C ends it too, and stays a key. */
const STRING_END = /\x07|\x9c|[\x18\x1a]|\x1b\\|(?=\x1b[^\\])|(?=\x03)/;

/** Ctrl+C, in each encoding, at the end of a paste. */
const CTRL_C_AT_END = /(?:\x03|\x1b\[(?:99[\d:]*;\d+(?::[12])?(?:;[\d:]*)?u|27;\d+;(?:99|67)~))$/;

/** Collects a paste, which may arrive in several reads. */
function createPasteCollector() {
  let pasted = '';
  const endsInCtrlC = (): boolean => CTRL_C_AT_END.test(pasted.slice(-40));
  return {
    endsInCtrlC,
    /** Adds text. Returns the paste and the text after it; null until its end arrives. */
    add(text: string): { readonly paste: Key; readonly rest: string } | null {
      // The end may arrive in two reads.
      const from = Math.max(0, pasted.length - PASTE_END.length + 1);
      pasted += text;
      const end = pasted.indexOf(PASTE_END, from);
      if (end === -1) return null;
      const [paste, rest] = [pasteOf(pasted.slice(0, end)), pasted.slice(end + PASTE_END.length)];
      pasted = '';
      return { paste, rest };
    },
    /** Ends a paste whose end never comes, because it would swallow every key. One that ends in Ctrl+C is dropped. */
    end(): Key | null {
      const paste = pasted === '' ? null : pasteOf(pasted);
      const key: Key | null = endsInCtrlC() ? { name: 'ctrl+c' } : paste;
      pasted = '';
      return key;
    },
  };
}

export function createKeyParser(): KeyParser {
  const collector = createPasteCollector();
  let pending = '';
  let mode: 'keys' | 'string' | 'paste' = 'keys';
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
    const collected = collector.add(pending);
    pending = collected?.rest ?? '';
    if (collected !== null) mode = 'keys';
    return collected?.paste ?? null;
  }

  function takeOne(): Key | null | 'part' {
    const isRestOfReturn = isAfterReturn && pending.startsWith('\n');
    isAfterReturn = false;
    if (isRestOfReturn) {
      drop(1);
      return null;
    }
    pending = withEscape(pending);
    const reading = readOne(pending);
    if (reading === 'part') return reading;
    isAfterReturn = pending.startsWith('\r');
    drop(reading.length);
    mode = reading.opens ?? mode;
    return reading.key;
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
        const key = takeOne();
        if (key === 'part') return null;
        if (key !== null) return key;
      }
    },
    waitsFor: () => {
      if (mode === 'paste') return collector.endsInCtrlC() ? 'escape' : 'rest';
      if (mode === 'string') return 'rest';
      if (pending === '') return null;
      return LONE_ESCAPE.test(pending) ? 'escape' : 'rest';
    },
    flush: () => {
      const paste = mode === 'paste' ? collector.end() : null;
      if (paste !== null) ready.push(paste);
      if (mode === 'keys' && LONE_ESCAPE.test(pending)) for (const _escape of pending) ready.push({ name: 'escape' });
      pending = '';
      mode = 'keys';
    },
    unread: () => (isAfterReturn ? pending.replace(/^\n/, '') : pending),
  };
}
