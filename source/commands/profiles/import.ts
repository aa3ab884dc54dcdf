import { namesInFile } from '../../kaltura/accounts/variable-names.js';
import { isSameAccount } from '../../kaltura/sign-in/key-spec.js';
import { hostCaution } from '../../messages/host-caution.js';
import { notDeletedText } from '../../profiles/change-entries.js';
import { variablesIn } from '../../profiles/env-file.js';
import { countAccountLines, PRESET_CLASS, readKalcliConfig } from '../../profiles/kalcli-config.js';
import { nameProblem } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import type { ProfileSecrets } from '../../profiles/profile-secrets.js';
import { specOfProfile } from '../../profiles/profile-spec.js';
import { readProfile } from '../../profiles/record.js';
import { isSameSource } from '../../profiles/same-profile.js';
import { saveWithSecrets } from '../../profiles/save.js';
import { type ProfileStore, ProfileStoreError, profileNamed } from '../../profiles/store.js';
import { isWritable, needsConfirmation, type SecretSource, withConfirmation } from '../../secrets/source.js';
import { unsafeCharacter } from '../../terminal/text.js';
import { acceptFlags, openRisks } from '../answers/accepted-risks.js';
import { variableOf } from '../answers/answer-flags.js';
import { isConfirmedByFlag, printSource } from '../secrets/confirm-imported.js';
import { createSourceAccess } from '../secrets/source-access.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { CommandError, EXIT } from '../shared/exit-codes.js';
import { reportNameWarnings } from '../shared/find-profile.js';
import type { Report } from '../shared/report.js';
import { EXPORT_FORMAT } from './export.js';
import { reportNotImported } from './not-imported.js';

const PARTNER_NAMES = namesInFile(variableOf('partner'));

/** Says what was looked for in the file. Quotes nothing of it, because it can contain secrets. */
function unknownFormat(text: string): CommandError {
  const accounts = countAccountLines(text);
  const outside = accounts === 0 ? '' : ` Lines of the form <number> = <value> in other sections: ${accounts}.`;
  const lines = [
    'profiles of kaltura-ks profiles export: the file isn’t JSON.',
    `an .env file: it sets none of ${PARTNER_NAMES.join(', ')}.`,
    `kalcli’s config.ini: no section has the line class = ${PRESET_CLASS}.${outside}`,
  ];
  const looked = lines.map((line) => `\n  ${line}`).join('');
  return new CommandError(
    `Nothing was imported: the file has no profiles or accounts. kaltura-ks looked for:${looked}`,
  );
}

/**
 * Reads the records of an exported file. Doesn't show the parser's message, which would quote the file.
 * @throws {CommandError}
 */
function recordsIn(text: string): readonly unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    if (!text.trimStart().startsWith('{')) throw unknownFormat(text);
    throw new CommandError('The file is not complete JSON. Nothing was imported.');
  }
  const { kalturaKsProfiles: format, profiles } = (file ?? {}) as Record<string, unknown>;
  if (typeof format !== 'number' || !Array.isArray(profiles)) {
    throw new CommandError('The file was not written by kaltura-ks profiles export. Nothing was imported.');
  }
  if (format > EXPORT_FORMAT)
    throw new CommandError('The file was written by a newer version of kaltura-ks. Nothing was imported.');
  return profiles;
}

/** Names a record in messages: by its name if that is valid, else by its position. */
function labelOf(record: unknown, index: number): string {
  const name = (record as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' && nameProblem(name) === null ? `“${name}”` : `record ${index + 1}`;
}

/** Finds the first unsafe character in any text of a record; null if there is none. Not recursive, because a hostile file can be nested very deeply. */
function unsafeIn(record: unknown): string | null {
  const waiting: unknown[] = [record];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const unsafe = typeof value === 'string' ? unsafeCharacter(value) : null;
    if (unsafe !== null) return unsafe;
    if (typeof value === 'object' && value !== null) waiting.push(...Object.keys(value), ...Object.values(value));
  }
  return null;
}

/** Returns the profile without its key, or a sentence that says why the record can't be used. */
function readRecord(record: unknown): Profile | string {
  const unsafe = unsafeIn(record);
  if (unsafe !== null)
    return `The record contains an invisible or control character (${unsafe}), which could hide what the profile does.`;
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
  const reading = readProfile(isObject ? { ...record, keptKey: null, lastKeyEndedAt: null } : record);
  if (reading.kind === 'profile') return reading.profile;
  return reading.kind === 'newer' ? 'The record was written by a newer version of kaltura-ks.' : reading.why;
}

interface Imported {
  readonly profile: Profile;
  /** Sentences about the parts of the record that were not imported. */
  readonly remarks: readonly string[];
  /** Whether the secret was in a keychain or an encrypted file, which the export doesn’t contain. */
  readonly lacksSecret: boolean;
}

