import { terminalLine } from '../kaltura/terminal-text.js';
import type { Profile } from '../profiles/profile.js';
import { unusableIn } from '../profiles/profile-by-name.js';
import type { CommandRuntime } from './command-runtime.js';
import { CommandError, EXIT, UsageError } from './exit-codes.js';
import { askHidden, canAsk } from './hidden-prompt.js';
import { createReport, type Report } from './report.js';
import type { CommandCall } from './run-command.js';

const WORD = 'forget';

async function confirm(isAsking: boolean, runtime: CommandRuntime): Promise<void> {
  if (!isAsking || !canAsk(runtime)) {
    throw new UsageError('nothing is removed: say --yes, for the word cannot be asked here.');
  }
  const word = await askHidden(`Type the word ${WORD} to remove all of it (it is not shown)`, runtime);
  if (word.reveal().trim().toLowerCase() !== WORD) throw new CommandError('nothing is removed: that was not the word.');
}

/** The entries of keychains, and the encrypted files. */
async function forgetSecrets(profiles: readonly Profile[], runtime: CommandRuntime, report: Report): Promise<boolean> {
  const known = profiles.map(({ name, secretPlace }) => ({ profile: name, place: secretPlace }));
  let isGone = true;
  for (const { what, outcome } of await (await runtime.openSecretKeeper(report.say)).forget(known)) {
    if (outcome === 'removed') report.say(`removed ${terminalLine(what)}`);
    if (typeof outcome === 'string') continue;
    report.say(`still there: ${terminalLine(what)}. ${outcome.message} ${outcome.remedy}`);
    isGone = false;
  }
  return isGone;
}

/** Removes everything that was saved, says what it was, and looks again whether anything is left. */
export async function forget({ flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const saved = await runtime.openSavedFiles();
  // Looked up first: the profiles tell which entries of a keychain are ours.
  const { profiles, troubles } = await (await runtime.openStore()).load();
  const files = saved.list();
  for (const file of files) report.say(`found ${terminalLine(file)}`);
  if (files.length > 0 && flags['yes'] !== true) await confirm(flags['input'] !== false, runtime);
  const isGone = await forgetSecrets(
    [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)],
    runtime,
    report,
  );
  // Without its profile, nothing would lead to an entry that could not be removed.
  if (!isGone) throw new CommandError('the profiles are kept until the rest can be removed. Try again then.');
  saved.remove();
  const left = saved.list();
  if (left.length > 0) throw new CommandError(`still there: ${terminalLine(left.join(', '))}`);
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  report.say(
    files.length === 0
      ? `there is nothing to forget in ${saved.folder}.`
      : `removed ${count}; looked again: nothing is left in ${saved.folder}.`,
  );
  report.say('Keys in use elsewhere work until they end. Secrets elsewhere (files, variables, KMC) are as they were.');
  return EXIT.ok;
}
