import type { Secret } from '../../kaltura/secret.js';
import { confirmationParagraphs, factsToConfirm, sourceNoun } from '../../messages/confirm-source.js';
import { abortOnSignal } from '../../operations/abort.js';
import type { Runtime } from '../../operations/runtime.js';
import { confirmSource } from '../../profiles/confirm-source.js';
import type { Profile } from '../../profiles/profile.js';
import { openProfileSecrets, type ProfileSecrets } from '../../profiles/profile-secrets.js';
import { runningText } from '../../secrets/describe.js';
import { type AskPassphrase, passphraseProblem } from '../../secrets/keeper.js';
import { needsConfirmation } from '../../secrets/source.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import type { Flags } from './command-call.js';
import { CommandError, UsageError } from './exit-codes.js';
import { askHidden, askYesNo, canAsk } from './hidden-prompt.js';
import type { Report } from './report.js';

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
async function requireConfirmedSource(
  profile: Profile,
  flags: Flags,
  runtime: Runtime,
  report: Report,
): Promise<Profile> {
  if (!needsConfirmation(profile.secretPlace)) return profile;
  const noun = sourceNoun(profile);
  const nothingDone = noun === 'variable' ? 'the variable was not read' : 'the command was not run';
  report.say(`the ${noun} of this imported profile is not confirmed on this computer:`);
  printSource(profile, report);
  for (const { tone, text } of confirmationParagraphs(profile)) {
    report.say(tone === 'caution' ? `caution: ${text}` : text);
  }
  if (!isConfirmedByFlag(flags)) {
    if (flags['input'] === false || !canAsk(runtime)) {
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

/** Accesses the secrets of profiles in one run of a command. Asks for a passphrase only once. */
export interface SourceAccess extends ProfileSecrets {
  readonly mayAsk: () => boolean;
  /**
   * Checks that a passphrase is available if the source needs one.
   * @throws {UsageError} if it is not given and the user can't be asked
   */
  assertPassphrase(profile: Pick<Profile, 'secretPlace'>): void;
  /** Checks that the user has confirmed the command or variable of the profile. Throws the errors of `requireConfirmedSource`. */
  requireConfirmed(profile: Profile): Promise<Profile>;
}

/**
 * Checks the passphrase.
 * @throws {UsageError} if the wizard would refuse it too
 */
function strongEnough(passphrase: Secret): Secret {
  const problem = passphraseProblem(passphrase);
  if (problem !== null) throw new UsageError(`the passphrase is too short. ${problem}`);
  return passphrase;
}

function createAsk(mayAsk: () => boolean, runtime: Runtime, report: Report): AskPassphrase {
  let known = runtime.secretVariables.get(SECRET_VARIABLES.passphrase) ?? null;
  return async ({ file, purpose }) => {
    if (known !== null) return purpose === 'seal' ? strongEnough(known) : known;
    if (!mayAsk()) return null;
    report.say(purpose === 'open' ? `The secret is in ${file}.` : `The secret goes to ${file}, encrypted.`);
    const typed = await askHidden('Its passphrase, not shown', runtime);
    if (purpose === 'seal') {
      const again = await askHidden('Once more', runtime);
      strongEnough(typed);
      if (again.reveal() !== typed.reveal()) throw new UsageError('the two passphrases differ. Nothing is written.');
    }
    known = typed;
    return known;
  };
}

export function createSourceAccess(flags: Flags, runtime: Runtime, report: Report): SourceAccess {
  // Evaluated late, because opening standard input takes time.
  const mayAsk = (): boolean => flags['input'] !== false && canAsk(runtime);
  const secrets = openProfileSecrets(() => runtime.openSecretKeeper(report.say), createAsk(mayAsk, runtime, report));
  const variable = SECRET_VARIABLES.passphrase;
  return {
    ...secrets,
    mayAsk,
    requireConfirmed: (profile) => requireConfirmedSource(profile, flags, runtime, report),
    assertPassphrase: ({ secretPlace }) => {
      if (secretPlace.kind === 'file' && !runtime.secretVariables.has(variable) && !mayAsk()) {
        throw new UsageError(
          `missing: the passphrase of the encrypted file (${variable}); it cannot be asked here.`,
          'missing-input',
        );
      }
    },
    read: (profile, what) => {
      const { secretPlace } = profile;
      // The question for a passphrase handles signals itself.
      if (secretPlace.kind === 'file') return secrets.read(profile, what);
      if (secretPlace.kind === 'command' && what === 'secret')
        report.say(runningText(secretPlace, runtime.stderr.isTTY === true));
      return abortOnSignal(runtime, (signal) => secrets.read(profile, what, signal));
    },
  };
}
