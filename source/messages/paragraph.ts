import type { Risk } from '../kaltura/risks/risks.js';
import type { Secret } from '../kaltura/secret.js';

/** The texts of screens and commands as data. Each renderer decides how they look. */

export type Tone = 'plain' | 'dim' | 'good' | 'caution' | 'danger';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** One line on when to choose it. */
  readonly hint?: string;
  /** Explains the option in two or three lines at 80 columns. Shown below the list while the option is marked. */
  readonly detail?: string;
  /** The heading above the option and those after it. */
  readonly group?: string;
  readonly tone?: Tone;
}

export interface Paragraph {
  readonly tone: Tone;
  readonly text: string;
}

/** A fact on a line of its own. Its number, if it has one, opens the step where it can be changed. */
export interface Fact {
  readonly number?: number;
  readonly label: string;
  readonly value: string;
}

/** Text for a screen: warnings, which are shown in every window, and advice, which is shown if there is room. */
export interface Message {
  readonly warnings: readonly Paragraph[];
  readonly advice: readonly Paragraph[];
}

/**
 * Lists likely causes below a heading; nothing if there are none. Each cause starts in lower case.
 * @param explanation stands above them, and introduces another list if it ends with a colon, such as the roles of the account
 */
export function causeParagraphs(causes: readonly string[], explanation = ''): readonly Paragraph[] {
  if (causes.length === 0) return [];
  const heading = explanation.endsWith(':') ? [] : [causes.length === 1 ? 'Likely cause:' : 'Likely causes:'];
  return [...heading, ...causes.map((cause) => `· ${cause}`)].map((text) => ({ tone: 'plain', text }));
}

/** Indents a list item for the output of a command. */
export const indentedItem = (line: string): string => (line.startsWith('· ') ? `  ${line}` : line);

export const EMPTY_MESSAGE: Message = { warnings: [], advice: [] };

/** Joins messages, in their order. */
export const joinMessages = (...messages: readonly Message[]): Message => ({
  warnings: messages.flatMap(({ warnings }) => warnings),
  advice: messages.flatMap(({ advice }) => advice),
});

/** Removes the symbol at the start of a warning, because the renderer adds its own. */
export const withoutSymbols = (paragraphs: readonly Paragraph[]): readonly Paragraph[] =>
  paragraphs.map(({ tone, text }) => ({ tone, text: tone === 'good' ? text : text.replace(/^✖ /, '') }));

/** Masks a secret except its end. */
export const masked = (secret: Secret): string => (secret.ending === '' ? '••••' : `…${secret.ending}`);

/** Lower-cases the first letter, unless the first word is an acronym or “Kaltura”. */
export const lowerFirst = (text: string): string =>
  /^(?!Kaltura\b)[A-Z][a-z ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;

/** Returns the text of a risk, which begins with its weight if it is more than a note. */
export const riskText = ({ weight, message }: Pick<Risk, 'weight' | 'message'>): string =>
  weight === 'note' ? message : `${weight}: ${lowerFirst(message)}`;

export const plain = (text: string): Paragraph => ({ tone: 'plain', text });

export const good = (text: string): Paragraph => ({ tone: 'good', text });

export const caution = (text: string): Paragraph => ({ tone: 'caution', text });

export const danger = (text: string): Paragraph => ({ tone: 'danger', text });

/** A caution whose label says so without colors, as in the output of commands. */
export const labeledCaution = (text: string): Paragraph => caution(`caution: ${text}`);

/** The same for a danger. */
export const labeledDanger = (text: string): Paragraph => danger(`danger: ${text}`);

/** Joins names for a sentence: `a, b and c`. */
export const joinWithAnd = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** Upper-cases the first letter, for the beginning of a sentence or a label. */
export const upperFirst = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
