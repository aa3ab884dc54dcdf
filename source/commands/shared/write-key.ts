import type { Runtime } from '../../operations/runtime.js';
import { CommandError } from './exit-codes.js';

/**
 * Writes a key to standard output. Other faults than a missing reader are reported at the end of the program.
 * @throws {CommandError} if the reader has gone
 */
export async function writeKey(text: string, { stdout }: Pick<Runtime, 'stdout'>): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((done) => stdout.write(text, done));
  if (error?.code !== 'EPIPE') return;
  throw new CommandError('The key is lost: the program that reads the pipe has stopped.', 'output-lost');
}
