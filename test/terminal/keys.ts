/** The bytes that a terminal sends for a key, in xterm's encoding, which all current terminals use. */
const keys = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift+tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f2: '\x1bOQ',
  f3: '\x1bOR',
  f4: '\x1bOS',
} as const;

type Letter =
  | ('a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm')
  | ('n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z');

export type Key = keyof typeof keys | `ctrl+${Letter}` | `alt+${Letter}`;

const isNamed = (key: Key): key is keyof typeof keys => key in keys;

/** In application cursor mode (DECCKM) the cursor keys are sent as `ESC O A` instead of `ESC [ A`. */
export function bytesOfKey(key: Key, applicationCursorKeys = false): string {
  if (isNamed(key)) return applicationCursorKeys ? keys[key].replace(/^\x1b\[([A-DHF])$/, '\x1bO$1') : keys[key];
  const [, modifier, letter = ''] = /^(ctrl|alt)\+([a-z])$/.exec(key) ?? [];
  if (!modifier) throw new Error(`Unknown key “${key}”. Use type() for letters.`);
  return modifier === 'alt' ? `\x1b${letter}` : String.fromCharCode(letter.charCodeAt(0) - 96);
}

export const bracketed = (text: string) => `\x1b[200~${text}\x1b[201~`;
