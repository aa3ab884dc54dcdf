import type { CommandRuntime } from './command-runtime.js';
import { EXIT } from './exit-codes.js';
import { findProfile, loadProfiles } from './find-profile.js';
import { jsonText } from './json-text.js';
import { profileFacts, profileLine, profileText, sourceLine } from './profile-text.js';
import { createReport } from './report.js';
import type { CommandCall } from './run-command.js';

export async function listProfiles({ flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const profiles = await loadProfiles(store, report);
  if (flags['json'] === true) {
    const facts = profiles.map((profile) => profileFacts(profile, store.fileOf(profile.name)));
    runtime.stdout.write(`${jsonText(facts)}\n`);
    return EXIT.ok;
  }
  if (profiles.length === 0) report.say(`no profiles are saved in ${store.folder}.`);
  const width = Math.max(0, ...profiles.map(({ name }) => name.length));
  for (const profile of profiles) {
    runtime.stdout.write(`${profile.name.padEnd(width)}  ${profileLine(profile)}, ${sourceLine(profile)}\n`);
  }
  return EXIT.ok;
}

export async function showProfile({ names, flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const profile = await findProfile(names[0] ?? '', store, report);
  const file = store.fileOf(profile.name);
  const text =
    flags['json'] === true ? jsonText(profileFacts(profile, file)) : profileText(profile, file, runtime.now() / 1000);
  runtime.stdout.write(`${text}\n`);
  return EXIT.ok;
}
