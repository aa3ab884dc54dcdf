import type { Secret } from '../../kaltura/secret.js';
import { abortOnSignal } from '../../operations/abort.js';
import type { Profile } from '../../profiles/profile.js';
import { openProfileSecrets, type ProfileSecrets } from '../../profiles/profile-secrets.js';
import type { AskPassphrase } from '../../secrets/keeper.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import type { CommandRun } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { missing } from '../shared/missing.js';
import { askHidden, canAsk } from './hidden-prompt.js';

/** Accesses the secrets of profiles in one run of a command. Asks for a passphrase only once. */
export interface SourceAccess extends ProfileSecrets {
  /**
   * Checks that a passphrase is available if the source needs one.
   * @throws {UsageError} if it is not given and the user can't be asked
   */
  assertPassphrase(profile: Pick<Profile, 'secretSource'>): void;
  /** Checks that the user has confirmed the command or variable of the profile. Throws the errors of `requireConfirmedSource`. */
  requireConfirmed(profile: Profile): Promise<Profile>;
}

/**
 * Checks the passphrase.
 * @throws {UsageError} if the wizard would refuse it too
 */
async function strongEnough(passphrase: Secret): Promise<Secret> {
  const { passphraseProblem } = await import('../../secrets/keeper.js');
  const problem = passphraseProblem(passphrase);
  if (problem !== null) throw new UsageError(`The passphrase is too short. ${problem}`);
  return passphrase;
}

/** Asks for a new passphrase until it is long enough and repeated correctly. */
async function newPassphrase({ runtime, report }: CommandRun): Promise<Secret> {
  const { passphraseProblem, SHORTEST_PASSPHRASE } = await import('../../secrets/keeper.js');
  for (;;) {
    const typed = await askHidden(`New passphrase (at least ${SHORTEST_PASSPHRASE} characters, not shown)`, runtime);
    const problem = passphraseProblem(typed);
    if (problem !== null) {
      report.say(`The passphrase is too short. ${problem}`);
      continue;
    }
    const again = await askHidden('Passphrase again', runtime);
    if (again.equals(typed)) return typed;
    report.say('The two passphrases differ.');
  }
}

function createAsk(run: CommandRun): AskPassphrase {
  const { runtime, report } = run;
  let known = runtime.secretVariables.get(SECRET_VARIABLES.passphrase) ?? null;
  return async ({ file, purpose }) => {
    if (known !== null) return purpose === 'seal' ? strongEnough(known) : known;
    if (!canAsk(run)) return null;
    report.say(purpose === 'open' ? `The secret is in ${file}.` : `The secret will be saved in ${file}, encrypted.`);
    known = purpose === 'seal' ? await newPassphrase(run) : await askHidden('Passphrase (not shown)', runtime);
    return known;
  };
}

export function createSourceAccess(run: CommandRun): SourceAccess {
  const { runtime, report } = run;
  const secrets = openProfileSecrets(() => runtime.openSecretKeeper(report.say), createAsk(run));
  const variable = SECRET_VARIABLES.passphrase;
  return {
    ...secrets,
    requireConfirmed: async (profile) => (await import('./confirm-imported.js')).requireConfirmedSource(profile, run),
    assertPassphrase: ({ secretSource }) => {
      if (secretSource.kind === 'file' && !runtime.secretVariables.has(variable) && !canAsk(run)) {
        throw missing([{ what: 'the passphrase for the encrypted file', from: variable }], {
          more: 'kaltura-ks can’t ask for it here.',
        });
      }
    },
    read: async (profile, what) => {
      const { secretSource } = profile;
      // The question for a passphrase handles signals itself.
      if (secretSource.kind === 'file') return secrets.read(profile, what);
      if (secretSource.kind === 'command' && what === 'secret') {
        const { runningText } = await import('../../secrets/describe.js');
        report.say(runningText(secretSource, runtime.stderr.isTTY === true));
      }
      return abortOnSignal(runtime, (signal) => secrets.read(profile, what, signal));
    },
  };
}
