import { envFileParagraphs, envWrittenText, fileRemedy, isRiskyFile } from '../messages/use.js';
import type { EnvFileState } from '../profiles/env-file.js';
import { terminalLine } from '../terminal/text.js';
import { obtainKey } from './keys/obtain-key.js';
import { canAsk, requireYes } from './secrets/hidden-prompt.js';
import type { CommandRun, Flags } from './shared/command-call.js';
import { CommandError, EXIT, UsageError } from './shared/exit-codes.js';

const DEFAULT_PATH = '.env';

function pathIn(flags: Flags): string {
  const path = flags['file'] ?? DEFAULT_PATH;
  if (typeof path !== 'string' || path.trim() === '') throw new UsageError('--file needs the path of a file.');
  return path;
}

/**
 * Asks before a write to a file that git would commit, or that only a link names.
 * @throws {CommandError} if the user doesn't agree
 */
async function assertUncommitted(state: EnvFileState, run: CommandRun): Promise<void> {
  if (!isRiskyFile(state) || run.flags['force'] === true) return;
  if (!canAsk(run)) {
    throw new CommandError(`Nothing was written. ${fileRemedy(state)}, or add --force to write the file anyway.`);
  }
  await requireYes('Write the key to the file anyway?', 'Nothing was written', run);
}

/** Writes a key to `KALTURA_KS=` in an .env file. Says what will happen to the file before a key is created. */
export async function envFile(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const path = pathIn(flags);
  const files = await runtime.openEnvFiles();
  const state = await files.look(path);
  const [first, ...others] = envFileParagraphs(state);
  if (state.problem !== null) throw new CommandError(first?.text ?? state.problem);
  report.say(`${terminalLine(state.path)}: ${first?.text ?? ''}`);
  for (const { tone, text } of others) report.say(tone === 'plain' ? text : `${tone}: ${text}`);
  await assertUncommitted(state, run);
  const { made } = await obtainKey(run);
  const writing = await files.write(path, made.ks, state);
  const text = envWrittenText(writing);
  if (!writing.ok) throw new CommandError(`${text} The new key was not saved.`);
  report.say(text);
  return EXIT.ok;
}
