import { Secret } from '../../kaltura/secret.js';
import type { KeySpec } from '../../kaltura/sign-in/key-spec.js';
import { readSecretFor } from '../../kaltura/typed-values.js';
import { lowerFirst } from '../../messages/paragraph.js';
import type { Runtime } from '../../operations/runtime.js';
import { notDeletedText } from '../../profiles/change-entries.js';
import type { Profile } from '../../profiles/profile.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { saveWithSecrets } from '../../profiles/save.js';
import { assertNameIsFree } from '../../profiles/store.js';
import { splitCommandLine } from '../../secrets/command-line.js';
import { commandProblem, isWritable, type SecretSource, variableProblem } from '../../secrets/source.js';
import { acceptedRiskIds, acceptFlags, openRisks } from '../answers/accepted-risks.js';
import { assertComplete } from '../answers/check-spec.js';
import { InputProblems } from '../answers/input-problems.js';
import { inputWarnings, reachWarnings } from '../answers/input-warnings.js';
import { assertTakesKey, chosenRecipe } from '../answers/recipe-flags.js';
import { specFrom } from '../answers/spec-from-flags.js';
import { notStoredText } from '../secrets/not-stored.js';
import { findSecret, missingSecret } from '../secrets/secret-source.js';
import { createSourceAccess } from '../secrets/source-access.js';
import { type CommandRun, type Flags, hasSecretFlag } from '../shared/command-call.js';
import { EXIT, UsageError } from '../shared/exit-codes.js';
import { newName, reportNameWarnings } from '../shared/find-profile.js';
import { listLine } from './list.js';

const FLAGS = ['store', 'from-command', 'from-shell', 'from-variable'] as const;

function commandSource(line: string, isWindows: boolean): SecretSource {
  const split = splitCommandLine(line, isWindows);
  switch (split.kind) {
    case 'command':
      return { kind: 'command', command: split.command, usesShell: false, isConfirmed: true };
    case 'empty':
      throw new UsageError('--from-command needs a command.');
    case 'open-quote':
      throw new UsageError('--from-command has an unclosed quote or a backslash at the end.');
    case 'needs-shell':
      throw new UsageError(`--from-command runs without a shell, but ${split.sign} needs one: use --from-shell.`);
  }
}

function readSource(flag: (typeof FLAGS)[number], value: string, isWindows: boolean): SecretSource {
  switch (flag) {
    case 'store':
      if (value === 'ask' || value === 'keychain' || value === 'file') return { kind: value };
      throw new UsageError('--store must be ask, keychain or file.');
    case 'from-command':
      return commandSource(value, isWindows);
    case 'from-shell':
      return { kind: 'command', command: [value], usesShell: true, isConfirmed: true };
    case 'from-variable':
      return { kind: 'variable', name: value, isConfirmed: true };
  }
}

/**
 * Reads the secret source from flags; without any, the secret is asked for each time.
 * @throws {UsageError}
 */
export function chosenSource(flags: Flags, { isWindows }: Pick<Runtime, 'isWindows'>): SecretSource {
  const given = FLAGS.flatMap((flag) => {
    const value = flags[flag];
    return typeof value === 'string' ? [{ flag, value }] : [];
  });
  const [first, second] = given;
  if (first === undefined) return { kind: 'ask' };
  if (second !== undefined)
    throw new UsageError(`Use --${first.flag} or --${second.flag}, not both.`, 'conflicting-options');
  const source = readSource(first.flag, first.value, isWindows);
  const problem =
    source.kind === 'command'
      ? commandProblem(source.command, source.usesShell)
      : source.kind === 'variable'
        ? variableProblem(source.name)
        : null;
  if (problem !== null) throw new UsageError(`--${first.flag}: ${problem}`);
  return source;
}

/**
 * Checks that a given secret will be stored.
 * @throws {UsageError}
 */
function assertStoresSecret(secretSource: SecretSource, flags: Flags): void {
  if (isWritable(secretSource) || !hasSecretFlag(flags)) return;
  throw new UsageError('A secret is stored only with --store keychain or --store file.', 'conflicting-options');
}

/** Returns the secret to store. Checks and names its source first. */
async function secretToStore({ name, secretSource }: Profile, spec: KeySpec, run: CommandRun): Promise<Secret> {
  const { report } = run;
  const keeper = await run.runtime.openSecretKeeper(report.say);
  await keeper.check(secretSource);
  const description = keeper.describe(secretSource, { profile: name, what: 'secret', entry: null });
  report.say(`The secret is stored ${lowerFirst(description)}`);
  const { secret } = await findSecret(spec, run);
  return new Secret(readSecretFor(spec.signIn.method, secret).text);
}

/** Saves a profile, as the wizard does from its review. */
export async function addProfile(run: CommandRun): Promise<number> {
  const { names, flags, runtime, report } = run;
  const problems = new InputProblems();
  const name = problems.collect(() => newName(names[0] ?? ''), '');
  const chosen = problems.collect(() => chosenSource(flags, runtime), null);
  const secretSource: SecretSource = chosen ?? { kind: 'ask' };
  const acceptedRisks = problems.collect(() => acceptedRiskIds(flags), []);
  if (chosen !== null) problems.collect(() => assertStoresSecret(chosen, flags), undefined);
  const recipe = await chosenRecipe(flags, null);
  assertTakesKey(recipe);
  const sourced = specFrom(null, flags, runtime.env, problems, recipe);
  const { spec } = sourced;
  const ofSecret = isWritable(secretSource) ? missingSecret(spec, run, false) : null;
  assertComplete(sourced, { isForLater: true, missingSecret: ofSecret, problems });
  const open = openRisks(spec, acceptedRisks);
  for (const text of inputWarnings(sourced)) report.say(text);
  const store = await runtime.openStore();
  const savedAt = Math.floor(runtime.now() / 1000);
  const use = recipe === null ? null : { id: recipe.recipe.id, values: recipe.values };
  const profile = profileFor(spec, { name, acceptedRisks, secretSource, savedAt, recipe: use });
  const replace = flags['replace'] === true;
  if (!replace) await assertNameIsFree(name, store);
  await reportNameWarnings(name, name, store, report);
  const access = createSourceAccess(run);
  access.assertPassphrase(profile);
  const secret = isWritable(secretSource) ? await secretToStore(profile, spec, run) : null;
  const outcome = await saveWithSecrets({ profile, replace, secret }, { store, secrets: access });
  report.say(`Saved in ${store.fileOf(name)}.`);
  report.say(listLine(profile));
  for (const text of reachWarnings(sourced)) report.say(text);
  if (secretSource.kind === 'ask' && flags['dotenv'] !== undefined && spec.region !== 'practice')
    report.say(notStoredText({ what: 'secret', provide: 'Give --dotenv with', store: '--replace' }));
  const notDeleted = notDeletedText(outcome);
  if (notDeleted !== null) report.say(`caution: ${notDeleted}`);
  if (open.length > 0) report.say(`Each new key of this profile needs ${acceptFlags(open)}.`);
  return EXIT.ok;
}
