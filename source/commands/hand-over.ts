import type { AppToken } from '../kaltura/app-tokens.js';
import type { Flags } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { CommandError } from './exit-codes.js';

/** Whether a text has left by standard output: a reader that has gone, and a full disk, take nothing. */
export const isWritten = (text: string, { stdout }: Pick<CommandRuntime, 'stdout'>): Promise<boolean> =>
  new Promise((done) => stdout.write(text, (error) => done(error == null)));

/** Before there is a value that would be lost. @throws {CommandError} */
export async function assertOutputIsKept(runtime: CommandRuntime): Promise<void> {
  if (!(await runtime.lookAround()).isOutputDropped) return;
  throw new CommandError(
    'nothing was made: standard output leads nowhere, so the value of the token would be lost. Let it write to a file or a variable, or store it: --save-as with --store.',
  );
}

const isPlain = (text: string): boolean => /^[\w.:/-]+$/.test(text);

/** How to take back a token whose value nobody has, by the same key. */
export function lostTokenText({ id }: AppToken, flags: Flags): string {
  const ways = ['profile', 'region', 'url'].flatMap((name) => {
    const value = flags[name];
    return typeof value === 'string' ? [`--${name} ${isPlain(value) ? value : `"${value}"`}`] : [];
  });
  const command = ['kaltura-ks app-tokens delete', isPlain(id) ? id : `"${id}"`, ...ways].join(' ');
  return `the app token ${id} was made, and its value could not be handed over: delete it (${command}), and make another one.`;
}
