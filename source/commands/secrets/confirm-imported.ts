import { confirmationParagraphs, factsToConfirm, sourceNoun } from '../../messages/confirm-source.js';
import { confirmSource } from '../../profiles/confirm-source.js';
import type { Profile } from '../../profiles/profile.js';
import { needsConfirmation } from '../../secrets/source.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';
import { askYesNo, canAsk } from './hidden-prompt.js';

const FLAG = 'confirm-command';

export const isConfirmedByFlag = (flags: Flags): boolean => flags[FLAG] === true;

/** Prints the exact command or variable of a profile, and the server that its secret is for. */
export function printSource(profile: Profile, report: Report): void {
  const facts = factsToConfirm(profile);
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2;
  for (const { label, value } of facts) report.say(`  ${label.padEnd(width)}${value}`);
}

/**
 * Checks that the user has confirmed the command or variable of an imported profile; asks if not. Nothing runs before that.
 * @returns the profile with the source that was shown, confirmed
 * @throws {UsageError} if there is no terminal to ask on and `--confirm-command` is missing
 * @throws {CommandError} if the user says no
 * @throws {ProfileStoreError} if the profile changed while it was shown
 */
export async function requireConfirmedSource(profile: Profile, run: CommandRun): Promise<Profile> {
  if (!needsConfirmation(profile.secretSource)) return profile;
  const { flags, runtime, report } = run;
  const noun = sourceNoun(profile);
  const nothingDone = noun === 'variable' ? 'The variable was not read' : 'The command was not run';
  report.say(`The ${noun} of this imported profile is not confirmed on this computer:`);
  printSource(profile, report);
  for (const { tone, text } of confirmationParagraphs(profile)) {
    report.say(tone === 'caution' ? `caution: ${text}` : text);
  }
  if (!isConfirmedByFlag(flags)) {
    if (!canAsk(run)) {
      throw new UsageError(
        `${nothingDone}. To confirm the ${noun} shown above, run kaltura-ks again on a terminal, or add --${FLAG}.`,
        'confirmation-required',
      );
    }
    const action = noun === 'variable' ? 'Read this variable' : 'Run this command';
    const question = `${action} now and in the future? Type yes or no [no]`;
    if (!(await askYesNo(question, runtime)))
      throw new CommandError(`${nothingDone}: you did not confirm it.`, 'declined');
  }
  return confirmSource(profile, await runtime.openStore());
}
