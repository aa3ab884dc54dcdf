import { escapeUnsafe } from '../../terminal/text.js';
import type { CommandRun } from './command-call.js';

/** What a command tells the user on standard error, which never has results. */
export interface Report {
  /** Writes a line that begins with the program's name. */
  readonly say: (text: string) => void;
  /** Does the same, but only with -v. */
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

/** Prints the result of a command on standard output: the facts as JSON with `--json`, else the lines. */
export function printResult(
  facts: unknown,
  lines: readonly string[],
  { flags, runtime }: Pick<CommandRun, 'flags' | 'runtime'>,
): void {
  const printed = flags['json'] === true ? [jsonText(facts)] : lines;
  runtime.stdout.write(printed.map((line) => `${line}\n`).join(''));
}
