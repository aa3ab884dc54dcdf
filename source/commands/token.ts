import type { Runtime } from '../operations/runtime.js';
import { keyFormOf, keyText } from './keys/key-output.js';
import { obtainKey } from './keys/obtain-key.js';
import type { CommandCall } from './shared/command-call.js';
import { EXIT } from './shared/exit-codes.js';

/** Prints only a key to standard output. */
export async function token({ names, flags }: CommandCall, runtime: Runtime): Promise<number> {
  const form = keyFormOf(flags, runtime.env);
  const key = await obtainKey(names, flags, runtime);
  runtime.stdout.write(`${keyText(key, form, runtime.env)}${flags['newline'] === false ? '' : '\n'}`);
  return EXIT.ok;
}
