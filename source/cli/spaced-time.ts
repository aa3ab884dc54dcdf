import { readLifetime } from '../kaltura/lifetime.js';

/** The options whose value is a length of time. */
const TIME_OPTIONS: readonly string[] = ['expiry', 'min-ttl', 'timeout', 'session-length', 'expires'];

const isNumber = (text: unknown): boolean => typeof text === 'string' && /^\d+(\.\d+)?$/.test(text.trim());

/** Checks for a word such as `days`. */
const isUnit = (word: string): boolean => /^[a-z]+$/i.test(word) && readLifetime(`1 ${word}`).ok;

/**
 * Says how to write a time that was typed with a space and no quotes: `--expiry 7 days`. The shell makes two arguments of it. Returns null for
 * other arguments.
 * @param flags the values of the options
 * @param words the arguments, one of which the command can't use
 */
export function spacedTimeAdvice(flags: Readonly<Record<string, unknown>>, words: readonly string[]): string | null {
  const option = TIME_OPTIONS.find((name) => isNumber(flags[name]));
  const unit = words.find(isUnit)?.toLowerCase();
  if (option === undefined || unit === undefined) return null;
  const amount = String(flags[option]).trim();
  return `“${unit}” stands apart from --${option} ${amount}. Write --${option} ${amount}${unit.charAt(0)} or --${option} "${amount} ${unit}".`;
}
