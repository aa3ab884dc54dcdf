import { cleanName, nameKey, nameProblem } from '../profiles/profile-name.js';
import type { ProfileStore } from '../profiles/profile-store.js';
import type { CommandRuntime } from './command-runtime.js';
import { EXIT, UsageError } from './exit-codes.js';
import { findProfile } from './find-profile.js';
import { moveSecrets, removeSecrets } from './profile-secret.js';
import { createReport } from './report.js';
import type { CommandCall } from './run-command.js';

const isTaken = async (name: string, store: ProfileStore): Promise<boolean> =>
  (await store.load()).profiles.some((profile) => nameKey(profile.name) === nameKey(name));

export async function renameProfile({ names }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const [from = '', to = ''] = names;
  const name = cleanName(to);
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(problem);
  const store = await runtime.openStore();
  const profile = await findProfile(from, store, report);
  // Nothing is moved for a name that is taken.
  const isFree = nameKey(name) === nameKey(profile.name) || !(await isTaken(name, store));
  if (isFree) await moveSecrets(profile, name, runtime, report);
  await store.rename(profile.name, name);
  report.say(`“${profile.name}” is now “${name}”.`);
  return EXIT.ok;
}

export async function removeProfile({ names }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const profile = await findProfile(names[0] ?? '', store, report);
  // First the secrets: without its profile, nothing would lead to them.
  const hadSecret = await removeSecrets(profile, runtime, report);
  await store.remove(profile.name);
  const also = [...(hadSecret ? ['its secret'] : []), ...(profile.keptKey === null ? [] : ['the key kept for it'])];
  report.say(`deleted “${profile.name}”${also.map((what) => ` and ${what}`).join('')}.`);
  return EXIT.ok;
}
