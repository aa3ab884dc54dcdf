import { withoutInvisible } from '../kaltura/invisible-characters.js';
import { nameKey, shownName } from './profile-name.js';

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

/** Scripts that one language writes together (UTS #39, “highly restrictive”). */
const WRITTEN_TOGETHER: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

const NO_SCRIPT = /[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]/u;

interface Letter {
  readonly letter: string;
  readonly position: number;
  /** The scripts that use it; `another script` if it is none of those above. */
  readonly scripts: readonly string[];
}

/** The characters that belong to a script, unlike digits, dashes and emoji. */
function lettersOf(name: string): Letter[] {
  return [...name].flatMap((letter, index) => {
    if (NO_SCRIPT.test(letter)) return [];
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

/** Pairs of a letter and the one that it looks like: the most common ones, not all that Unicode lists. */
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
