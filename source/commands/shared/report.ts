import { escapeUnsafe } from '../../terminal/text.js';

/** What a command says to the person: on standard error, never among its results. */
export interface Report {
  /** Begins with the program's name. */
  readonly say: (text: string) => void;
  /** Said with -v alone. */
  readonly detail: (text: string) => void;
}

export const createReport = (stderr: { write(text: string): unknown }, isVerbose: boolean): Report => {
  const say = (text: string): void => void stderr.write(`kaltura-ks: ${text}\n`);
  return { say, detail: (text) => (isVerbose ? say(text) : undefined) };
};

const codesOf = (character: string): string[] =>
  character.split('').map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Formats a value as JSON on several lines. Characters that a terminal may act on, or that cannot be seen, are written as escape codes: the
 * value stays the same, and printing it is safe.
 */
export const jsonText = (value: unknown): string => printableJson(JSON.stringify(value, null, 2));

/** Does the same to a JSON text. */
export const printableJson = (json: string): string =>
  escapeUnsafe(json, (character) => (character === '\n' ? character : codesOf(character).join('')));
