import { type ProfileStore, ProfileStoreError } from '../../profiles/store.js';
import type { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** Says why a profile was not saved. Adds the advice about --replace to `hints`, which are printed once at the end. */
export function reportNotImported(
  name: string,
  error: ProfileStoreError | UsageError,
  { folder }: ProfileStore,
  report: Report,
  hints: Set<string>,
): void {
  const isTaken = error instanceof ProfileStoreError && error.fault === 'exists';
  report.say(`Not imported: “${name}”. ${isTaken ? 'A profile with this name already exists.' : error.message}`);
  if (isTaken) hints.add(`To replace saved profiles of the same name, add --replace. They are in ${folder}.`);
}
