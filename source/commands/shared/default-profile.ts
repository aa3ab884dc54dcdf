import { namesOf } from '../../kaltura/accounts/variable-names.js';
import type { Runtime } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import { ProfileStoreError } from '../../profiles/store.js';
import { KEY_VARIABLE, SECRET_VARIABLES } from '../../secrets/variables.js';
import { ACCOUNT_ANSWERS, flagOf, PROFILE_VARIABLE, variableOf } from '../answers/answer-flags.js';
import type { CommandRun } from './command-call.js';

const SECRETS = [SECRET_VARIABLES.secret, SECRET_VARIABLES.password, SECRET_VARIABLES.token].flatMap(namesOf);

/** Returns the flag or variable that names a profile, key or account; undefined if there is none. */
function givenAccount({ flags, runtime: { env, secretVariables } }: CommandRun): string | undefined {
  const flag = ['profile', 'ks-stdin', 'ks-file', ...ACCOUNT_ANSWERS].find((name) => flags[name] !== undefined);
  if (flag !== undefined) return flagOf(flag);
  const variables = [PROFILE_VARIABLE, ...ACCOUNT_ANSWERS.map(variableOf).flatMap(namesOf)];
  return (
    variables.find((name) => (env[name] ?? '') !== '') ??
    [KEY_VARIABLE, ...SECRETS].find((name) => secretVariables.has(name))
  );
}

/** Checks whether standard input is a pipe or file with content, and takes none of it. Waits for the first bytes. */
async function hasPipedContent({ stdin }: Runtime): Promise<boolean> {
  if (stdin.isTTY) return false;
  while (!stdin.readableEnded && !stdin.destroyed) {
    const chunk: Buffer | string | null = stdin.read();
    if (chunk !== null) {
      stdin.unshift(chunk);
      return true;
    }
    await untilChanged(stdin);
  }
  return false;
}

/** Resolves when the stream has more to read, or has ended or failed. */
const untilChanged = (stdin: Runtime['stdin']): Promise<void> =>
  new Promise((done) => {
    const events = ['readable', 'end', 'close', 'error'];
    const change = (): void => {
      for (const event of events) stdin.off(event, change);
      done();
    };
    for (const event of events) stdin.on(event, change);
  });

async function savedDefault(runtime: Runtime): Promise<string | null> {
  try {
    return await (await runtime.openStore()).defaultName();
  } catch (error) {
    // Without a usable folder there is no default, and the command may not need one.
    if (error instanceof ProfileStoreError) return null;
    throw error;
  }
}

/**
 * Returns the default profile for a command, and reports it; null if there is none, or something names a profile, a key or an account.
 * @param readsKey whether the command takes a key from standard input: a key there has priority
 */
export async function defaultFor(run: CommandRun, readsKey: boolean): Promise<string | null> {
  const { flags, runtime, report } = run;
  const given = givenAccount(run);
  // Reading the default loads the store of the profiles.
  if (given !== undefined && flags['verbose'] !== true) return null;
  const name = await savedDefault(runtime);
  if (name === null) return null;
  if (given !== undefined) {
    if (given !== PROFILE_VARIABLE) report.detail(`${given} is given, so the default profile is not used.`);
    return null;
  }
  if (readsKey && flags['secret-stdin'] !== true && (await hasPipedContent(runtime))) return null;
  report.say(`Using the default profile “${shownName(name)}”.`);
  return name;
}
