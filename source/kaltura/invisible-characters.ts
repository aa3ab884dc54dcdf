/**
 * Characters that no name or ID contains and that can move the cursor or reverse the text: control characters, line
 * and paragraph separators, lone surrogates and direction marks.
 */
const CONTROL = '\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Bidi_Control}';

/**
 * Every character that may be invisible in a name or an ID: those of `CONTROL`, format characters, the ones that Unicode lets programs
 * ignore (zero-width, tag and filler characters, variation selectors), and the blank Braille pattern.
 */
const INVISIBLE = `${CONTROL}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800`;

/** Most texts are plain ASCII and need no Unicode tables, which V8 loads when it reads a pattern with `\p`. */
const PLAIN = /^[ -~]*$/;

const find = (characters: string, text: string): RegExpExecArray | null =>
  PLAIN.test(text) ? null : new RegExp(`[${characters}]`, 'u').exec(text);

const replaceInvisible = (text: string, replacement: (character: string) => string): string =>
  PLAIN.test(text) ? text : text.replaceAll(new RegExp(`[${INVISIBLE}]`, 'gu'), replacement);

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

/** Stands for bytes that could not be decoded. */
export const UNREADABLE = '\uFFFD';

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag character';
  if (/\p{Variation_Selector}/u.test(character)) return 'variation selector';
  return NAMES[code] ?? '';
}

/** An invisible character in a name or an ID. */
export interface InvisibleCharacter {
  /** `U+200B (zero width space)`, or the code point alone. */
  readonly name: string;
  /** The number of characters before it. */
  readonly at: number;
}

/** Finds the first invisible character; null if there is none. */
export function invisibleCharacter(text: string): InvisibleCharacter | null {
  const found = find(INVISIBLE, text);
  if (found === null) return null;
  const [character] = found;
  const name = nameOf(character);
  const at = [...text.slice(0, found.index)].length;
  return { name: name === '' ? codeOf(character) : `${codeOf(character)} (${name})`, at };
}

/** Describes the first invisible character in a sentence; null if there is none. `noun` names the text: `user ID`. */
export function invisibleProblem(text: string, noun: string): string | null {
  const unseen = invisibleCharacter(text);
  if (unseen === null) return null;
  return `The ${noun} has an invisible character at position ${unseen.at + 1}: ${unseen.name}.`;
}

/** Refuses U+FFFD, which decoders write in place of bytes that are not text; null if there is none. */
export function unreadableProblem(text: string, noun: string): string | null {
  const index = text.indexOf(UNREADABLE);
  if (index === -1) return null;
  const position = [...text.slice(0, index)].length + 1;
  return `The ${noun} has an unreadable character (U+FFFD) at position ${position}. Copy it again, or save its file as UTF-8.`;
}

/** Refuses characters that no name, ID or description may contain, in sentences that say what to do; null if there are none. */
export function characterProblem(text: string, noun: string): string | null {
  const problem = invisibleProblem(text, noun);
  return problem === null ? unreadableProblem(text, noun) : `${problem} Remove it.`;
}

/** The text without its invisible characters. */
export const withoutInvisible = (text: string): string => replaceInvisible(text, () => '');

/** Replaces each invisible character with its code point: `acme{U+200B}`. Different texts never give the same result. */
export const spelledOut = (text: string): string => replaceInvisible(text, (character) => `{${codeOf(character)}}`);

/** Whether the text must not be in a record. Version 0.1.0 refused these characters, but saved other invisible ones. */
export const hasControlCharacter = (text: string): boolean => find(CONTROL, text) !== null;
