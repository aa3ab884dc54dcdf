import { createKeptProfiles } from '../profiles/kept-profiles.js';
import { cleanName, nameProblem, shownName } from '../profiles/profile-name.js';
import type { CommandCall } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { EXIT, UsageError } from './exit-codes.js';
import { findSavedProfile } from './find-profile.js';
import { reportNameWarnings } from './name-warnings.js';
import { createPlaceAccess } from './place-access.js';
import { createReport } from './report.js';

export async function renameProfile({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const [from = '', to = ''] = names;
  const name = cleanName(to);
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(problem);
  const store = await runtime.openStore();
  const { profile } = await findSavedProfile(from, store, report);
  await reportNameWarnings(name, profile.name, store, report);
  const secrets = createPlaceAccess(flags, runtime, report);
  await createKeptProfiles({ store, secrets }).rename(profile.name, name);
  report.say(`“${shownName(profile.name)}” is now “${name}”.`);
  return EXIT.ok;
}

export async function removeProfile({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const { profile } = await findSavedProfile(names[0] ?? '', store, report);
  const secrets = createPlaceAccess(flags, runtime, report);
  const hadSecret = await createKeptProfiles({ store, secrets }).remove(profile.name);
  const also = [...(hadSecret ? ['its secret'] : []), ...(profile.keptKey === null ? [] : ['the key kept for it'])];
  report.say(`deleted “${shownName(profile.name)}”${also.map((what) => ` and ${what}`).join('')}.`);
  return EXIT.ok;
}
