import type { Runtime } from '../operations/runtime.js';
import { InputProblems } from './answers/input-problems.js';
import { assertOutputIsOpen, keyFormOf, keyText } from './keys/key-output.js';
import { obtainKey } from './keys/obtain-key.js';
import type { CommandCall } from './shared/command-call.js';
import { EXIT } from './shared/exit-codes.js';
import { writeKey } from './shared/write-key.js';

/** Prints only a key to standard output. */
export async function token({ names, flags }: CommandCall, runtime: Runtime): Promise<number> {
  const problems = new InputProblems();
  const form = problems.collect(() => keyFormOf(flags, runtime.env), { form: 'bare' });
  assertOutputIsOpen(runtime);
  const key = await obtainKey(names, flags, runtime, problems);
  await writeKey(`${keyText(key, form, runtime.inheritedEnv)}${flags['newline'] === false ? '' : '\n'}`, runtime);
  return EXIT.ok;
}
