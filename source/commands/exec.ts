import { sanitizeText } from '../kaltura/redact.js';
import type { ChildProblem, Env } from '../operations/runtime.js';
import { KEY_VARIABLE, SECRET_NAMES } from '../secrets/variables.js';
import { variablesOf } from './keys/key-output.js';
import { type ObtainedKey, obtainKey } from './keys/obtain-key.js';
import type { CommandRun } from './shared/command-call.js';
import { UsageError } from './shared/exit-codes.js';

/** The exit codes that shells use. */
const CANNOT_START = { absent: 127, denied: 126, other: 126 } as const;

const REASONS = { absent: 'not found', denied: 'permission denied', other: 'it could not be started' } as const;

const FIXES: Readonly<Record<ChildProblem, string>> = {
  'in-folder': 'To run the file of this folder, write ./ before its name.',
  'no-interpreter': 'The file is there, but the program that its first line (#!) names is not.',
  'not-executable': 'Make the file executable (chmod +x), or name the program that runs it, such as sh, before it.',
};

const LONGEST_NAME = 80;

/** Returns the environment of the command: with the key, and without the secrets that could create another one. */
function environment(env: Env, key: ObtainedKey): Env {
  const source = key.profile?.secretSource;
  const own = source?.kind === 'variable' ? source.name : null;
  const variables = variablesOf(key, env);
  const passed = Object.entries(env).filter(
    ([name]) => !SECRET_NAMES.includes(name.toUpperCase()) && name !== own && !(name.toUpperCase() in variables),
  );
  const known = Object.entries(variables).filter(([, value]) => value !== null);
  return Object.fromEntries([...passed, ...known]) as Env;
}

/** Runs a command with a key in its environment. Returns the command's exit code. */
export async function exec(run: CommandRun): Promise<number> {
  const { after, runtime, report } = run;
  const [command, ...args] = after ?? [];
  if (command === undefined || command === '') {
    const what = after === null ? '-- before the command' : 'the command after --';
    throw new UsageError(`Missing: ${what}. Usage: kaltura-ks exec [profile] -- command…`, 'missing-argument');
  }
  if (runtime.secretVariables.has(KEY_VARIABLE)) {
    report.say('KALTURA_KS is already set. kaltura-ks exec replaces it for the command.');
  }
  const key = await obtainKey(run);
  const env = environment(runtime.inheritedEnv, key);
  const ending = await runtime.runChild({ command, args, env });
  if ('code' in ending) return ending.code;
  const more = ending.why === null ? '' : ` ${FIXES[ending.why]}`;
  report.say(`${sanitizeText(command, [], LONGEST_NAME)}: ${REASONS[ending.cannotStart]}.${more}`);
  return CANNOT_START[ending.cannotStart];
}
