import {
  isHostedRegion,
  type RegionId,
  readServiceUrl,
  regionLabel,
  serviceUrlOfRegion,
} from '../../kaltura/accounts/regions.js';
import { hostCaution } from '../../messages/host-caution.js';
import { createPracticeServers } from '../../operations/practice-servers.js';
import type { Runtime } from '../../operations/runtime.js';
import type { Profile } from '../../profiles/profile.js';
import { KEY_VARIABLE } from '../../secrets/variables.js';
import { flagOf } from '../answers/answer-flags.js';
import { givenServer, readAnswers } from '../answers/given-answers.js';
import { InputProblems } from '../answers/input-problems.js';
import { specFrom } from '../answers/spec-from-flags.js';
import { canAsk, requireYes } from '../secrets/hidden-prompt.js';
import type { CommandRun, Flags } from '../shared/command-call.js';
import { UsageError } from '../shared/exit-codes.js';
import { type MissingValue, missing } from '../shared/missing.js';
import type { Report } from '../shared/report.js';
import { withoutEcho } from '../shared/without-echo.js';

/** The server that a key belongs to. */
export interface KeyServer {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly regionLabel: string;
  /** Where the practice server answers, if it is that one. */
  readonly practiceUrl: string | null;
  /** Whether it is the practice server of another program, which still runs after this command. */
  readonly isJoinedPractice: boolean;
  readonly close: () => Promise<void>;
}

export const isPractice = (server: Pick<KeyServer, 'regionLabel'>): boolean =>
  server.regionLabel === regionLabel('practice');

/** Says how long the practice server remembers what was done on it. */
export const practiceNote = (loss: string, { isJoinedPractice }: Pick<KeyServer, 'isJoinedPractice'>): string =>
  isJoinedPractice
    ? `The practice server that runs on this computer ${loss} when it stops.`
    : `The practice server ran only for this command and ${loss} now. To keep one running: kaltura-ks practice.`;

/** Warns before a check of an older key if a new practice server answers it. */
export function reportNewPractice(key: Pick<KeyServer, 'regionLabel' | 'isJoinedPractice'>, report: Report): void {
  if (!isPractice(key) || key.isJoinedPractice) return;
  report.say(
    'A practice server was started for this command. It doesn’t know which keys were revoked. To keep one running: kaltura-ks practice',
  );
}

/** A key that will be sent to its server, and what decides which server that is, besides flags. */
export interface KeyOfServer {
  readonly profile: Profile | null;
  /** The account that the key names. In version 2 no signature covers it. */
  readonly partnerId: number | null;
  /** Whether the key may go to a practice server of another program: only a verified practice key or public credentials may. */
  readonly mayJoinPractice: boolean;
  /** Whether it is verified as a key of a practice account, so that no other server accepts it. Default: false. */
  readonly isPracticeKey?: boolean;
  /** Whether the caller names the server and asks before it sends the key. */
  readonly isConfirmedLater?: boolean;
}

interface ChosenServer {
  readonly region: RegionId;
  readonly address: string;
  readonly source: string;
}

const PRACTICE_SERVER: ChosenServer = { region: 'practice', address: '', source: 'the key' };

/** The fields of `KeyServer` for a real server. */
export const NO_PRACTICE = {
  practiceUrl: null,
  isJoinedPractice: false,
  close: async (): Promise<void> => {},
} as const;

/** Returns the server that a flag, the profile or a variable names, in this order; null without one. @throws {UsageError} */
export function namedServer(flags: Flags, profile: Profile | null, env: Runtime['env']): ChosenServer | null {
  const hasFlag = flags['region'] !== undefined || flags['url'] !== undefined;
  if (profile !== null && !hasFlag) {
    return { region: profile.region, address: profile.serviceUrl, source: 'the profile' };
  }
  const found = givenServer(flags, env, true);
  if (found instanceof UsageError) throw found;
  if (found === undefined) return null;
  const { name, text, source } = found;
  return name === 'region'
    ? { region: text as RegionId, address: '', source }
    : { region: 'own', address: text, source };
}

/** Refuses flags for the server with a profile that gives the key. @throws {UsageError} */
export function refuseServerFlags(flags: Flags): void {
  const given = ['region', 'url'].filter((name) => flags[name] !== undefined).map(flagOf);
  if (given.length === 0) return;
  throw new UsageError(`Remove ${given.join(' and ')}: the profile names its server.`, 'conflicting-options');
}

/** Says why the partner ID of a variable is invalid, or that two variables differ; null if it is valid or missing. */
function invalidPartner(env: Runtime['env']): string | null {
  const conflict = readAnswers({}, env, false).invalid.get('partner');
  if (conflict !== undefined) return conflict.message;
  const { ids, given } = specFrom(null, {}, env, new InputProblems());
  const problem = ids.find(({ name }) => name === 'partner')?.reading.problem ?? null;
  if (given.partner === undefined || problem === null) return null;
  return `${given.partner.source}: ${withoutEcho(problem, given.partner.text)}`;
}

const SERVER_VALUE: MissingValue = { what: 'the server', from: '--region, --url or a profile' };

