import type { Runtime } from '../../operations/runtime.js';
import { variablesIn } from '../../profiles/env-file.js';
import type { Flags } from '../shared/command-call.js';
import { type ReportedFix, UsageError } from '../shared/exit-codes.js';
import { profileNamesText } from '../shared/find-profile.js';
import { READ_NAMES } from './env-file-values.js';

const FILE = '.env';

/** Adds a hint to an error about missing values, if the folder has an `.env` file with Kaltura’s names that was not read. */
export async function withEnvFileHint(
  error: UsageError,
  flags: Flags,
  hasProfile: boolean,
  runtime: Runtime,
): Promise<UsageError> {
  // With a profile, a file is not suggested, because that of another account is refused.
  if (flags['dotenv'] !== undefined || hasProfile) return error;
  const reading = await runtime.readText(FILE);
  if (!reading.ok) return error;
  const variables = variablesIn(reading.text);
  if (!READ_NAMES.some((name) => variables.has(name))) return error;
  const fix = { action: 'add-option', text: `Read the file ${FILE}`, option: `--dotenv ${FILE}` };
  return withLine(error, `This folder has a file ${FILE}. To read it, add ${fix.option}.`, [fix]);
}

/** Adds the names of the saved profiles to an error about a missing account. */
export async function withProfileHint(error: UsageError, hasProfile: boolean, runtime: Runtime): Promise<UsageError> {
  if (hasProfile) return error;
  const needsAccount = error.details.fixes?.some(({ option }) => option === '--region' || option === '--partner');
  if (needsAccount !== true) return error;
  const { profiles } = await (await runtime.openStore()).load();
  if (profiles.length === 0) return error;
  const text = `Or name a saved profile as the first argument: ${profileNamesText(profiles)}. To set a default: kaltura-ks profiles default <name>`;
  return withLine(error, text);
}

/** Adds a line that is not a cause of the error, and fixes. */
function withLine(error: UsageError, line: string, fixes: readonly ReportedFix[] = []): UsageError {
  const [headline = '', ...causes] = error.message.split('\n');
  const details = { headline, causes, ...error.details, fixes: [...(error.details.fixes ?? []), ...fixes] };
  return new UsageError(`${error.message}\n${line}`, error.code, details);
}
