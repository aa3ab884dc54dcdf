import { createHash } from 'node:crypto';
import {
  characterProblem,
  hasControlCharacter,
  spelledOut,
  withoutInvisible,
} from '../kaltura/invisible-characters.js';

const LONGEST_NAME = 64;

/**
 * The longest file name before it is shortened and gets a hash: file systems allow 255 bytes, and a quarantined file gets a timestamp as
 * well.
 */
const LONGEST_FILE_STEM = 100;

/** Names that Windows reserves for devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Normalizes a typed name for saving: composed (NFC), without surrounding blanks. */
export const cleanName = (typed: string): string => typed.normalize('NFC').trim();

/**
 * Says why a record with this name is damaged; null if it isn't. These are the rules of version 0.1.0, so that its profiles stay
 * readable. `nameProblem` has the rules for new names.
 */
export function savedNameProblem(name: string): string | null {
  const clean = cleanName(name);
  if (clean === '') return 'A profile needs a name.';
  if (name.length > LONGEST_NAME && [...name].length > LONGEST_NAME)
    return `A name can have at most ${LONGEST_NAME} characters.`;
  if (hasControlCharacter(name)) return 'The name has a control character, such as a line break.';
  return clean === name ? null : 'The name has spaces around it.';
}

/** Says why a new profile cannot have this name; null if it can. */
export function nameProblem(name: string): string | null {
  const character = cleanName(name) === '' ? null : characterProblem(name, 'name');
  return character ?? savedNameProblem(name);
}

/** Returns the name with its invisible characters spelled out. Commands accept this form too. */
export const shownName = (name: string): string => spelledOut(name);

/**
 * Returns a key that is equal for names that mean the same profile: case and composition are ignored. Converts to upper and to lower case,
 * so that ß equals SS and σ equals ς.
 */
export function nameKey(name: string): string {
  // Converts to lower case first, because the capital ẞ is not changed to SS.
  return cleanName(name).toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

const escapeByte = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;

const escapeText = (text: string): string => Array.from(Buffer.from(text), escapeByte).join('');

/**
 * Returns the file name of a profile. Readable, equal for names that differ only in case, and safe on every file system: lower-case
 * letters, digits, `-`, `_` and percent escapes. So no name can point out of the folder.
 */
export function fileNameOf(name: string): string {
  const key = nameKey(name);
  const stem = key.replaceAll(/[^a-z0-9_-]+/gu, escapeText);
  if (DEVICE.test(stem)) return `${escapeText(stem.slice(0, 1))}${stem.slice(1)}.json`;
  if (stem.length <= LONGEST_FILE_STEM) return `${stem}.json`;
  const start = stem.slice(0, LONGEST_FILE_STEM / 2).replace(/%.?$/, '');
  return `${start}~${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`;
}

/** The scripts that Unicode recommends for identifiers (UAX #31, table 5). */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Arabic',
  'Armenian',
  'Bengali',
  'Bopomofo',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Gujarati',
  'Gurmukhi',
  'Han',
  'Hangul',
  'Hebrew',
  'Hiragana',
  'Kannada',
  'Katakana',
  'Khmer',
  'Lao',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
] as const;

/** Scripts that are used together in one language (UTS #39, “highly restrictive”). */
const WRITTEN_TOGETHER: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

interface Letter {
  readonly letter: string;
  readonly position: number;
  /** The scripts that use the letter; `another script` if it is none of the listed ones. */
  readonly scripts: readonly string[];
}

/** Returns the characters that belong to a script, unlike digits, dashes and emoji. */
function lettersOf(name: string): Letter[] {
  const noScript = /[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]/u;
  return [...name].flatMap((letter, index) => {
    if (noScript.test(letter)) return [];
    const scripts = SCRIPTS.filter((script) => new RegExp(`\\p{Script_Extensions=${script}}`, 'u').test(letter));
    return [{ letter, position: index + 1, scripts: scripts.length === 0 ? ['another script'] : scripts }];
  });
}

/** Finds the first letter that doesn't belong to the scripts of the letters before it. null for a name in one language. */
function mixedLetters(name: string): { readonly first: Letter; readonly odd: Letter } | null {
  const letters = lettersOf(name);
  const [first] = letters;
  if (first === undefined) return null;
  const sets = [...SCRIPTS.map((script) => [script]), ['another script'], ...WRITTEN_TOGETHER];
  const explains = (set: readonly string[], count: number): boolean =>
    letters.slice(0, count).every(({ scripts }) => scripts.some((script) => set.includes(script)));
  const count = letters.findIndex((_letter, index) => !sets.some((set) => explains(set, index + 1)));
  const odd = letters[count];
  return odd === undefined ? null : { first, odd };
}

const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Pairs of look-alike letters: the most common ones, not the whole Unicode list. */
const PAIRS =
  'аa вb еe һh іi јj кk ԛq мm нh оo рp сc ѕs тt уy хx ԁd ԝw ѵv αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ωw 0o 1l |l';

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  PAIRS.split(' ').map((pair) => {
    const [letter = '', like = ''] = pair;
    return [letter, like];
  }),
);

/** Maps names that look the same to the same text (a “skeleton” in UTS #39). */
const skeletonOf = (name: string): string =>
  [...nameKey(withoutInvisible(name).normalize('NFKC').replaceAll('I', 'l')).replaceAll(/\s+/g, ' ')]
    .map((letter) => LOOK_ALIKES.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm');

/**
 * Explains in sentences why a new name could be mistaken for another one. The new name can still be used.
 *
 * @param others the names of the other saved profiles
 */
export function nameWarnings(name: string, others: readonly string[]): readonly string[] {
  const warnings: string[] = [];
  const mixed = mixedLetters(name);
  if (mixed !== null) {
    const { first, odd } = mixed;
    warnings.push(
      `The name mixes ${first.scripts[0]} with ${odd.scripts[0]}: “${odd.letter}” (${codeOf(odd.letter)}) at position ${odd.position} can look like another letter.`,
    );
  }
  const lookAlike = others.find((other) => nameKey(other) !== nameKey(name) && skeletonOf(other) === skeletonOf(name));
  if (lookAlike !== undefined)
    warnings.push(`The name looks like the name of the saved profile “${shownName(lookAlike)}”.`);
  return warnings;
}
