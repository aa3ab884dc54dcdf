import { nameKey, nameWarnings } from '../../profiles/name.js';
import type { ProfileStore } from '../../profiles/store.js';
import { unusableIn } from '../../profiles/store.js';
import type { Report } from '../shared/report.js';

/**
 * Warns if a new name could be mistaken for another profile's name. The new name can still be used.
 * @param own the present name of the profile, which is not compared
 * @throws {ProfileStoreError}
 */
export async function reportNameWarnings(
  name: string,
  own: string,
  store: ProfileStore,
  report: Report,
): Promise<void> {
  const { profiles, troubles } = await store.load();
  const others = [...profiles, ...unusableIn(troubles).map(({ profile }) => profile)]
    .map((profile) => profile.name)
    .filter((other) => ![name, own].some((mine) => nameKey(mine) === nameKey(other)));
  for (const warning of nameWarnings(name, others)) report.say(`caution: ${warning}`);
}
