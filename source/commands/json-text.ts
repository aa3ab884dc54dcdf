import { escapeUnsafe } from '../kaltura/terminal-text.js';

const codesOf = (character: string): string[] =>
  character.split('').map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * Formats a value as JSON on several lines. Characters that a terminal may act on, or that cannot be seen, are written as escape codes: the
 * value stays the same, and printing it is safe.
 */
export const jsonText = (value: unknown): string =>
  escapeUnsafe(JSON.stringify(value, null, 2), (character) =>
    character === '\n' ? character : codesOf(character).join(''),
  );
