import { nameKey, shownName } from '../../profiles/name.js';
import type { Profile } from '../../profiles/profile.js';
import { writeProfile } from '../../profiles/record.js';
import { withoutEntries } from '../../secrets/source.js';
import type { CommandRun } from '../shared/command-call.js';
import { CommandError, EXIT } from '../shared/exit-codes.js';
import { loadSaved, refuseKeyAsName } from '../shared/find-profile.js';
import { jsonText } from '../shared/report.js';

/** The version of the file format. */
export const EXPORT_FORMAT = 1;

/** Returns the record without the key and without references to local secrets, because exported files are passed on. */
const exported = (profile: Profile): Record<string, unknown> =>
  writeProfile({
    ...profile,
    secretSource: withoutEntries(profile.secretSource),
    savedKey: null,
    lastKeyEndedAt: null,
  });

export async function exportProfiles({ names, runtime, report }: CommandRun): Promise<number> {
  const { profiles, unusable } = await loadSaved(await runtime.openStore(), report);
  const requested = names.map(nameKey);
  for (const { profile, why, fix } of unusable) {
    const isNamed = [profile.name, shownName(profile.name)].some((name) => requested.includes(nameKey(name)));
    const problem = `The profile “${shownName(profile.name)}” can’t be exported. ${why} ${fix}`;
    if (isNamed) throw new CommandError(`Nothing was exported: ${problem}`);
    if (requested.length === 0) report.say(problem);
  }
  const chosen = profiles.filter(({ name }) => requested.length === 0 || requested.includes(nameKey(name)));
  const found = new Set(chosen.map(({ name }) => nameKey(name)));
  const missing = requested.findIndex((key) => !found.has(key));
  if (missing !== -1) {
    await refuseKeyAsName(names[missing] ?? '');
    throw new CommandError(
      `Nothing was exported: no saved profile has the name in argument ${missing + 1}.`,
      'profile-not-found',
    );
  }
  const file = { kalturaKsProfiles: EXPORT_FORMAT, profiles: chosen.map(exported) };
  runtime.stdout.write(`${jsonText(file)}\n`);
  return EXIT.ok;
}
