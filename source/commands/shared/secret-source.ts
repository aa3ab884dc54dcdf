import { Secret } from '../../kaltura/secret.js';
import type { TypedValue } from '../../kaltura/typed-values.js';
import type { Runtime } from '../../operations/runtime.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import type { FormState } from '../../wizard/form/form.js';
import { CREDENTIALS, partnerIdOf, secretNoun, serverLabel } from '../../wizard/form/reading.js';
import type { Flags } from './command-call.js';
import { CommandError, UsageError } from './exit-codes.js';
import { askHidden, canAsk } from './hidden-prompt.js';
import { MAX_LENGTH, readStdin, tooLong } from './read-stdin.js';
import type { Report } from './report.js';

export type SecretField = 'secret' | 'password' | 'token';

/** Which secret this way to sign in takes. */
export function secretFieldOf({ method }: FormState): SecretField {
  if (method === 'login') return 'password';
  return method === 'app-token' ? 'token' : 'secret';
}

export const secretLabel = (draft: FormState): string =>
  ({ secret: secretNoun(draft), password: 'password', token: 'app token' })[secretFieldOf(draft)];

/** Where a secret came from, and what it is. */
export interface FoundSecret {
  readonly secret: Secret;
  readonly source: string;
}

/** Another place to look, between the variables and the question. */
export type SecretLookup = () => Promise<FoundSecret | null>;

const readingOf = (draft: FormState, secret: Secret): TypedValue => {
  const field = secretFieldOf(draft);
  return CREDENTIALS[field]({ ...draft, [field]: secret });
};

async function readSecretFromStdin(runtime: Runtime): Promise<Secret> {
  const secret = await readStdin('secret', '--secret-stdin', runtime);
  if (secret.length === 0)
    throw new UsageError('--secret-stdin: standard input ended without a secret.', 'missing-input');
  return secret;
}

async function readFile(path: string, runtime: Runtime, report: Report): Promise<Secret> {
  const reading = await runtime.readText(path);
  if (!reading.ok) throw new CommandError(`--secret-file cannot be read: ${reading.why}.`, 'unreadable-input');
  if (reading.isOpenToOthers)
    report.say('caution: others on this computer may read the file of --secret-file (chmod 600).');
  return new Secret(reading.text);
}

async function given(draft: FormState, flags: Flags, runtime: Runtime, report: Report): Promise<FoundSecret | null> {
  const path = flags['secret-file'];
  if (flags['secret-stdin'] === true && path !== undefined) {
    throw new UsageError('--secret-stdin and --secret-file exclude each other.', 'conflicting-options');
  }
  if (flags['secret-stdin'] === true) return { secret: await readSecretFromStdin(runtime), source: '--secret-stdin' };
  if (typeof path === 'string') return { secret: await readFile(path, runtime, report), source: '--secret-file' };
  // What is only pretended is all that practice needs; a real secret has no business there.
  const pretended = draft[secretFieldOf(draft)];
  if (draft.region === 'practice') return pretended.length === 0 ? null : { secret: pretended, source: 'practice' };
  const variable = SECRET_VARIABLES[secretFieldOf(draft)];
  const secret = runtime.secretVariables.get(variable);
  return secret === undefined ? null : { secret, source: variable };
}

async function asked(draft: FormState, runtime: Runtime, report: Report): Promise<FoundSecret> {
  const noun = secretLabel(draft);
  const whose = draft.method === 'login' ? draft.loginId.trim() : `partner ${partnerIdOf(draft) ?? ''}`;
  const question = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} of ${whose} (${serverLabel(draft)}), not shown`;
  for (;;) {
    const secret = await askHidden(question, runtime);
    const { problem, text } = readingOf(draft, secret);
    if (problem === null) {
      const typed = new Secret(text);
      report.say(`${typed.length} characters${typed.ending === '' ? '' : `, ends …${typed.ending}`}.`);
      return { secret, source: 'asked' };
    }
    report.say(problem);
  }
}

/**
 * The secret of the sign-in: from flags, variables, the profile's place, or a question, in this order.
 *
 * @throws {UsageError} where it is missing and cannot be asked
 */
export async function findSecret(
  draft: FormState,
  flags: Flags,
  runtime: Runtime,
  report: Report,
  lookup: SecretLookup,
): Promise<FoundSecret> {
  const found = (await given(draft, flags, runtime, report)) ?? (await lookup());
  if (found === null) {
    if (flags['input'] !== false && canAsk(runtime)) return asked(draft, runtime, report);
    const variable = SECRET_VARIABLES[secretFieldOf(draft)];
    throw new UsageError(
      `missing: the ${secretLabel(draft)} (--secret-stdin, --secret-file or ${variable}); it cannot be asked ${flags['input'] === false ? 'with --no-input' : 'without a terminal'}.`,
      'missing-input',
    );
  }
  if (found.secret.length > MAX_LENGTH.secret) throw tooLong(found.source, 'secret');
  const { problem, warning } = readingOf(draft, found.secret);
  if (problem !== null) throw new UsageError(`${found.source}: ${problem}`);
  if (warning !== null) report.say(`caution: ${found.source}: ${warning}`);
  return found;
}
