import type { CommandCall } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { EXIT } from './exit-codes.js';
import { keyFormOf, keyText } from './key-output.js';
import { obtainKey } from './obtain-key.js';

/** Prints a key, and nothing else, to standard output. */
export async function token({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const form = keyFormOf(flags, runtime.env);
  const key = await obtainKey(names, flags, runtime);
  runtime.stdout.write(`${keyText(key, form)}${flags['newline'] === false ? '' : '\n'}`);
  return EXIT.ok;
}
