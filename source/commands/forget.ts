import type { Runtime } from '../operations/runtime.js';
import type { SecretSourceFault } from '../secrets/source-error.js';
import { terminalLine } from '../terminal/text.js';
import { askHidden, CONFIRM, canAsk } from './secrets/hidden-prompt.js';
import type { CommandRun } from './shared/command-call.js';
import { CommandError, EXIT, UsageError } from './shared/exit-codes.js';

const WORD = 'forget';

/** Asks for the word that confirms. @throws {UsageError} if it can't be asked for; {CommandError} if another word was typed */
async function confirm(run: CommandRun): Promise<void> {
  if (!canAsk(run)) {
    throw new UsageError(
      'Nothing was removed: the word can’t be entered here. To confirm, add --yes.',
      'confirmation-required',
      { fixes: CONFIRM },
    );
  }
  const word = await askHidden(`Type the word ${WORD} to remove everything (your typing is hidden)`, run.runtime);
  if (word.reveal().trim().toLowerCase() !== WORD)
    throw new CommandError('Nothing was removed: you typed a different word.', 'declined');
}

/** Faults after which another attempt may succeed. */
const RETRYABLE: readonly SecretSourceFault[] = ['locked', 'timed-out', 'denied', 'cancelled'];

type Saved = Awaited<ReturnType<Runtime['openSavedFiles']>>;

interface Outcome {
  /** Whether some remaining entries can be found only through the profiles. */
  readonly mustKeepProfiles: boolean;
  /** Whether it is certain that no entry is left. */
  readonly isVerified: boolean;
}

/** Removes the keychain entries and the encrypted files. */
async function forgetSecrets(saved: Saved, { runtime, report }: CommandRun): Promise<Outcome> {
  const known = saved.keychainEntries();
  let [mustKeepProfiles, isVerified] = [false, true];
  for (const { what, outcome, isCertain } of await (await runtime.openSecretKeeper(report.say)).forget(known)) {
    if (outcome === 'removed') report.say(`Removed ${terminalLine(what)}`);
    if (typeof outcome === 'string') continue;
    report.say(
      `${isCertain ? 'Still there' : 'Not verified'}: ${terminalLine(what)}. ${outcome.message} ${outcome.remedy}`,
    );
    isVerified = false;
    if (isCertain || RETRYABLE.includes(outcome.fault)) mustKeepProfiles = true;
  }
  return { mustKeepProfiles, isVerified };
}

/** Removes and lists everything that was saved, and checks whether anything is left. */
export async function forget(run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const saved = await runtime.openSavedFiles();
  const files = saved.list();
  for (const file of files) report.say(`Found ${terminalLine(file)}`);
  if (files.length > 0 && flags['yes'] !== true) await confirm(run);
  const { mustKeepProfiles, isVerified } = await forgetSecrets(saved, run);
  if (mustKeepProfiles) {
    throw new CommandError(
      'The profiles were not removed, because they are needed to find the other secrets. Fix the problem above and try again.',
    );
  }
  saved.remove();
  const left = saved.list();
  if (left.length > 0) throw new CommandError(`Still there: ${terminalLine(left.join(', '))}. Run the command again.`);
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  if (!isVerified) {
    throw new CommandError(
      `Removed ${count} in ${saved.folder}, but the keychain may still hold secrets. See the lines that begin with “Not verified”.`,
    );
  }
  report.say(
    files.length === 0
      ? `Nothing is saved in ${saved.folder}.`
      : `Removed ${count}. Nothing is left in ${saved.folder}.`,
  );
  report.say(
    'Keys that are in use elsewhere work until they expire. Secrets elsewhere (files, variables, KMC) are unchanged.',
  );
  return EXIT.ok;
}
