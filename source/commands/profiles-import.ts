import { createKeptProfiles, type KeptProfiles } from '../profiles/kept-profiles.js';
import type { Profile } from '../profiles/profile.js';
import { nameProblem } from '../profiles/profile-name.js';
import { readProfile } from '../profiles/profile-record.js';
import { ProfileStoreError } from '../profiles/profile-store.js';
import { SecretPlaceError } from '../profiles/secret-place-error.js';
import type { CommandRuntime } from './command-runtime.js';
import { CommandError, EXIT } from './exit-codes.js';
import { createPlaceAccess } from './place-access.js';
import { describePlaceOf } from './profile-secret.js';
import { EXPORT_FORMAT } from './profiles-export.js';
import { createReport, type Report } from './report.js';
import type { CommandCall } from './run-command.js';

/** The records of a file that `profiles export` wrote. A parser's own message would quote the file. @throws {CommandError} */
function recordsIn(text: string): readonly unknown[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new CommandError('the file is not JSON, or only a part of it. Nothing is imported.');
  }
  const { kalturaKsProfiles: format, profiles } = (file ?? {}) as Record<string, unknown>;
  if (typeof format !== 'number' || !Array.isArray(profiles)) {
    throw new CommandError('the file was not written by kaltura-ks profiles export. Nothing is imported.');
  }
  if (format > EXPORT_FORMAT) throw new CommandError('the file was written by a newer version. Nothing is imported.');
  return profiles;
}

/** How a record is called to the person: by its name where it can be a name, else by its place. */
function labelOf(record: unknown, index: number): string {
  const name = (record as { readonly name?: unknown } | null)?.name;
  return typeof name === 'string' && nameProblem(name) === null ? `“${name}”` : `record ${index + 1}`;
}

/** A profile as it is imported: never with a key, whatever the file says. */
function readRecord(record: unknown): Profile | string {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
  const reading = readProfile(isObject ? { ...record, keptKey: null, lastKeyEndedAt: null } : record);
  if (reading.kind === 'profile') return reading.profile;
  return reading.kind === 'newer' ? 'It was written by a newer version.' : reading.why;
}

/** What a profile from elsewhere brings along that one should know of. */
async function remarks(profile: Profile, runtime: CommandRuntime): Promise<string> {
  const { acceptedRisks, secretPlace } = profile;
  const risks = acceptedRisks.length === 0 ? '' : ` Accepted with it: ${acceptedRisks.join(', ')}.`;
  return secretPlace.kind === 'ask' ? risks : `${risks} Its secret: ${await describePlaceOf(profile, runtime)}`;
}

async function importOne(
  profile: Profile,
  replace: boolean,
  kept: KeptProfiles,
  runtime: CommandRuntime,
  report: Report,
): Promise<boolean> {
  try {
    await kept.save({ profile, replace, secret: null });
    report.say(`imported “${profile.name}”.${await remarks(profile, runtime)}`);
    return true;
  } catch (error) {
    if (error instanceof SecretPlaceError) {
      report.say(
        `imported “${profile.name}” to ask for its secret: what is stored for the former one cannot be removed. ${error.message} ${error.remedy}`,
      );
      return false;
    }
    if (!(error instanceof ProfileStoreError)) throw error;
    const hint = error.fault === 'exists' ? ' Replace it with --replace.' : '';
    report.say(`not imported: ${error.message}${hint}`);
    return false;
  }
}

/** Saves the profiles of a file: each record by itself, and those that cannot be used are named. */
export async function importProfiles({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const reading = await runtime.readText(names[0] ?? '');
  if (!reading.ok) throw new CommandError(`the file cannot be read: ${reading.why}.`);
  const secrets = createPlaceAccess(flags, runtime, report);
  const kept = createKeptProfiles({ store: await runtime.openStore(), secrets });
  let isWhole = true;
  for (const [index, record] of recordsIn(reading.text).entries()) {
    const profile = readRecord(record);
    if (typeof profile === 'string') {
      report.say(`not imported: ${labelOf(record, index)}. ${profile}`);
      isWhole = false;
    } else if (!(await importOne(profile, flags['replace'] === true, kept, runtime, report))) isWhole = false;
  }
  return isWhole ? EXIT.ok : EXIT.failure;
}