/** Says how to give a command a practice key; '' outside of practice. */
export const practiceKeyAdvice = (server: ChosenServer | null): string =>
  server?.region === 'practice'
    ? 'For a practice key, put this before the command: kaltura-ks token --region practice --type admin |'
    : '';

/**
 * Returns what is missing if there is no key: the key, and its server if nothing names one. An invalid region or partner ID of a variable is
 * reported too.
 */
export function missingKey(
  flags: Flags,
  env: Runtime['env'],
  { mayLackServer, needsAdmin }: { readonly mayLackServer: boolean; readonly needsAdmin: boolean },
): UsageError {
  const what = needsAdmin ? 'an ADMIN key' : 'the key';
  const values = [{ what, from: `a profile, --ks-stdin, --ks-file or ${KEY_VARIABLE}` }];
  let more = '';
  const partner = invalidPartner(env);
  const invalid = partner === null ? [] : [partner];
  try {
    const server = namedServer(flags, null, env);
    more = practiceKeyAdvice(server);
    if (server === null && !mayLackServer) values.push(SERVER_VALUE);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    invalid.push(error.message);
  }
  const problem = missing(values, { more });
  return new UsageError([problem.message, ...invalid].join('\n'), problem.code, {
    ...problem.details,
    causes: [...(problem.details.causes ?? []), ...invalid],
  });
}

/**
 * Returns the server of the saved profiles of the key's account; null without a profile, if they have several servers, or if the server is
 * self-hosted and the user can't be asked.
 * @throws {CommandError} if the user says no
 */
export async function savedServer(key: KeyOfServer, run: CommandRun): Promise<ChosenServer | null> {
  const { runtime, report } = run;
  const { partnerId } = key;
  if (partnerId === null) return null;
  const { profiles } = await (await runtime.openStore()).load();
  const ofAccount = profiles.filter((profile) => profile.partnerId === partnerId);
  const [first] = ofAccount;
  if (first === undefined || ofAccount.some(({ serviceUrl }) => serviceUrl !== first.serviceUrl)) return null;
  const host = first.region === 'practice' ? 'the practice server' : new URL(first.serviceUrl).host;
  if (first.region === 'own') {
    // Nothing verifies the account that the key names, and the profile may have been imported: a person has to agree.
    if (run.flags['yes'] === true || !canAsk(run)) return null;
    if (key.isConfirmedLater !== true) {
      const question = `The key names partner ${partnerId}. Send it to ${host}, the server of profile “${first.name}”?`;
      await requireYes(question, 'The key was not sent', run);
    }
  }
  report.say(
    `The key names partner ${partnerId}. Using the server of profile “${first.name}”: ${host}. For another server, add --region or --url.`,
  );
  return { region: first.region, address: first.serviceUrl, source: 'a profile of the account' };
}

/**
 * Opens the server of a key: the one that a flag, the profile or a variable names, else that of the saved profiles of its account, else the
 * practice server for a practice key.
 *
 * @throws {UsageError} if nothing names the server, or its address is plain http
 * @throws {CommandError} if the user doesn't agree to the server of a saved profile
 */
export async function openKeyServer(key: KeyOfServer, run: CommandRun): Promise<KeyServer> {
  const { flags, runtime, report } = run;
  const chosen =
    namedServer(flags, key.profile, runtime.env) ??
    (await savedServer(key, run)) ??
    (key.isPracticeKey === true ? PRACTICE_SERVER : null);
  if (chosen === null) {
    const more = 'A key doesn’t contain its region. To find it: kaltura-ks regions <partner ID>';
    throw missing([SERVER_VALUE], { more });
  }
  const { region, address, source } = chosen;
  if (region === 'practice') return openPracticeServer(key.mayJoinPractice, runtime);
  if (isHostedRegion(region)) {
    const serviceUrl = serviceUrlOfRegion(region);
    runtime.linkPagesOf(serviceUrl);
    return {
      serviceUrl,
      regionLabel: regionLabel(region),
      ...NO_PRACTICE,
    };
  }
  const reading = readServiceUrl(address);
  if (!reading.ok) throw new UsageError(`${source} is not the URL of a server, such as https://video.example.com.`);
  if (!reading.address.isSafe) {
    throw new UsageError(`${source}: the URL uses http, so the key was not sent. Use an https URL.`, 'insecure-url');
  }
  const caution = hostCaution(source, address);
  if (caution !== null) report.say(`caution: ${caution}`);
  const { url } = reading.address;
  runtime.linkPagesOf(url);
  return { serviceUrl: url, regionLabel: new URL(url).host, ...NO_PRACTICE };
}

async function openPracticeServer(mayJoin: boolean, runtime: Runtime): Promise<KeyServer> {
  const practice = createPracticeServers(runtime);
  const url = await practice.url(mayJoin ? 'any' : 'own');
  return {
    serviceUrl: url,
    regionLabel: regionLabel('practice'),
    practiceUrl: url,
    isJoinedPractice: practice.isJoined(url),
    close: () => practice.close(),
  };
}
