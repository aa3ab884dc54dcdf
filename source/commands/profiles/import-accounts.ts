import { type Runtime, replaceParts, type TextReading } from '../../operations/runtime.js';
import { readKalcliConfig } from '../../profiles/kalcli-config.js';
import type { Profile } from '../../profiles/profile.js';
import { profileFor } from '../../profiles/profile-spec.js';
import { saveWithSecrets } from '../../profiles/save.js';
import { assertNameIsFree, type ProfileStore, ProfileStoreError, profileNamed } from '../../profiles/store.js';
import { isWritable, type SecretSource } from '../../secrets/source.js';
import { SecretSourceError } from '../../secrets/source-error.js';
import { SECRET_VARIABLES } from '../../secrets/variables.js';
import { variableOf } from '../answers/answer-flags.js';
import { assertComplete } from '../answers/check-spec.js';
import { readEnvFile, withValues } from '../answers/env-file-values.js';
import { InputProblems } from '../answers/input-problems.js';
import { inputWarnings } from '../answers/input-warnings.js';
import { type SourcedSpec, specFrom } from '../answers/spec-from-flags.js';
import { askChoice, canAsk } from '../secrets/hidden-prompt.js';
import { secretInVariables } from '../secrets/secret-variables.js';
import { createSourceAccess, type SourceAccess } from '../secrets/source-access.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, EXIT, UsageError } from '../shared/exit-codes.js';
import { chosenSource } from './add.js';
import { profileLine } from './list.js';
import { reportNotImported } from './not-imported.js';

/** The answers and secrets of one account, as variables. */
type Account = Pick<Runtime, 'env' | 'secretVariables'>;

type FileText = Extract<TextReading, { ok: true }>;

/** Returns a function that asks for the source of each account's secret. Offers the keychain only if it works on this computer. */
async function sourceQuestion({ runtime, report }: CommandRun): Promise<(partnerId: number) => Promise<SecretSource>> {
  const keeper = await runtime.openSecretKeeper(report.say);
  const hasKeychain = await keeper.check({ kind: 'keychain' }).then(
    () => true,
    (error) => {
      if (!(error instanceof SecretSourceError)) throw error;
      return false;
    },
  );
  if (!hasKeychain) report.say('This computer has no usable keychain.');
  report.say('“ask” stores no secret: you enter it each time. “file” stores it encrypted, with a passphrase.');
  const words = hasKeychain ? (['ask', 'keychain', 'file'] as const) : (['ask', 'file'] as const);
  return async (partnerId) => ({
    kind: await askChoice(`Where to store the secret of partner ${partnerId}?`, words, runtime),
  });
}

/** Reads the accounts of an `.env` file or of kalcli's `config.ini`. Variables of the environment don't count. */
async function accountsIn(file: FileText, { runtime, report }: CommandRun): Promise<readonly Account[]> {
  const config = readKalcliConfig(file.text);
  if (config === null) {
    // A pipe can be read only once.
    const alone = replaceParts(runtime, { env: {}, secretVariables: new Map(), readText: async () => file });
    return [withValues(await readEnvFile('', alone, report), false, alone, report)];
  }
  if (file.isOpenToOthers)
    report.say('caution: other users of this computer can read the file and its secrets (chmod 600).');
  if (!config.namesHost)
    report.say(`The file has no apiHost, so the accounts are on ${config.apiHost}, as for kalcli.`);
  for (const partnerId of config.ambiguous) {
    report.say(`caution: the file has different secrets for partner ${partnerId}. The first one is imported.`);
  }
  return config.accounts.map(({ partnerId, secret }) => ({
    env: { [variableOf('partner')]: partnerId, [variableOf('url')]: config.apiHost },
    secretVariables: new Map([[SECRET_VARIABLES.secret, secret]]),
  }));
}

/** Returns where to store the secret without a choice: as the profile that is replaced stores it. */
async function usualSource(name: string, replace: boolean, store: ProfileStore): Promise<SecretSource> {
  const before = replace ? ((await profileNamed(name, store))?.secretSource ?? null) : null;
  if (before === null) return { kind: 'ask' };
  // A new entry is written, so the ID of the old one is left out.
  return before.kind === 'keychain' || before.kind === 'file' ? { kind: before.kind } : before;
}

/** Checks the passphrase for a profile that is stored as the one before. @throws {UsageError} which says why a file is written */
function assertPassphraseOfOld(access: SourceAccess, profile: Profile): void {
  try {
    access.assertPassphrase(profile);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = 'The saved profile has its secret in such a file. To store no secret, add --store ask.';
    throw new UsageError(`${error.message} ${why}`, error.code);
  }
}

