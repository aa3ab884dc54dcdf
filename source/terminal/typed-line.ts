import type { Key } from './key.js';

/** A line while it is typed: its text so far, and how it ended. */
export interface Typing {
  readonly text: string;
  /** `back` (Esc) and `help` (any function key; hints name F1) are ignored where only one line is asked for. */
  readonly end: 'submit' | 'cancel' | 'back' | 'help' | null;
}

/** Switches bracketed paste on and off. */
export const BRACKETS = { on: '\x1b[?2004h', off: '\x1b[?2004l' } as const;

/** Adds a key press to a line and returns the new state. Used instead of the kernel's line editing, which cuts a line at 4,095 characters. */
export function createTypedLine(): (key: Key) => Typing {
  let text = '';
  const endOf = (key: Key): Typing['end'] => {
    switch (key.name) {
      case 'text':
      case 'paste':
        text += key.text;
        return null;
      case 'enter':
        return 'submit';
      case 'escape':
        return 'back';
      case 'function':
        return 'help';
      case 'ctrl+c':
        return 'cancel';
      case 'ctrl+d':
        return text === '' ? 'cancel' : null;
      case 'backspace':
        text = [...text].slice(0, -1).join('');
        return null;
      case 'ctrl+u':
        text = '';
        return null;
      case 'ctrl+w':
        text = text.replace(/\S*\s*$/, '');
        return null;
      default:
        return null;
    }
  };
  return (key) => {
    const end = endOf(key);
    return { text, end };
  };
}
