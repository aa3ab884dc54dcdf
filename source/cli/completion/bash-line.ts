/** A command line of bash up to the cursor, read as bash reads it. */
export interface BashLine {
  /** The words without their quotes; the last one is at the cursor, and can be empty. */
  readonly words: readonly string[];
  /** The quote that is open at the cursor; '' if none is. */
  readonly quote: '' | '"' | "'";
  /** The start of the last word that readline does not replace, without quotes. */
  readonly kept: string;
}

/** readline replaces this character too, unlike the other word breaks. */
const REPLACED_BREAK = '@';

/** Characters that a backslash quotes inside of double quotes. */
const IN_DOUBLE_QUOTES = '$`"\\!';

/**
 * Splits a command line into words.
 * @param breaks COMP_WORDBREAKS: readline replaces only what follows the last of these characters
 */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let word: string | null = null;
  let quote: BashLine['quote'] = '';
  let kept = 0;
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index] ?? '';
    const next = line[index + 1] ?? '';
    if (quote === '' && /\s/.test(sign)) {
      if (word !== null) words.push(word);
      [word, kept] = [null, 0];
    } else if (sign === quote) {
      quote = '';
      kept = 0;
    } else if (quote === '' && (sign === '"' || sign === "'")) {
      quote = sign;
      word ??= '';
      kept = word.length;
    } else if (sign === '\\' && (quote === '' || (quote === '"' && IN_DOUBLE_QUOTES.includes(next)))) {
      word = (word ?? '') + next;
      index += 1;
    } else {
      word = (word ?? '') + sign;
      if (quote === '' && breaks.includes(sign)) kept = word.length - (sign === REPLACED_BREAK ? 1 : 0);
    }
  }
  const last = word ?? '';
  return { words: [...words, last], quote, kept: last.slice(0, kept) };
}

/** Quotes a text so that it can stand at the cursor, where a quote can be open. readline closes that quote. */
export function quotedForBash(text: string, quote: BashLine['quote']): string {
  switch (quote) {
    case '"':
      return text.replaceAll(/[$`"\\]/g, '\\$&');
    case "'":
      return text.replaceAll("'", "'\\''");
    case '':
      return text.replaceAll(/[^\p{L}\p{N}_.,:/=@%+-]/gu, '\\$&');
  }
}
