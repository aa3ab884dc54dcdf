/** One key press, or a paste. */
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

/** Modifiers as xterm and kitty count them, without the 1 that both add. */
const SHIFT = 1;
const ALT = 2 | 32;
const CTRL = 4;
const SUPER_OR_HYPER = 8 | 16;
const CAPS_LOCK = 64;

const RELEASE = 3;

/** The last parameter of `CSI … ~`: vt220, xterm, rxvt and the Linux console. */
function numberedKey(number: number): KeyName | null {
  if (number === 1 || number === 7) return 'home';
  if (number === 4 || number === 8) return 'end';
  if (number === 3) return 'delete';
  if (number === 5) return 'pageup';
  if (number === 6) return 'pagedown';
  return number >= 11 && number <= 34 && ![16, 22, 27, 30].includes(number) ? 'function' : null;
}

const LETTERED: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'function',
  Q: 'function',
  R: 'function',
  S: 'function',
  Z: 'shift+tab',
};

/** rxvt sends lower-case letters for arrows with Shift (`CSI`) or Ctrl (`SS3`). */
const RXVT_ARROW = /^[abcd]$/;

/** The keypad in application mode, as `ESC O p`. */
const KEYPAD = new Map([...'jklmnopqrstuvwxy'].map((letter, index) => [letter, '*+,-./0123456789'[index] ?? '']));
KEYPAD.set('X', '=').set(' ', ' ');

/** Functional keys of the kitty protocol that have no other code. The keypad's digits and signs are text. */
const KITTY_KEYS: ReadonlyMap<number, KeyName> = new Map<number, KeyName>([
  [57_414, 'enter'],
  [57_417, 'left'],
  [57_418, 'right'],
  [57_419, 'up'],
  [57_420, 'down'],
  [57_421, 'pageup'],
  [57_422, 'pagedown'],
  [57_423, 'home'],
  [57_424, 'end'],
  [57_426, 'delete'],
  ...Array.from({ length: 23 }, (_, index): [number, KeyName] => [57_376 + index, 'function']),
]);
const KITTY_KEYPAD = new Map([...'0123456789./*-+'].map((sign, index) => [57_399 + index, sign]));
KITTY_KEYPAD.set(57_415, '=').set(57_416, ',');

const CONTROL_NAMES: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x1b': 'escape',
};

/** The key that a control character stands for. */
export const controlKey = (character: string): KeyName =>
  CONTROL_NAMES[character] ?? `ctrl+${String.fromCharCode(character.charCodeAt(0) + 96)}`;

/** The key that a name and modifiers stand for: Ctrl or Alt and an arrow move by a word. */
const withModifiers = (name: KeyName, modifiers: number): Key => {
  if ((name === 'left' || name === 'right') && (modifiers & (CTRL | ALT)) !== 0) return { name: `word-${name}` };
  if (name === 'tab' && (modifiers & SHIFT) !== 0) return { name: 'shift+tab' };
  if (name === 'backspace' && (modifiers & ALT) !== 0) return { name: 'ctrl+w' };
  return { name };
};

const ALT_LETTERS: Readonly<Record<string, KeyName>> = { b: 'word-left', f: 'word-right' };

/** A key with Alt, as `ESC` and the key. Most mean nothing here. */
export function altKey(character: string): Key | null {
  if (/[\x00-\x1f\x7f]/.test(character)) return withModifiers(controlKey(character), ALT);
  const name = ALT_LETTERS[character];
  return name === undefined ? null : { name };
}

const isCharacter = (code: number): boolean => code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);

const printable = (text: string): Key | null => (text === '' || /\p{Cc}/u.test(text) ? null : { name: 'text', text });

/** A key of an ordinary terminal for Ctrl and a character: kitty's Ctrl+C is the same as \x03. */
function ctrlKey(code: number): Key | null {
  if (code === 0x3f) return { name: 'backspace' };
  return code >= 0x40 && code < 0x7f ? { name: controlKey(String.fromCharCode(code & 0x1f)) } : null;
}

interface CodedKey {
  readonly code: number;
  readonly modifiers: number;
  /** The character with Shift, and the key's character on a Latin keyboard; 0 if not reported. */
  readonly shifted: number;
  readonly base: number;
  /** The text that the key types; '' if not reported. */
  readonly text: string;
}

