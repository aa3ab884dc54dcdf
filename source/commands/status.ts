import { readServiceUrl } from '../kaltura/accounts/regions.js';
import { clockAdvice, clockDifference } from '../kaltura/api/clock.js';
import type { Http } from '../kaltura/api/http.js';
import type { Runtime, Surroundings } from '../operations/runtime.js';
import { STATUS_TIMEOUT } from '../operations/timeouts.js';
import { shownName } from '../profiles/name.js';
import type { ProfileProblem } from '../profiles/problem.js';
import { type Profile, savedKeyExpiry } from '../profiles/profile.js';
import { SecretSourceError } from '../secrets/source-error.js';
import { SECRET_NAMES } from '../secrets/variables.js';
import { ANSWER_FLAGS, PROFILE_VARIABLE, variableOf } from './answers/answer-flags.js';
import { timeoutOf } from './answers/duration-flags.js';
import { profileLine, savedKeyText, unusableLine } from './profiles/list.js';
import { describeSourceOf } from './secrets/profile-secret.js';
import type { CommandRun } from './shared/command-call.js';
import { EXIT } from './shared/exit-codes.js';
import { loadSaved } from './shared/find-profile.js';
import { printResult } from './shared/report.js';
import { wrapProse } from './shared/wrap-prose.js';

/** The result of checking one thing. */
export interface Check {
  readonly name: string;
  readonly isGood: boolean;
  readonly text: string;
}

const good = (name: string, text: string): Check => ({ name, isGood: true, text });
const bad = (name: string, text: string): Check => ({ name, isGood: false, text });

export const checkTerminal = ({ terminal }: Surroundings): Check =>
  terminal.ok
    ? good('terminal', 'this terminal can show the wizard.')
    : bad('terminal', `only commands work here, not the wizard: ${terminal.reason}`);

export function checkClipboard({ clipboardTools, terminal }: Surroundings): Check {
  const found = clipboardTools.filter(({ isFound }) => isFound).map(({ name }) => name);
  if (found.length > 0) return good('clipboard', `${found.join(', ')}.`);
  const why =
    clipboardTools.length === 0
      ? 'this computer’s clipboard can’t be reached'
      : `not found: ${clipboardTools.map(({ name }) => name).join(', ')}`;
  return terminal.ok
    ? good('clipboard', `copying uses the terminal (OSC 52), which never confirms it: ${why}.`)
    : bad('clipboard', `${why}.`);
}

/** Checks the keychain: writes a random entry, reads it and removes it. */
export async function checkKeychain(runtime: Runtime): Promise<Check> {
  try {
    await (await runtime.openSecretKeeper()).check({ kind: 'keychain' });
    return good('keychain', 'works: a test entry was written, read and deleted.');
  } catch (error) {
    if (!(error instanceof SecretSourceError)) throw error;
    return bad('keychain', `${error.message} ${error.remedy}`);
  }
}

const hostOf = (serviceUrl: string): string => new URL(serviceUrl).host;

export function checkProxy(serviceUrls: readonly string[], { proxyTo }: Surroundings): Check {
  const routes = serviceUrls.map((serviceUrl) => ({ host: hostOf(serviceUrl), proxy: proxyTo(serviceUrl) }));
  const through = routes.flatMap(({ host, proxy }) => (proxy === null ? [] : [{ host, proxy }]));
  if (through.length === 0) return good('proxy', 'no proxy is used.');
  const texts = through.map(({ host, proxy }) => `${host} through ${proxy.problem ?? proxy.host} (${proxy.variable})`);
  const isGood = through.every(({ proxy }) => proxy.problem === null);
  return (isGood ? good : bad)('proxy', `${texts.join(', ')}.`);
}

async function checkClock(serviceUrl: string, http: Http, now: () => number): Promise<Check> {
  const name = `clock, ${hostOf(serviceUrl)}`;
  const difference = await clockDifference(http, serviceUrl, now);
  if (difference === null) return bad(name, 'the server could not be reached.');
  const advice = clockAdvice(difference);
  return advice === null ? good(name, 'agrees with the server’s.') : bad(name, advice);
}

/** Compares the clock with each server that can be asked without sending anything unencrypted. */
export const checkClocks = (serviceUrls: readonly string[], http: Http, now: () => number): Promise<Check[]> => {
  const asked = serviceUrls.filter((serviceUrl) => {
    const reading = readServiceUrl(serviceUrl);
    return reading.ok && reading.address.isSafe;
  });
  return Promise.all(asked.map((serviceUrl) => checkClock(serviceUrl, http, now)));
};

const OWN_VARIABLES = [PROFILE_VARIABLE, ...ANSWER_FLAGS.map(({ name }) => variableOf(name)), ...SECRET_NAMES];

const NETWORK_VARIABLES = [
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
  /** Names only, because the values may be secrets. Variables have priority over the profile, and flags over variables. */
  readonly variables: readonly string[];
  /** Names only. They change no answer, only the connection to the server. */
  readonly networkVariables: readonly string[];
  readonly checks: readonly Check[];
}

/** Returns the servers of the profiles, except practice, which is not always running. */
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
    'Variables that override a profile (options override them)',
    ...listed(variables),
    '',
    'Network variables',
    ...listed(networkVariables),
    '',
    'Checks',
    ...checks.map(({ name, isGood, text }) => `  ${isGood ? 'good   ' : 'CAUTION'}  ${name}: ${text}`),
  ].join('\n');
}

/** Reports what is saved where, which settings are in effect, and whether everything works. */
export async function status({ flags, runtime, report }: CommandRun): Promise<number> {
  const timeout = timeoutOf(flags, STATUS_TIMEOUT);
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
        secret: await describeSourceOf(profile, runtime),
        key: savedKeyText(profile, now),
        keyEndsAt: savedKeyExpiry(profile),
      })),
    ),
    unusable: unusable.map(({ profile, why, fix }) => ({ name: shownName(profile.name), why, fix })),
    variables: OWN_VARIABLES.filter(isSet),
    networkVariables: NETWORK_VARIABLES.filter(isSet),
    checks: [
      checkTerminal(around),
      checkClipboard(around),
      await checkKeychain(runtime),
      checkProxy(servers, around),
      ...(await checkClocks(servers, runtime.httpWithin(timeout), runtime.now)),
    ],
  };
  printResult(found, [wrapProse(statusText(found), runtime.stdout)], { flags, runtime });
  return EXIT.ok;
}
