import { type ProfileStore, ProfileStoreError } from '../../profiles/store.js';
import type { UsageError } from '../shared/exit-codes.js';
import type { Report } from '../shared/report.js';

/** Says why a profile was not saved. Keeps for the end what is the same for each profile whose name is taken. */
export function reportNotImported(
  name: string,
  error: ProfileStoreError | UsageError,
  { folder }: ProfileStore,
  report: Report,
  hints: Set<string>,
): void {
  const isTaken = error instanceof ProfileStoreError && error.fault === 'exists';
  report.say(`Not imported: “${name}”. ${isTaken ? 'A profile of this name is saved.' : error.message}`);
  if (isTaken) hints.add(`To replace saved profiles of the same name, add --replace. They are in ${folder}.`);
}
