import { readLifetime } from '../kaltura/lifetime.js';

/** An option whose value is a length of time, with a number: `--expiry 7`. */
const TIME_OPTION = /^--(?:expiry|min-ttl|timeout|session-length|expires)[ =]\d+(?:\.\d+)?$/;

/** Checks for a word such as `days`. */
const isUnit = (word: string): boolean => /^[a-z]+$/i.test(word) && readLifetime(`1 ${word}`).ok;

/**
 * Says how to write a time that was typed with a space and no quotes: `--expiry 7 days`. The shell makes two arguments of it. Returns null if
 * no unit follows such a number.
 * @param argv the arguments of the program
 */
export function spacedTimeAdvice(argv: readonly string[]): string | null {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    const before = [words.slice(index - 1, index), words.slice(Math.max(index - 2, 0), index)];
    const timed = isUnit(word) ? before.map((two) => two.join(' ')).find((text) => TIME_OPTION.test(text)) : undefined;
    if (timed === undefined) continue;
    const unit = word.toLowerCase();
    const [option = '', amount = ''] = timed.split(/[ =]/);
    return `${option} ${amount} ${unit} has a space. Write ${option} ${amount}${unit.charAt(0)} or ${option} "${amount} ${unit}".`;
  }
  return null;
}
