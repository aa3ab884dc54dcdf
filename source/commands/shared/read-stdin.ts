import { Secret } from '../../kaltura/secret.js';
import { LONGEST_SECRET } from '../../kaltura/typed-values.js';
import type { Runtime } from '../../operations/runtime.js';
import { decodeText, encodingOf } from '../../terminal/decode-text.js';
import { CommandError, UsageError } from './exit-codes.js';

/** The length limit of each kind of value, in characters: far above any real value. A key can come with the text around it. */
export const MAX_LENGTH = { secret: LONGEST_SECRET, key: 1_000_000, answer: 1_000_000, body: 8_000_000 } as const;

export type InputKind = keyof typeof MAX_LENGTH;

const ADVICE: Readonly<Record<InputKind, string>> = {
  secret: 'This is probably a different file, or more than the secret. Pass only the secret, on one line.',
  key: 'This is probably a different file. Pass only the key, or a short text that contains it.',
  body: 'Send less in one call.',
  answer: 'Pass only the answer of the server, or the lines of the log that contain it.',
};

const NOUNS: Readonly<Record<InputKind, string>> = {
  secret: 'a secret',
  key: 'a key',
  body: 'a body',
  answer: 'an answer',
};

/** Returns the error for a value over the limit. `source` is the start of the sentence: `Standard input`. */
export const tooLong = (source: string, kind: InputKind): UsageError =>
  new UsageError(
    `${source} has more than ${MAX_LENGTH[kind].toLocaleString('en-US')} characters, which is too long for ${NOUNS[kind]}. ${ADVICE[kind]}`,
  );

const REASONS: Readonly<Record<string, string>> = { EISDIR: 'it is a folder' };

function unreadable(error: unknown): CommandError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new CommandError(
    `Standard input can’t be read: ${REASONS[code] ?? code}. Pass the value through a pipe or a file.`,
    'unreadable-input',
  );
}

/** Milliseconds without input after which the program says that it waits, because an open pipe would look like a hang. */
const SILENCE = 3_000;

/** Checks whether the chunks contain a whole line. Decodes them only if the last one may end it. */
const hasLine = (last: Buffer, chunks: readonly Buffer[]): boolean =>
  last.includes('\n') && decodeText(Buffer.concat(chunks)).includes('\n');

/**
 * Reads a value from standard input until it is complete or too long. A secret ends with its line, because the writer may leave the
 * pipe open. A key ends with the input. Waits for as long as the pipe is open.
 *
 * @param flag the flag that asks for it, named if standard input is a terminal
 * @throws {UsageError} if standard input is a terminal, or holds more than `MAX_LENGTH`
 * @throws {CommandError} if standard input cannot be read
 */
export async function readStdin(
  kind: InputKind,
  flag: string,
  { stdin, stderr }: Pick<Runtime, 'stdin' | 'stderr'>,
): Promise<Secret> {
  if (stdin.isTTY) {
    throw new UsageError(
      `${flag} reads from a pipe or a file, but standard input is a terminal. Leave out ${flag} to be prompted.`,
      'missing-input',
    );
  }
  const chunks: Buffer[] = [];
  let counter: InstanceType<typeof TextDecoder> | null = null;
  let length = 0;
  const waiting = setTimeout(() => {
    stderr.write(`kaltura-ks: Waiting for ${NOUNS[kind]} on standard input, which is an open pipe. Ctrl+C to stop.\n`);
  }, SILENCE);
  try {
    for await (const chunk of stdin) {
      clearTimeout(waiting);
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      // Each chunk is decoded once to count its characters, and all of them at the end.
      counter ??= new TextDecoder(encodingOf(bytes));
      length += counter.decode(bytes, { stream: true }).length;
      if (length > MAX_LENGTH[kind] || (kind === 'secret' && hasLine(bytes, chunks))) break;
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    clearTimeout(waiting);
    stdin.destroy();
  }
  const text = decodeText(Buffer.concat(chunks));
  if (text.length > MAX_LENGTH[kind]) throw tooLong('Standard input', kind);
  return new Secret(text);
}

/** Checks for the argument `-`, which means standard input. */
export const isStdin = (names: readonly string[]): boolean => names.length === 1 && names[0] === '-';
