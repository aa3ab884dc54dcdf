const codesOf = (character: string): string[] =>
  character.split('').map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * A value for a program, on several lines. A terminal that shows it must not heed what a server or a key has in it: control characters, those
 * that cannot be seen and those that turn the text are written as codes, which says the same.
 */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' ? character : [...character].flatMap(codesOf).join(''),
  );