/** Checks whether the same source for the same account was already confirmed on this computer. */
const isConfirmedHere = (profile: Profile, before: Profile | null): boolean =>
  before !== null &&
  !needsConfirmation(before.secretSource) &&
  isSameSource(before.secretSource, profile.secretSource) &&
  isSameAccount(specOfProfile(before), specOfProfile(profile));

/** Returns the source without entry IDs: the file contains no stored secrets, and its IDs could belong to another profile. */
function importedSource(profile: Profile, before: Profile | null, flags: Flags): SecretSource {
  if (isWritable(profile.secretSource)) return { kind: 'ask' };
  return withConfirmation(profile.secretSource, isConfirmedByFlag(flags) || isConfirmedHere(profile, before));
}

/** Drops confirmations, accepted risks and stored secrets: they count only on the computer where they were made. */
function asImported(profile: Profile, before: Profile | null, flags: Flags): Imported {
  const secretSource = importedSource(profile, before, flags);
  const imported: Profile = { ...profile, secretSource, acceptedRisks: [] };
  const open = openRisks(specOfProfile(imported), []);
  const ofHost = profile.region === 'own' ? hostCaution('service URL', profile.serviceUrl) : null;
  const noun = secretSource.kind === 'variable' ? 'variable' : 'command';
  return {
    profile: imported,
    remarks: [
      ...(ofHost === null ? [] : [`caution: ${ofHost}`]),
      ...(needsConfirmation(secretSource)
        ? [
            `The ${noun} is not confirmed yet. You are asked when you first use it on a terminal; a script needs --confirm-command.`,
          ]
        : []),
      ...(profile.acceptedRisks.length > 0
        ? [`Risks accepted in the file are not accepted here: ${profile.acceptedRisks.join(', ')}.`]
        : []),
      ...(open.length > 0
        ? [`To create a key, add ${acceptFlags(open)}, or type the confirmation word in the wizard.`]
        : []),
    ],
    lacksSecret: isWritable(profile.secretSource),
  };
}

interface ImportDeps {
  readonly flags: Flags;
  readonly store: ProfileStore;
  readonly secrets: ProfileSecrets;
  readonly report: Report;
  /** What is said once after all profiles. */
  readonly hints: Set<string>;
}

const NO_SECRETS =
  'The file contains no stored secrets, so you are asked for them each time. To store a secret, save its profile again.';

async function importOne(read: Profile, { flags, store, secrets, report, hints }: ImportDeps): Promise<boolean> {
  const replace = flags['replace'] === true;
  const { profile, remarks, lacksSecret } = asImported(
    read,
    replace ? await profileNamed(read.name, store) : null,
    flags,
  );
  const hasSource = profile.secretSource.kind !== 'ask';
  // Print the source first, so that the flag never confirms a source that was not shown.
  if (hasSource && isConfirmedByFlag(flags)) printSource(profile, report);
  try {
    const notDeleted = notDeletedText(await saveWithSecrets({ profile, replace, secret: null }, { store, secrets }));
    if (notDeleted !== null) report.say(`caution: ${notDeleted}`);
    report.say(`Imported “${profile.name}”.`);
    if (hasSource && !isConfirmedByFlag(flags)) printSource(profile, report);
    for (const remark of remarks) report.say(`  ${remark}`);
    if (lacksSecret) hints.add(NO_SECRETS);
    return true;
  } catch (error) {
    if (!(error instanceof ProfileStoreError)) throw error;
    reportNotImported(profile.name, error, store, report, hints);
    return false;
  }
}

/** Checks whether the text is kalcli's `config.ini`, or an `.env` file with a partner ID. JSON is neither. */
const hasAccounts = (text: string): boolean =>
  readKalcliConfig(text) !== null ||
  (!/^\uFEFF?\s*[[{]/.test(text) && PARTNER_NAMES.some((name) => variablesIn(text).has(name)));

/** Saves the profiles of a file one by one, and names those that can't be used. */
export async function importProfiles(run: CommandRun): Promise<number> {
  const { names, flags, runtime, report } = run;
  const reading = await runtime.readText(names[0] ?? '');
  if (!reading.ok) throw new CommandError(`The file can’t be read: ${reading.why}.`, 'unreadable-input');
  if (hasAccounts(reading.text)) {
    const { importAccounts } = await import('./import-accounts.js');
    return importAccounts(reading, run);
  }
  const secrets = createSourceAccess(run);
  const store = await runtime.openStore();
  const hints = new Set<string>();
  const deps: ImportDeps = { flags, store, secrets, report, hints };
  let isWhole = true;
  for (const [index, record] of recordsIn(reading.text).entries()) {
    const profile = readRecord(record);
    if (typeof profile === 'string') {
      report.say(`Not imported: ${labelOf(record, index)}. ${profile}`);
      isWhole = false;
    } else {
      await reportNameWarnings(profile.name, profile.name, store, report);
      if (!(await importOne(profile, deps))) isWhole = false;
    }
  }
  for (const hint of hints) report.say(hint);
  return isWhole ? EXIT.ok : EXIT.failure;
}