/** A key that is reported by the code of its character: kitty's protocol, and xterm's modifyOtherKeys. */
function codedKey({ code, modifiers, shifted, base, text }: CodedKey): Key | null {
  const known = KITTY_KEYS.get(code);
  if (known !== undefined) return withModifiers(known, modifiers);
  const sign = KITTY_KEYPAD.get(code);
  if (sign !== undefined) return { name: 'text', text: sign };
  if (code === 0 || !isCharacter(code) || (code >= 0xe000 && code <= 0xf8ff)) return null;
  if (code < 0x20 || code === 0x7f) return withModifiers(controlKey(String.fromCharCode(code)), modifiers);
  if ((modifiers & SUPER_OR_HYPER) !== 0) return null;
  // With another script (Cyrillic, Greek), Ctrl and Alt go by the Latin keyboard.
  const latin = code > 0x7f && base > 0 && base < 0x80 ? base : code;
  if ((modifiers & CTRL) !== 0) return ctrlKey(latin);
  if ((modifiers & ALT) !== 0) return altKey(String.fromCodePoint(latin));
  if (text !== '') return printable(text);
  const hasShift = (modifiers & SHIFT) !== 0;
  if (hasShift && shifted > 0 && isCharacter(shifted)) return printable(String.fromCodePoint(shifted));
  const character = String.fromCodePoint(code);
  return printable(hasShift === ((modifiers & CAPS_LOCK) !== 0) ? character : character.toUpperCase());
}

/** A complete control sequence: `ESC [`, parameters, intermediate characters, final character. */
export interface ControlSequence {
  readonly parameters: string;
  readonly intermediate: string;
  readonly final: string;
  /** Whether another Esc came before it, as rxvt and others send Alt. */
  readonly isAlt: boolean;
}

/** The key of a control sequence; null for reports of the terminal (mouse, focus, cursor, …) and for released keys. */
export function keyOfSequence({ parameters, intermediate, final, isAlt }: ControlSequence): Key | null {
  if (intermediate !== '' || /^[<=>?]/.test(parameters)) return null;
  const fields = parameters.split(';').map((field) => field.split(':'));
  const number = (field: number, part: number, otherwise: number): number => Number(fields[field]?.[part] || otherwise);
  if (number(1, 1, 1) === RELEASE) return null;
  /** Terminals add 1 to the modifiers. */
  const modifiersIn = (value: number): number => Math.max(0, value - 1) | (isAlt ? 2 : 0);
  const modifiers = modifiersIn(number(1, 0, 1));
  const keyNamed = (name: KeyName | null | undefined, more = 0): Key | null =>
    name == null ? null : withModifiers(name, modifiers | more);
  switch (final) {
    case 'u': {
      const text = (fields[2] ?? []).map(Number).filter((code) => code > 0 && isCharacter(code));
      return codedKey({
        code: number(0, 0, 0),
        modifiers,
        shifted: number(0, 1, 0),
        base: number(0, 2, 0),
        text: String.fromCodePoint(...text),
      });
    }
    case '~':
      // xterm's modifyOtherKeys.
      if (number(0, 0, 0) === 27) return codedKey({ code: number(2, 0, 0), modifiers, shifted: 0, base: 0, text: '' });
      return keyNamed(numberedKey(number(0, 0, 0)));
    // rxvt: with Ctrl, with Shift, with both.
    case '^':
    case '@':
      return keyNamed(numberedKey(number(0, 0, 0)), CTRL);
    case '$':
      return keyNamed(numberedKey(number(0, 0, 0)));
  }
  if (RXVT_ARROW.test(final)) return parameters === '' ? keyNamed(LETTERED[final.toUpperCase()]) : null;
  const name = LETTERED[final];
  // With parameters, R is the position of the cursor.
  if (name === undefined || (final === 'R' && parameters !== '')) return null;
  if (fields.length > 2 || (fields.length === 2 && number(0, 0, 1) !== 1)) return null;
  // Old terminals send only the modifiers: `ESC [ 5 C`.
  return fields.length === 1 ? withModifiers(name, modifiersIn(number(0, 0, 1))) : withModifiers(name, modifiers);
}

/** The key of an SS3 sequence: `ESC O`, modifiers, and a letter. null if the letter means nothing. */
export function keyOfSs3(parameters: string, final: string, isAlt: boolean): Key | null {
  const modifiers = Math.max(0, Number(parameters.split(';').at(-1) || 1) - 1) | (isAlt ? 2 : 0);
  if (final === 'M') return { name: 'enter' };
  if (final === 'I') return { name: 'tab' };
  const sign = KEYPAD.get(final);
  if (sign !== undefined) return { name: 'text', text: sign };
  if (RXVT_ARROW.test(final)) return withModifiers(LETTERED[final.toUpperCase()] as KeyName, CTRL);
  const name = LETTERED[final];
  return name === undefined ? null : withModifiers(name, modifiers);
}

/** A bracketed paste, without the line end that often follows copied text. */
export const pasteOf = (text: string): Key => ({ name: 'paste', text: text.replace(/[\r\n]+$/, '') });