interface ImportDeps {
  readonly run: CommandRun;
  readonly store: ProfileStore;
  readonly access: SourceAccess;
  /** Where to store the secrets, as `--store` says; null without it. */
  readonly chosen: SecretSource | null;
  /** Asks where to store the secret of an account; null if the user can’t be asked. */
  readonly ask: ((partnerId: number) => Promise<SecretSource>) | null;
}

const nameFor = (partnerId: number): string => `partner-${partnerId}`;

/**
 * Saves the profile of one account.
 * @param problems what is invalid in `sourced`
 * @returns the source of its secret
 * @throws {UsageError} if the account is incomplete or invalid
 * @throws {ProfileStoreError}
 */
async function importAccount(
  account: Account,
  sourced: SourcedSpec,
  partnerId: number,
  problems: InputProblems,
  { run, store, access, chosen, ask }: ImportDeps,
): Promise<SecretSource> {
  const { flags, runtime, report } = run;
  const name = nameFor(partnerId);
  const replace = flags['replace'] === true;
  const found = secretInVariables(sourced.spec.signIn, account);
  // Checked before the question, because the answer would be of no use.
  if (ask !== null && !replace) await assertNameIsFree(name, store);
  const usual = chosen ?? (await usualSource(name, replace, store));
  const secretSource = ask === null || found === null ? usual : await ask(partnerId);
  const missingSecret =
    isWritable(secretSource) && found === null ? { what: 'the account secret', from: 'the file has none' } : null;
  assertComplete(sourced, { isForLater: true, missingSecret, problems });
  for (const text of inputWarnings(sourced)) report.say(text);
  const savedAt = Math.floor(runtime.now() / 1000);
  const profile = profileFor(sourced.spec, { name, acceptedRisks: [], secretSource, savedAt });
  if (ask === null && chosen === null) assertPassphraseOfOld(access, profile);
  else access.assertPassphrase(profile);
  const secret = isWritable(secretSource) ? (found?.secret ?? null) : null;
  await saveWithSecrets({ profile, replace, secret }, { store, secrets: access });
  report.say(`Imported “${name}”: ${profileLine(profile)}.`);
  return secretSource;
}

/**
 * Saves a profile for each account of an `.env` file or of kalcli's `config.ini`. Each is named `partner-` and its partner ID.
 * @throws {CommandError} if the file has no account
 */
export async function importAccounts(file: FileText, run: CommandRun): Promise<number> {
  const { flags, runtime, report } = run;
  const chosen = flags['store'] === undefined ? null : chosenSource(flags, runtime);
  const store = await runtime.openStore();
  const access = createSourceAccess(run);
  const ask = chosen === null && canAsk(run) ? await sourceQuestion(run) : null;
  const deps: ImportDeps = { run, store, access, chosen, ask };
  let [imported, skipped, isAsked] = [0, 0, false];
  const hints = new Set<string>();
  for (const [index, account] of (await accountsIn(file, run)).entries()) {
    const problems = new InputProblems();
    const sourced = specFrom(null, {}, account.env, problems);
    const { partnerId } = sourced.spec.signIn;
    if (partnerId === null) {
      report.say(`Not imported: account ${index + 1} of the file has no valid partner ID.`);
      skipped += 1;
      continue;
    }
    try {
      const secretSource = await importAccount(account, sourced, partnerId, problems, deps);
      imported += 1;
      isAsked ||= secretSource.kind === 'ask';
    } catch (error) {
      if (!(error instanceof ProfileStoreError || error instanceof UsageError)) throw error;
      reportNotImported(nameFor(partnerId), error, store, report, hints);
      skipped += 1;
    }
  }
  if (imported + skipped === 0) throw new CommandError('The file has no account. Nothing is imported.');
  report.say(`${imported} imported, ${skipped} not imported.`);
  for (const hint of hints) report.say(hint);
  if (imported > 0 && readKalcliConfig(file.text) !== null) {
    report.say(
      'The profiles create USER keys, unlike kalcli. For ADMIN keys: kaltura-ks profiles edit <name> --type admin',
    );
  }
  if (isAsked && ask === null) {
    report.say(
      'The secrets are not stored, so you are asked for them. To store them, import again with --replace and --store keychain or --store file.',
    );
  }
  return skipped === 0 ? EXIT.ok : EXIT.failure;
}
