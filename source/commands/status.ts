import { keptKeyEnd, type Profile } from '../profiles/profile.js';
import { shownName } from '../profiles/profile-name.js';
import type { ProfileProblem } from '../profiles/profile-problem.js';
import { SECRET_VARIABLES } from '../profiles/secret-variables.js';
import { ANSWER_FLAGS, PROFILE_VARIABLE, variableOf } from './answer-flags.js';
import type { CommandCall } from './command-call.js';
import type { CommandRuntime } from './command-runtime.js';
import { EXIT } from './exit-codes.js';
import { loadSaved } from './find-profile.js';
import { jsonText } from './json-text.js';
import { secondsOf } from './kept-key.js';
import { describePlaceOf } from './profile-secret.js';
import { keptKeyText, profileLine, unusableLine } from './profile-text.js';
import { createReport } from './report.js';
import { type Check, checkClipboard, checkClocks, checkKeychain, checkProxy, checkTerminal } from './status-checks.js';

/** Seconds. */
const DEFAULT_TIMEOUT = 5;

const OURS = [
  PROFILE_VARIABLE,
  ...ANSWER_FLAGS.map(({ name }) => variableOf(name)),
  ...Object.values(SECRET_VARIABLES),
];

const OF_THE_NETWORK = [
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
];

interface ProfileStatus {
  readonly name: string;
  readonly makes: string;
  readonly secret: string;
  readonly key: string;
  /** Epoch seconds. */
  readonly keyEndsAt: number | null;
}

export interface Status {
  readonly folder: string;
  readonly profiles: readonly ProfileStatus[];
  /** Saved profiles that must not be used, each with the reason. */
  readonly unusable: readonly ({ readonly name: string } & ProfileProblem)[];
  /** By name alone: they may hold secrets. They win over the profile, and flags win over them. */
  readonly variables: readonly string[];
  /** By name alone. They change no answer, but the way to the server. */
  readonly networkVariables: readonly string[];
  readonly checks: readonly Check[];
}

/** The servers that the profiles lead to; those of practice run only now and then. */
const serversOf = (profiles: readonly Profile[]): string[] => [
  ...new Set(profiles.filter(({ region }) => region !== 'practice').map(({ serviceUrl }) => serviceUrl)),
];

const listed = (names: readonly string[]): string[] =>
  names.length === 0 ? ['  none'] : names.map((name) => `  ${name}`);

function statusText({ folder, profiles, unusable, variables, networkVariables, checks }: Status): string {
  const rows = profiles.flatMap(({ name, makes, secret, key }) => [
    `  ${name}: ${makes}`,
    `    secret: ${secret}`,
    `    key: ${key}`,
  ]);
  return [
    `Profiles (${profiles.length + unusable.length}) in ${folder}`,
    ...rows,
    ...unusable.map(({ name, ...problem }) => `  ${name}: ${unusableLine(problem)}`),
    '',
    'Variables that win over a profile (flags win over them)',
    ...listed(variables),
    '',
    'Variables of the network',
    ...listed(networkVariables),
    '',
    'Checks',
    ...checks.map(({ name, isGood, text }) => `  ${isGood ? 'good   ' : 'CAUTION'}  ${name}: ${text}`),
  ].join('\n');
}

/** Tells what is saved where, what is in effect, and whether all works here. */
export async function status({ flags }: CommandCall, runtime: CommandRuntime): Promise<number> {
  const report = createReport(runtime.stderr, false);
  const timeout = secondsOf('timeout', flags['timeout'], DEFAULT_TIMEOUT) * 1000;
  const store = await runtime.openStore();
  const { profiles, unusable } = await loadSaved(store, report);
  const now = runtime.now() / 1000;
  const around = await runtime.lookAround();
  const servers = serversOf(profiles);
  const isSet = (name: string): boolean => runtime.secretVariables.has(name) || (runtime.env[name] ?? '') !== '';
  const found: Status = {
    folder: store.folder,
    profiles: await Promise.all(
      profiles.map(async (profile) => ({
        name: profile.name,
        makes: profileLine(profile),
        secret: await describePlaceOf(profile, runtime),
        key: keptKeyText(profile, now),
        keyEndsAt: keptKeyEnd(profile),
      })),
    ),
    unusable: unusable.map(({ profile, why, fix }) => ({ name: shownName(profile.name), why, fix })),
    variables: OURS.filter(isSet),
    networkVariables: OF_THE_NETWORK.filter(isSet),
    checks: [
      checkTerminal(around),
      checkClipboard(around),
      await checkKeychain(runtime),
      checkProxy(servers, around),
      ...(await checkClocks(servers, runtime.httpWithin(timeout), runtime.now)),
    ],
  };
  runtime.stdout.write(`${flags['json'] === true ? jsonText(found) : statusText(found)}\n`);
  return EXIT.ok;
}
