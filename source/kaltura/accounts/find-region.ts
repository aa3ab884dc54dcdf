import { ApiError, callApi, NotKalturaError } from '../api/client.js';
import { type CallDeps, ConnectionError } from '../api/http.js';
import { UNCACHED, widgetParameters } from '../api/parameters.js';
import { type PlannedCall, plannedCall } from '../api/planned-calls.js';
import { parseWidgetKs } from '../api/responses.js';
import { HOSTED_REGION_IDS, type HostedRegionId, serviceUrlOfRegion } from './regions.js';

/**
 * - `known`: the account exists and is not blocked
 * - `blocked`: the account exists and is blocked or closed
 * - `exists`: the account exists, and the server did not tell whether it is blocked
 * - `unknown`: the server has no such account
 * - `unreachable`: the server did not answer
 * - `unclear`: the answer says neither yes nor no
 */
export type RegionOutcome = 'known' | 'blocked' | 'exists' | 'unknown' | 'unreachable' | 'unclear';

export interface ServerAnswer {
  readonly outcome: RegionOutcome;
  /** The error for `exists`, `unreachable` or `unclear`; otherwise null. */
  readonly failure: unknown;
}

export interface RegionAnswer extends ServerAnswer {
  readonly region: HostedRegionId;
}

/** Lifetime of the public session, in seconds. */
const LOOKUP_LIFETIME = 60;

/** Lists the calls of `findAccountOnServer`. They contain no secret. */
export const plannedServerCalls = (serviceUrl: string, partnerId: number): readonly PlannedCall[] => [
  plannedCall(
    serviceUrl,
    'session.startWidgetSession',
    'opens a public session of the account',
    widgetParameters(partnerId, LOOKUP_LIFETIME),
  ),
  plannedCall(serviceUrl, 'baseEntry.count', 'if a session was opened, shows whether the account is blocked', {
    ks: { comesFrom: 'the public session' },
    ...UNCACHED,
  }),
];

/** Lists the calls of `findRegions`. */
export const plannedRegionCalls = (partnerId: number): readonly PlannedCall[] =>
  HOSTED_REGION_IDS.flatMap((region) => plannedServerCalls(serviceUrlOfRegion(region), partnerId));

/**
 * Asks a server whether it knows an account. No secret is needed: the server opens a public session for every account
 * that exists, also for a blocked one, and rejects only its use (docs/kaltura-facts.md 5.7).
 *
 * @throws {ConnectionError} if `deps.signal` aborts. Every other failure is an answer
 */
export async function findAccountOnServer(
  serviceUrl: string,
  partnerId: number,
  { http, signal }: CallDeps,
): Promise<ServerAnswer> {
  let isKnown = false;
  try {
    // Send no partnerId: with it, the server rejects a blocked account before this check (docs/kaltura-facts.md 3.2).
    const answer = await callApi(
      http,
      serviceUrl,
      'session.startWidgetSession',
      widgetParameters(partnerId, LOOKUP_LIFETIME),
      signal,
    );
    const ks = parseWidgetKs(answer);
    isKnown = true;
    await callApi(http, serviceUrl, 'baseEntry.count', { ks, ...UNCACHED }, signal);
    return { outcome: 'known', failure: null };
  } catch (failure) {
    if (!isServerFailure(failure)) throw failure;
    return isKnown ? outcomeOfFailedUse(failure) : outcomeOfFailedStart(failure);
  }
}

/**
 * Returns whether a failure was caused by the server or the connection, and not by an abort or a fault of this
 * program.
 */
export const isServerFailure = (failure: unknown): boolean =>
  failure instanceof ConnectionError
    ? failure.fault !== 'aborted'
    : failure instanceof ApiError || failure instanceof NotKalturaError;

function outcomeOfFailedStart(failure: unknown): ServerAnswer {
  if (failure instanceof ConnectionError) return { outcome: 'unreachable', failure };
  const isUnknown = failure instanceof ApiError && failure.code === 'INVALID_WIDGET_ID';
  return isUnknown ? { outcome: 'unknown', failure: null } : { outcome: 'unclear', failure };
}

/** Errors of checks that come after the check whether the account is blocked (docs/kaltura-facts.md 3.2). */
const LATER_CODES: readonly string[] = ['SERVICE_FORBIDDEN', 'SERVICE_ACCESS_CONTROL_RESTRICTED'];

/**
 * Handles a failed use of the public session. Other errors, such as `INVALID_KS`, don't tell whether the account is
 * blocked.
 */
function outcomeOfFailedUse(failure: unknown): ServerAnswer {
  const code = failure instanceof ApiError ? failure.code : '';
  if (code === 'SERVICE_FORBIDDEN_CONTENT_BLOCKED') return { outcome: 'blocked', failure: null };
  return LATER_CODES.includes(code) ? { outcome: 'known', failure: null } : { outcome: 'exists', failure };
}

/**
 * Asks all hosted regions at the same time whether they know an account. The answers are independent of each other.
 *
 * @returns the answers in the order of the regions
 * @throws {ConnectionError} if `deps.signal` aborts
 */
export const findRegions = (partnerId: number, deps: CallDeps): Promise<readonly RegionAnswer[]> =>
  Promise.all(
    HOSTED_REGION_IDS.map(async (region) => ({
      region,
      ...(await findAccountOnServer(serviceUrlOfRegion(region), partnerId, deps)),
    })),
  );

/** Combines the answers of all regions. `unclear` lists the regions that said neither yes nor no. */
export type RegionVerdict =
  | {
      readonly kind: 'one';
      readonly region: HostedRegionId;
      /** Null if the region didn't say. */
      readonly isBlocked: boolean | null;
      readonly unclear: readonly HostedRegionId[];
    }
  /** Each region numbers its accounts separately, so these are different accounts (docs/kaltura-facts.md 6). */
  | {
      readonly kind: 'several';
      readonly regions: readonly HostedRegionId[];
      readonly unclear: readonly HostedRegionId[];
    }
  | { readonly kind: 'none'; readonly unclear: readonly HostedRegionId[] }
  /** No region gave a clear answer. */
  | { readonly kind: 'all-unclear' };

/** Checks whether the server has the account, blocked or not. */
export const hasAccount = ({ outcome }: ServerAnswer): boolean =>
  outcome === 'known' || outcome === 'blocked' || outcome === 'exists';

export function regionVerdict(answers: readonly RegionAnswer[]): RegionVerdict {
  const knowing = answers.filter(hasAccount);
  const unclear = answers
    .filter(({ outcome }) => outcome === 'unreachable' || outcome === 'unclear')
    .map(({ region }) => region);
  const [first] = knowing;
  if (first === undefined)
    return unclear.length === answers.length ? { kind: 'all-unclear' } : { kind: 'none', unclear };
  if (knowing.length > 1) return { kind: 'several', regions: knowing.map(({ region }) => region), unclear };
  const isBlocked = first.outcome === 'exists' ? null : first.outcome === 'blocked';
  return { kind: 'one', region: first.region, isBlocked, unclear };
}
