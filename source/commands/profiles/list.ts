import { regionLabel } from '../../kaltura/accounts/regions.js';
import { spelledOut } from '../../kaltura/invisible-characters.js';
import { formatLifetime, formatTimeDifference } from '../../kaltura/lifetime.js';
import { nameKey, shownName } from '../../profiles/name.js';
import type { ProfileProblem } from '../../profiles/problem.js';
import { PRACTICE_SECRET_TEXT, type Profile, savedKeyExpiry, usesPracticeSecret } from '../../profiles/profile.js';
import { sourceText } from '../../secrets/describe.js';
import { withoutEntries } from '../../secrets/source.js';
import { padTo, widestOf } from '../../terminal/width.js';
import type { CommandRun } from '../shared/command-call.js';
import { EXIT } from '../shared/exit-codes.js';
import { findSavedProfile, loadSaved } from '../shared/find-profile.js';
import { jsonText, printResult } from '../shared/report.js';
import { wrapProse } from '../shared/wrap-prose.js';

/** Returns `EU` or `practice`, or the URL of a self-hosted server. */
const whereText = (profile: Profile): string =>
  profile.region === 'own' ? profile.serviceUrl : regionLabel(profile.region);

/** Describes a profile's keys in one line. */
export function profileLine(profile: Profile): string {
  const account = profile.partnerId === null ? (profile.loginId ?? '') : `partner ${profile.partnerId}`;
  const type = profile.method === 'login' ? 'type by login' : profile.type;
  return [whereText(profile), account, type, formatLifetime(profile.lifetime), profile.privileges]
    .filter((part) => part !== '')
    .join(', ');
}

/** Names the secret source. The practice server's own secret is filled in. */
const secretText = (profile: Profile, isBrief: boolean): string =>
  usesPracticeSecret(profile) ? PRACTICE_SECRET_TEXT : sourceText(profile.secretSource, isBrief);

/** Names the secret source briefly. */
export const sourceLine = (profile: Profile): string => `secret: ${secretText(profile, true)}`;

/** Describes a profile in one line, with its name. */
export const listLine = (profile: Profile): string =>
  `${shownName(profile.name)}  ${profileLine(profile)}, ${sourceLine(profile)}`;

/** Describes the saved key. `now` is in epoch seconds. */
export function savedKeyText(profile: Profile, now: number): string {
  const end = savedKeyExpiry(profile);
  if (end !== null) return `saved key, expires ${formatTimeDifference(end, now)}`;
  return profile.lastKeyEndedAt === null
    ? 'no saved key'
    : `no saved key (the last one ended ${formatTimeDifference(profile.lastKeyEndedAt, now)})`;
}

/** Returns all fields of a profile except the key, for JSON. */
export function profileFacts(profile: Profile, file: string): Record<string, unknown> {
  const { savedKey: _key, lastKeyEndedAt: _end, secretSource, savedAt, ...rest } = profile;
  return {
    ...rest,
    secretPlace: withoutEntries(secretSource),
    savedAt,
    keptKeyEndsAt: savedKeyExpiry(profile),
    file,
  };
}

/** Describes an unusable profile for JSON, without fields that a program could use by mistake. */
export const unusableFacts = (
  profile: Profile,
  { why, fix }: ProfileProblem,
  file: string,
): Record<string, unknown> => ({ name: shownName(profile.name), isUsable: false, why, fix, file });

export const unusableLine = ({ why, fix }: ProfileProblem): string => `can’t be used. ${why} ${fix}`;

/** Like `profileText`, for an unusable profile: the reason comes first. `now` in epoch seconds. */
export function unusableText(profile: Profile, { why, fix }: ProfileProblem, file: string, now: number): string {
  return [
    `${padTo('Problem', 12)}${why}`,
    `${padTo('Fix', 12)}${fix}`,
    spelledOutLines(profileText(profile, file, now)),
  ].join('\n');
}

const spelledOutLines = (text: string): string => text.split('\n').map(spelledOut).join('\n');

/** Returns the recipe of a profile with its values: `play-entry (entry 0_abc12345)`; null without one. */
function recipeText({ recipe }: Profile): string | null {
  if (recipe === null) return null;
  const values = Object.entries(recipe.values).map(([name, value]) => `${name} ${value}`);
  return values.length === 0 ? recipe.id : `${recipe.id} (${values.join(', ')})`;
}

/** Formats all fields of a profile except the key. `now` is in epoch seconds. */
export function profileText(profile: Profile, file: string, now: number): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Name', profile.name],
    ['Server', `${regionLabel(profile.region)}  ${profile.serviceUrl}`],
    ['Sign-in', profile.method === 'local' ? `local, version ${profile.ksVersion}` : profile.method],
    ['Partner ID', profile.partnerId === null ? null : String(profile.partnerId)],
    ['Login', profile.loginId],
    ['App token', profile.tokenId],
    ['Recipe', recipeText(profile)],
    ['Holder', profile.holder],
    ['Type', profile.method === 'login' ? 'the login decides' : profile.type],
    ['User ID', profile.userId === '' ? null : profile.userId],
    ['Lifetime', formatLifetime(profile.lifetime)],
    ['Privileges', profile.privileges === '' ? '(none)' : profile.privileges],
    ['Accepted', profile.acceptedRisks.length === 0 ? null : profile.acceptedRisks.join(', ')],
    ['Secret', secretText(profile, false)],
    ['Key', savedKeyText(profile, now)],
    ['File', file],
  ];
  return rows
    .filter((row): row is readonly [string, string] => row[1] !== null)
    .map(([label, value]) => `${padTo(label, 12)}${value}`)
    .join('\n');
}

export async function listProfiles({ flags, runtime, report }: CommandRun): Promise<number> {
  const store = await runtime.openStore();
  const { profiles, unusable } = await loadSaved(store, report);
  const defaultName = await store.defaultName();
  const isDefault = ({ name }: Profile): boolean => defaultName !== null && nameKey(name) === nameKey(defaultName);
  if (flags['json'] === true) {
    const facts = [
      ...profiles.map((profile) => ({
        ...profileFacts(profile, store.fileOf(profile.name)),
        isDefault: isDefault(profile),
      })),
      ...unusable.map(({ profile, file, ...problem }) => unusableFacts(profile, problem, file)),
    ];
    runtime.stdout.write(`${jsonText(facts)}\n`);
    return EXIT.ok;
  }
  const rows = [
    ...profiles.map((profile) => ({
      name: profile.name,
      line: `${profileLine(profile)}, ${sourceLine(profile)}${isDefault(profile) ? ' (default)' : ''}`,
    })),
    ...unusable.map(({ profile, ...problem }) => ({ name: shownName(profile.name), line: unusableLine(problem) })),
  ];
  if (rows.length === 0) report.say(`No profiles are saved in ${store.folder}.`);
  const width = widestOf(rows.map(({ name }) => name));
  const text = rows.map(({ name, line }) => `${padTo(name, width)}  ${line}\n`).join('');
  runtime.stdout.write(wrapProse(text, runtime.stdout));
  return EXIT.ok;
}

export async function showProfile({ names, flags, runtime, report }: CommandRun): Promise<number> {
  const store = await runtime.openStore();
  const { profile, problem } = await findSavedProfile(names[0] ?? '', store, report);
  const file = store.fileOf(profile.name);
  const now = runtime.now() / 1000;
  const facts = problem === null ? profileFacts(profile, file) : unusableFacts(profile, problem, file);
  const text = problem === null ? profileText(profile, file, now) : unusableText(profile, problem, file, now);
  printResult(facts, [text], { flags, runtime });
  return EXIT.ok;
}
