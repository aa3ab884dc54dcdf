import type { Key as InkKey } from 'ink';

/** One key press, or a paste. Ink hands over whatever came in one read as one event; this puts it back in order, one by one. */
export type Key =
  | { readonly name: KeyName }
  | { readonly name: 'text'; readonly text: string }
  | { readonly name: 'paste'; readonly text: string };

export type KeyName =
  | 'enter'
  | 'escape'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'pageup'
  | 'pagedown'
  | 'tab'
  | 'shift+tab'
  | 'backspace'
  | 'delete'
  | 'word-left'
  | 'word-right'
  | 'function'
  | `ctrl+${string}`;

const NAMED: readonly (readonly [keyof InkKey, KeyName])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

function namedKey(key: InkKey): KeyName | null {
  if (key.backspace && key.meta) return 'ctrl+w';
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  if (key.leftArrow) return key.ctrl || key.meta ? 'word-left' : 'left';
  if (key.rightArrow) return key.ctrl || key.meta ? 'word-right' : 'right';
  return NAMED.find(([flag]) => key[flag])?.[1] ?? null;
}

const CONTROL_NAMES: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007F': 'backspace',
  '\b': 'backspace',
  '\u001B': 'escape',
};

const controlKey = (character: string): KeyName =>
  CONTROL_NAMES[character] ?? `ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`;

/** The keys in a piece of text that came in one read: runs of printable characters, and the control characters between them. */
function keysInText(text: string): Key[] {
  const parts = text.match(/\r\n|[\u0000-\u001F\u007F]|[^\u0000-\u001F\u007F]+/g) ?? [];
  return parts.map((part): Key => {
    if (part === '\r\n') return { name: 'enter' };
    return /^[\u0000-\u001F\u007F]$/.test(part) ? { name: controlKey(part) } : { name: 'text', text: part };
  });
}

const META_WORDS: Readonly<Record<string, KeyName>> = { b: 'word-left', f: 'word-right' };

/**
 * The keys that one event of Ink's `useInput` stands for, in the order in which they were pressed. Function keys reach
 * `useInput` without a name or text: they all count as `function`.
 */
export function keysOf(input: string, key: InkKey): Key[] {
  const name = namedKey(key);
  if (name !== null) return [{ name }];
  if (key.ctrl && input !== '') return [{ name: `ctrl+${input}` }];
  if (key.meta) return META_WORDS[input] === undefined ? [] : [{ name: META_WORDS[input] }];
  if (input === '') return [{ name: 'function' }];
  return keysInText(input);
}

/** A bracketed paste. The line end that often follows the copied text is not part of it. */
export const pasteOf = (text: string): Key => ({ name: 'paste', text: text.replace(/(\r\n|\r|\n)+$/, '') });
