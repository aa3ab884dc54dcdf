import type { Runtime } from '../../operations/runtime.js';
import { CommandError } from './exit-codes.js';

type Output = Pick<Runtime, 'outputState'>;

/**
 * Writes a key to standard output. Other faults than a missing reader are reported at the end of the program.
 * @throws {CommandError} if the reader has gone
 */
export async function writeKey(text: string, { stdout }: Pick<Runtime, 'stdout'>): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => stdout.write(text, done));
  if (error?.code !== 'EPIPE') return;
  throw new CommandError('The key is lost: the program that reads the pipe has stopped.', 'output-lost');
}

/** Writes to standard output and returns whether it succeeded: it fails if the reader is gone or the disk is full. */
export const isWritten = (text: string, { stdout }: Pick<Runtime, 'stdout'>): Promise<boolean> =>
  new Promise((done) => stdout.write(text, (error) => done(error == null)));

/**
 * Checks that output is not discarded, before a value is created that would be lost.
 * @throws {CommandError}
 */
export function assertOutputIsKept(runtime: Output): void {
  if (runtime.outputState() === 'open') return;
  throw new CommandError(
    'Nothing was created: standard output is closed, so the value of the token would be lost. Write it to a file or a variable, or store it with --save-as and --store.',
    'output-lost',
  );
}

/**
 * Checks that standard output is open, before a key is created that would be lost. `>/dev/null` is allowed: it is given on
 * purpose, to create the saved key of a profile.
 * @throws {CommandError}
 */
export function assertOutputIsOpen(runtime: Output): void {
  if (runtime.outputState() !== 'closed') return;
  throw new CommandError(
    'Standard output is closed, so the key would be lost. No key was created. Write the key to a file or a variable.',
    'output-lost',
  );
}

/**
 * Checks that standard output is open, for a command that only prints.
 * @throws {CommandError}
 */
export function assertCanPrint(runtime: Output): void {
  if (runtime.outputState() !== 'closed') return;
  throw new CommandError('Standard output is closed, so nothing was printed.', 'output-lost');
}
