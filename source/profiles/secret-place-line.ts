import { SecretPlaceError } from './secret-place-error.js';

/**
 * The secret in what a command printed or a variable holds: one line end after it is dropped, as a shell does.
 *
 * @param source begins the sentence: `The command “op”`
 * @throws {SecretPlaceError} where there is nothing, or more than one line
 */
export function secretLine(text: string, place: 'command' | 'variable', source: string): string {
  const line = text.replace(/\r?\n$/, '');
  if (line.trim() === '') {
    const remedy = 'Run it by yourself and see whether it prints the secret on standard output.';
    throw place === 'command'
      ? new SecretPlaceError('empty', place, `${source} printed nothing.`, remedy)
      : new SecretPlaceError('empty', place, `${source} is empty.`, 'Set it to the secret.');
  }
  if (/[\r\n]/.test(line)) {
    const remedy = 'Have it give the secret alone, for example the one field of an entry.';
    throw new SecretPlaceError('failed', place, `${source} gave several lines; a secret is one.`, remedy);
  }
  return line;
}
