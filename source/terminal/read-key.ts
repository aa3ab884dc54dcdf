import { altKey, controlKey, type Key, keyOfSequence, keyOfSs3 } from './key.js';

const PASTE_START = '\x1b[200~';

/** Printable text, without the 8-bit forms of ESC O, ESC P, ESC X, ESC [, ESC \, ESC ], ESC ^ and ESC _. */
const TEXT = /^[^\x00-\x1f\x7f\x8f\x90\x98\x9b-\x9f]+/;
const EIGHT_BIT = /^[\x8f\x90\x98\x9b-\x9f]/;

/** OSC, DCS, SOS, PM and APC: the text after them, up to the terminator, is not for this program. */
const STRING = /^\x1b[\]PX^_]/;

/** A pattern of a whole sequence and its key, and a pattern of its first characters. */
interface Form {
  readonly whole: RegExp;
  readonly part: RegExp;
  readonly keyOf: (match: RegExpExecArray, isAlt: boolean) => Key | null;
}

/** Mouse reports whose numbers are characters: after `M` three, after `t` two, after `T` six. */
const MOUSE: Form = {
  whole: /^\x1b\[(?:M[^\x03\x1b]{3}|t[^\x03\x1b]{2}|T[^\x03\x1b]{6})/u,
  part: /^\x1b\[(?:M[^\x03\x1b]{0,2}|t[^\x03\x1b]?|T[^\x03\x1b]{0,5})$/u,
  keyOf: () => null,
};
/** The Linux console's F1 to F5, and PuTTY's page keys. */
const CONSOLE: Form = {
  whole: /^\x1b\[\[(?:[A-E]|(\d+)~)/,
  part: /^\x1b\[\[\d*$/,
  keyOf: ([, parameters], isAlt) =>
    parameters === undefined
      ? { name: 'function' }
      : keyOfSequence({ parameters, intermediate: '', final: '~', isAlt }),
};
const RXVT_SHIFT: Form = {
  whole: /^\x1b\[([235678])\$/,
  part: /^$/,
  keyOf: ([, parameters = ''], isAlt) => keyOfSequence({ parameters, intermediate: '', final: '$', isAlt }),
};
const CSI: Form = {
  whole: /^\x1b\[([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e])/,
  part: /^\x1b\[[\x30-\x3f]*[\x20-\x2f]*$/,
  keyOf: ([, parameters = '', intermediate = '', final = ''], isAlt) =>
    keyOfSequence({ parameters, intermediate, final, isAlt }),
};
const SS3: Form = {
  whole: /^\x1bO([\d;]*)([\x40-\x7e]|(?<=O) )/,
  part: /^\x1bO[\d;]*$/,
  keyOf: ([, parameters = '', final = ''], isAlt) => keyOfSs3(parameters, final, isAlt),
};
const FORMS: readonly Form[] = [MOUSE, CONSOLE, RXVT_SHIFT, CSI, SS3];

/** The start of a sequence that a character ended which cannot be in it. */
const BROKEN = /^\x1b(?:\[[\x20-\x3f[]*|O[\d;]*)/;

/** Esc, once or twice, with nothing after it. */
export const LONE_ESCAPE = /^\x1b\x1b?$/;

/** What the start of a text is. */
interface Reading {
  /** In UTF-16 units. */
  readonly length: number;
  /** null for what is discarded. */
  readonly key: Key | null;
  /** What begins after it. */
  readonly opens?: 'string' | 'paste';
}

/** Reads a key, text or sequence. `part` means that the rest is missing. */
export function readOne(text: string): Reading | 'part' {
  const printable = TEXT.exec(text)?.[0];
  if (printable !== undefined) return { length: printable.length, key: { name: 'text', text: printable } };
  return text.startsWith('\x1b') ? readAfterEscape(text) : { length: 1, key: { name: controlKey(text.charAt(0)) } };
}

function readAfterEscape(text: string): Reading | 'part' {
  if (LONE_ESCAPE.test(text)) return 'part';
  if (STRING.test(text)) return { length: 2, key: null, opens: 'string' };
  if (/^\x1b[[O]/.test(text)) return readSequence(text, false);
  if (/^\x1b\x1b[[O]/.test(text)) {
    const reading = readSequence(text.slice(1), true);
    return reading === 'part' ? reading : { ...reading, length: reading.length + 1 };
  }
  if (text.startsWith('\x1b\x1b')) return { length: 1, key: { name: 'escape' } };
  const character = String.fromCodePoint(text.codePointAt(1) as number);
  return { length: 1 + character.length, key: altKey(character) };
}

function readSequence(text: string, isAlt: boolean): Reading | 'part' {
  for (const { whole, part, keyOf } of FORMS) {
    const match = whole.exec(text);
    if (match !== null) {
      const opens = match[0] === PASTE_START ? ({ opens: 'paste' } as const) : {};
      return { length: match[0].length, key: keyOf(match, isAlt), ...opens };
    }
    if (part.test(text)) return 'part';
  }
  return { length: BROKEN.exec(text)?.[0].length ?? 1, key: null };
}

/** Writes a sequence that starts with an 8-bit character as one that starts with Esc. */
export const withEscape = (text: string): string =>
  EIGHT_BIT.test(text) ? `\x1b${String.fromCharCode(text.charCodeAt(0) - 0x40)}${text.slice(1)}` : text;
