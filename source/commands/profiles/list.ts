import type { Runtime } from '../../operations/runtime.js';
import { shownName } from '../../profiles/name.js';
import type { CommandCall } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { findSavedProfile, loadSaved } from '../shared/find-profile.js';
import { createReport, jsonText } from '../shared/report.js';
import {
  profileFacts,
  profileLine,
  profileText,
  sourceLine,
  unusableFacts,
  unusableLine,
  unusableText,
} from './text.js';

export async function listProfiles({ flags }: CommandCall, runtime: Runtime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const { profiles, unusable } = await loadSaved(store, report);
  if (flags['json'] === true) {
    const facts = [
      ...profiles.map((profile) => profileFacts(profile, store.fileOf(profile.name))),
      ...unusable.map(({ profile, file, ...problem }) => unusableFacts(profile, problem, file)),
    ];
    runtime.stdout.write(`${jsonText(facts)}\n`);
    return EXIT.ok;
  }
  const rows = [
    ...profiles.map((profile) => ({ name: profile.name, line: `${profileLine(profile)}, ${sourceLine(profile)}` })),
    ...unusable.map(({ profile, ...problem }) => ({ name: shownName(profile.name), line: unusableLine(problem) })),
  ];
  if (rows.length === 0) report.say(`no profiles are saved in ${store.folder}.`);
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  for (const { name, line } of rows) runtime.stdout.write(`${name.padEnd(width)}  ${line}\n`);
  return EXIT.ok;
}

export async function showProfile({ names, flags }: CommandCall, runtime: Runtime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const store = await runtime.openStore();
  const { profile, problem } = await findSavedProfile(names[0] ?? '', store, report);
  const file = store.fileOf(profile.name);
  const now = runtime.now() / 1000;
  if (flags['json'] === true) {
    const facts = problem === null ? profileFacts(profile, file) : unusableFacts(profile, problem, file);
    runtime.stdout.write(`${jsonText(facts)}\n`);
  } else {
    const text = problem === null ? profileText(profile, file, now) : unusableText(profile, problem, file, now);
    runtime.stdout.write(`${text}\n`);
  }
  return EXIT.ok;
}
