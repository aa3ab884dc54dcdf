/**
 * What no name and no ID has, and what could move a cursor or turn the text around it: control characters, line and paragraph
 * separators, lone halves of surrogate pairs, and what changes the direction of writing.
 */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u;

/**
 * Every character that may be invisible in a name or an ID: those of `CONTROL`, format characters, the ones that Unicode lets programs
 * ignore (zero-width, tag and filler characters, variation selectors), and the blank Braille pattern.
 */
const INVISIBLE = new RegExp(`${CONTROL.source.slice(0, -1)}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]`, 'u');
const EVERY_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');

/** Names of the characters that are most often pasted, or used to imitate another name. */
const NAMES: Readonly<Record<number, string>> = {
  9: 'tab',
  10: 'line break',
  13: 'line break',
  173: 'soft hyphen',
  8203: 'zero width space',
  8204: 'zero width non-joiner',
  8205: 'zero width joiner',
  8206: 'left-to-right mark',
  8207: 'right-to-left mark',
  8237: 'left-to-right override',
  8238: 'right-to-left override',
  8288: 'word joiner',
  10240: 'blank Braille pattern',
  12644: 'Hangul filler',
  65279: 'zero width no-break space',
};

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag character';
  if (/\p{Variation_Selector}/u.test(character)) return 'variation selector';
  return NAMES[code] ?? '';
}

/** A character that cannot be seen in a name or an ID. */
export interface InvisibleCharacter {
  /** `U+200B (zero width space)`, or the code point alone. */
  readonly name: string;
  /** How many characters stand before it. */
  readonly at: number;
}

/** Where the first invisible character is, as an index into the text; -1 where there is none. */
export const invisibleIndex = (text: string): number => text.search(INVISIBLE);

/** The first invisible character; null where there is none. */
export function invisibleCharacter(text: string): InvisibleCharacter | null {
  const found = INVISIBLE.exec(text);
  if (found === null) return null;
  const [character] = found;
  const name = nameOf(character);
  const at = [...text.slice(0, found.index)].length;
  return { name: name === '' ? codeOf(character) : `${codeOf(character)} (${name})`, at };
}

/** Why a text with an invisible character is refused, as a sentence; null where it has none. `noun` names the text: `user ID`. */
export function invisibleProblem(text: string, noun: string): string | null {
  const unseen = invisibleCharacter(text);
  if (unseen === null) return null;
  return `The ${noun} has an invisible character at position ${unseen.at + 1}: ${unseen.name}.`;
}

/** The text without its invisible characters. */
export const withoutInvisible = (text: string): string => text.replaceAll(EVERY_INVISIBLE, '');

/** The text with the code point of each invisible character in its place: `acme{U+200B}`. It is the same for no two texts that differ. */
export const spelledOut = (text: string): string =>
  text.replaceAll(EVERY_INVISIBLE, (character) => `{${codeOf(character)}}`);

/** Whether a record may not have the text at all. Version 0.1.0 refused these characters and saved the other invisible ones. */
export const hasControlCharacter = (text: string): boolean => CONTROL.test(text);
