import { Secret } from '../kaltura/secret.js';
import type { CommandRuntime } from './command-runtime.js';
import { CommandError, UsageError } from './exit-codes.js';

/** The longest value of each kind, in characters: far above any real one. A key may come with the text that it was copied with. */
export const MAX_LENGTH = { secret: 4_096, key: 1_000_000 } as const;

export type InputKind = keyof typeof MAX_LENGTH;

const ADVICE: Readonly<Record<InputKind, string>> = {
  secret: 'This is probably a different file, or more than the secret. Pass only the secret, on one line.',
  key: 'This is probably a different file. Pass only the key, or a short text that contains it.',
};

/** The error for a value over the limit. `source` names its origin, as the start of a sentence. */
export const tooLong = (source: string, kind: InputKind): UsageError =>
  new UsageError(
    `${source} has more than ${MAX_LENGTH[kind].toLocaleString('en-US')} characters, which is too long for a ${kind}. ${ADVICE[kind]}`,
  );

const REASONS: Readonly<Record<string, string>> = { EISDIR: 'it is a folder' };

function unreadable(error: unknown): CommandError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new CommandError(
    `Standard input cannot be read: ${REASONS[code] ?? code}. Pass the value by a pipe or a file.`,
  );
}

/**
 * Reads a value from standard input and stops as soon as the value is whole or too long. A secret ends with its line, because the
 * writer may leave the pipe open; a key ends with the input. Waits for a pipe for as long as it is open.
 *
 * @param flag the flag that asks for it, named if standard input is a terminal
 * @throws {UsageError} if standard input is a terminal, or holds more than `MAX_LENGTH`
 * @throws {CommandError} if standard input cannot be read
 */
export async function readStdin(
  kind: InputKind,
  flag: string,
  { stdin }: Pick<CommandRuntime, 'stdin'>,
): Promise<Secret> {
  if (stdin.isTTY) {
    throw new UsageError(
      `${flag} reads from a pipe or a file, but standard input is a terminal. Leave out ${flag} to be prompted.`,
    );
  }
  let text = '';
  try {
    for await (const chunk of stdin.setEncoding('utf8')) {
      text += chunk;
      if (text.length > MAX_LENGTH[kind] || (kind === 'secret' && text.includes('\n'))) break;
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    stdin.destroy();
  }
  if (text.length > MAX_LENGTH[kind]) throw tooLong('Standard input', kind);
  return new Secret(text.replace(/^\uFEFF/, ''));
}
