import { InputProblems } from './answers/input-problems.js';
import { keyFormOf, keyText } from './keys/key-output.js';
import { obtainKey } from './keys/obtain-key.js';
import type { CommandRun } from './shared/command-call.js';
import { EXIT } from './shared/exit-codes.js';
import { assertOutputIsOpen, writeKey } from './shared/standard-output.js';

/** Prints only a key to standard output. */
export async function token(run: CommandRun): Promise<number> {
  const { flags, runtime } = run;
  const problems = new InputProblems();
  const form = problems.collect(() => keyFormOf(flags, runtime.env), { form: 'bare' });
  assertOutputIsOpen(runtime);
  const key = await obtainKey(run, { problems });
  await writeKey(`${keyText(key, form, runtime.inheritedEnv)}${flags['newline'] === false ? '' : '\n'}`, runtime);
  return EXIT.ok;
}
