import { isSecretFilledIn } from '../../kaltura/accounts/practice-account.js';
import { serverLabel } from '../../kaltura/accounts/regions.js';
import { Secret } from '../../kaltura/secret.js';
import type { KeySpec, SignInMethod } from '../../kaltura/sign-in/key-spec.js';
import { readSecretFor, SECRET_NOUNS } from '../../kaltura/typed-values.js';
import { upperFirst } from '../../messages/paragraph.js';
import type { Runtime } from '../../operations/runtime.js';
import { PRACTICE_ACCOUNT } from '../../practice/practice-account.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { flagOf } from '../answers/answer-flags.js';
import { type CommandRun, type Flags, hasSecretFlag } from '../shared/command-call.js';
import { CommandError, UsageError } from '../shared/exit-codes.js';
import { type MissingValue, missing } from '../shared/missing.js';
import { MAX_LENGTH, readStdin, tooLong } from '../shared/read-stdin.js';
import { askHidden, canAsk } from './hidden-prompt.js';
import { secretInVariables, secretVariableFor } from './secret-variables.js';

/** The sign-in whose secret is needed, and its server. */
interface SignInTarget extends Pick<KeySpec, 'region' | 'serviceUrl' | 'signIn'> {
  /** False if no server was given, because nothing is sent. */
  readonly hasServer?: boolean;
}

/** Returns the public secret of the practice account; null for another app token. */
function practiceSecret({ signIn }: SignInTarget): Secret | null {
  const { secret, password, token } = PRACTICE_ACCOUNT;
  if (signIn.method === 'login') return password;
  if (signIn.method !== 'app-token') return secret;
  return isSecretFilledIn(signIn.method, signIn.tokenId) ? token : null;
}

/** By its name, KALTURA_SECRET can be either secret (docs/kaltura-products.md 3). The user secret signs no key and makes no ADMIN key. */
const ASSUMED_SECRET = `${SECRET_VARIABLES.secret} is used as the Administrator Secret. The User Secret works only for USER keys that the server creates.`;

/** A secret and its source. */
export interface FoundSecret {
  readonly secret: Secret;
  readonly source: string;
}

async function readSecretFromStdin(runtime: Runtime): Promise<Secret> {
  const secret = await readStdin('secret', '--secret-stdin', runtime);
  if (secret.length === 0)
    throw new UsageError('--secret-stdin: standard input was empty: expected a secret.', 'missing-input');
  return secret;
}

async function readFile(path: string, { runtime, report }: CommandRun): Promise<Secret> {
  const reading = await runtime.readText(path);
  if (!reading.ok) throw new CommandError(`--secret-file can’t be read: ${reading.why}.`, 'unreadable-input');
  if (reading.isOpenToOthers)
    report.say('caution: other users of this computer may read the file of --secret-file. To prevent that: chmod 600.');
  return new Secret(reading.text);
}

async function given(target: SignInTarget, run: CommandRun): Promise<FoundSecret | null> {
  const { flags, runtime, report } = run;
  const path = flags['secret-file'];
  if (flags['secret-stdin'] === true && path !== undefined) {
    throw new UsageError('Use --secret-stdin or --secret-file, not both.', 'conflicting-options');
  }
  if (flags['secret-stdin'] === true) return { secret: await readSecretFromStdin(runtime), source: '--secret-stdin' };
  if (typeof path === 'string') return { secret: await readFile(path, run), source: '--secret-file' };
  // Practice uses only its public secret; a real one is never accepted there.
  const found = secretInVariables(target.signIn, runtime);
  if (target.region === 'practice') {
    const known = practiceSecret(target);
    if (known === null) return found;
    if (found !== null && !found.secret.equals(known)) {
      report.say(
        `caution: ${found.source} is not used: practice accounts have a public ${SECRET_NOUNS[target.signIn.method]}.`,
      );
    }
    return { secret: known, source: 'practice' };
  }
  if (found?.source === SECRET_VARIABLES.secret) report.detail(ASSUMED_SECRET);
  return found;
}

async function asked(target: SignInTarget, { runtime, report }: CommandRun): Promise<FoundSecret> {
  const { signIn } = target;
  const noun = SECRET_NOUNS[signIn.method];
  const owner = signIn.method === 'login' ? signIn.loginId : `partner ${signIn.partnerId ?? ''}`;
  const server = target.hasServer === false ? '' : ` (${serverLabel(target)})`;
  const question = `${upperFirst(noun)} of ${owner}${server}, not shown`;
  for (;;) {
    const secret = await askHidden(question, runtime);
    const { problem, text } = readSecretFor(signIn.method, secret);
    if (problem === null) {
      const typed = new Secret(text);
      report.say(`${typed.length} characters${typed.ending === '' ? '' : `, ends in …${typed.ending}`}.`);
      return { secret, source: 'asked' };
    }
    report.say(problem);
  }
}

/** Names only the options that the command has. `flags` has an entry for each option of the command, even if it wasn't typed. */
function secretValue(method: SignInMethod, flags: Flags): MissingValue {
  const options = ['secret-stdin', 'secret-file'].filter((name) => name in flags).map(flagOf);
  const from = [options.join(', '), secretVariableFor(method)].filter((text) => text !== '').join(' or ');
  return { what: `the ${SECRET_NOUNS[method]}`, from };
}

/** Says how to give the secret of the sign-in; null if it is given, saved with the profile, public, or can be asked for. */
export function missingSecret(target: SignInTarget, run: CommandRun, isSaved: boolean): MissingValue | null {
  const { flags, runtime } = run;
  const { method } = target.signIn;
  const isKnown =
    hasSecretFlag(flags) ||
    isSaved ||
    (target.region === 'practice' && practiceSecret(target) !== null) ||
    secretInVariables(target.signIn, runtime) !== null;
  if (isKnown || canAsk(run)) return null;
  return secretValue(method, flags);
}

/**
 * Finds the secret of the sign-in: from flags, variables, the profile's source, or a prompt, in this order.
 * @param lookup looks it up at the profile's source
 * @throws {UsageError} if it is missing and the user can't be asked
 */
export async function findSecret(
  target: SignInTarget,
  run: CommandRun,
  lookup: () => Promise<FoundSecret | null> = async () => null,
): Promise<FoundSecret> {
  const { method } = target.signIn;
  const found = (await given(target, run)) ?? (await lookup());
  if (found === null) {
    if (canAsk(run)) return asked(target, run);
    throw missing([secretValue(method, run.flags)], {
      more: `kaltura-ks can’t ask for it ${run.flags['input'] === false ? 'with --no-input' : 'without a terminal'}.`,
    });
  }
  if (found.secret.length > MAX_LENGTH.secret) throw tooLong(found.source, 'secret');
  const { problem, warning } = readSecretFor(method, found.secret);
  if (problem !== null) throw new UsageError(`${found.source}: ${problem}`);
  if (warning !== null) run.report.say(`caution: ${found.source}: ${warning}`);
  return found;
}
