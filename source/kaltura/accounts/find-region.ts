import { ApiError, callApi, NotKalturaError } from '../api/client.js';
import { ConnectionError, type Http } from '../api/http.js';
import { type PlannedCall, plannedCall } from '../api/planned-calls.js';
import { parseWidgetKs } from '../api/responses.js';
import { HOSTED_REGIONS, type HostedRegionId } from './regions.js';

/**
 * - `known`: the account is there, as far as can be seen not blocked
 * - `blocked`: it is there, and blocked or closed
 * - `unknown`: the server has no such account
 * - `unreachable`: nobody answered
 * - `unclear`: something answered, but neither yes nor no
 */
export type RegionOutcome = 'known' | 'blocked' | 'unknown' | 'unreachable' | 'unclear';

export interface ServerAnswer {
  readonly outcome: RegionOutcome;
  /** What stood in the way of a plain answer: where it was `unreachable` or `unclear`, or where `known` could not be tried out. */
  readonly failure: unknown;
}

export interface RegionAnswer extends ServerAnswer {
  readonly region: HostedRegionId;
}

export interface FindRegionsDeps {
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
  /** Told of each region as it answers. */
  readonly onAnswer?: ((answer: RegionAnswer) => void) | undefined;
}

export const HOSTED_REGION_IDS = Object.keys(HOSTED_REGIONS) as readonly HostedRegionId[];

export const serviceUrlOfRegion = (region: HostedRegionId): string => `https://${HOSTED_REGIONS[region].host}`;

/** Seconds that the public session lives, which is used once. */
const WIDGET_LIFETIME = '60';

const widgetOf = (partnerId: number) => ({ widgetId: `_${partnerId}`, expiry: WIDGET_LIFETIME });

/** What asking one server sends: nothing secret, and for no other account than this one. */
export const plannedServerCalls = (serviceUrl: string, partnerId: number): readonly PlannedCall[] => [
  plannedCall(serviceUrl, 'session.startWidgetSession', 'opens a public session of the account', widgetOf(partnerId)),
  plannedCall(serviceUrl, 'baseEntry.count', 'tells, where there is one, whether the account is blocked', {
    ks: { comesFrom: 'the public session' },
  }),
];

/** What `findRegions` sends, and to whom. */
export const plannedRegionCalls = (partnerId: number): readonly PlannedCall[] =>
  HOSTED_REGION_IDS.flatMap((region) => plannedServerCalls(serviceUrlOfRegion(region), partnerId));

/**
 * Asks a server whether it knows an account, which takes no secret: a public session is given for every account that exists there,
 * also for one that is blocked (docs/kaltura-facts.md 5.7); only its use is then refused.
 *
 * @throws {ConnectionError} where `deps.signal` gave it up; every other failure is an answer
 */
export async function findAccountOnServer(
  serviceUrl: string,
  partnerId: number,
  { http, signal }: Omit<FindRegionsDeps, 'onAnswer'>,
): Promise<ServerAnswer> {
  let isKnown = false;
  try {
    // Not with a partnerId: with one, a blocked account would not even get as far as this (docs/kaltura-facts.md 3.2).
    const answer = await callApi(http, serviceUrl, 'session.startWidgetSession', widgetOf(partnerId), signal);
    const ks = parseWidgetKs(answer);
    isKnown = true;
    await callApi(http, serviceUrl, 'baseEntry.count', { ks }, signal);
    return { outcome: 'known', failure: null };
  } catch (failure) {
    if (!isServerFailure(failure)) throw failure;
    return isKnown ? outcomeOfFailedUse(failure) : outcomeOfFailedStart(failure);
  }
}

/** Whether a failure tells of the server or the way to it: not one that the person gave up, nor a fault of this program. */
export const isServerFailure = (failure: unknown): boolean =>
  failure instanceof ConnectionError
    ? failure.fault !== 'aborted'
    : failure instanceof ApiError || failure instanceof NotKalturaError;

function outcomeOfFailedStart(failure: unknown): ServerAnswer {
  if (failure instanceof ConnectionError) return { outcome: 'unreachable', failure };
  const isUnknown = failure instanceof ApiError && failure.code === 'INVALID_WIDGET_ID';
  return isUnknown ? { outcome: 'unknown', failure: null } : { outcome: 'unclear', failure };
}

/** An account may limit what the public may do: that is no sign of a block. */
function outcomeOfFailedUse(failure: unknown): ServerAnswer {
  if (!(failure instanceof ApiError)) return { outcome: 'known', failure };
  const isBlocked = failure.code === 'SERVICE_FORBIDDEN_CONTENT_BLOCKED';
  return { outcome: isBlocked ? 'blocked' : 'known', failure: null };
}

/**
 * Asks all hosted regions at once which of them knows an account. What one of them does is nothing to the others.
 *
 * @returns in the order of the regions
 * @throws {ConnectionError} where `deps.signal` gave it up
 */
export async function findRegions(partnerId: number, deps: FindRegionsDeps): Promise<readonly RegionAnswer[]> {
  return Promise.all(
    HOSTED_REGION_IDS.map(async (region) => {
      const answer = { region, ...(await findAccountOnServer(serviceUrlOfRegion(region), partnerId, deps)) };
      deps.onAnswer?.(answer);
      return answer;
    }),
  );
}

/** What the answers of all regions come to. `unasked` are those that gave neither yes nor no: what they know stays open. */
export type RegionVerdict =
  | {
      readonly kind: 'one';
      readonly region: HostedRegionId;
      readonly isBlocked: boolean;
      readonly unasked: readonly HostedRegionId[];
    }
  /** Numbers are given in each region by itself: these are different accounts (docs/kaltura-facts.md 6). */
  | {
      readonly kind: 'several';
      readonly regions: readonly HostedRegionId[];
      readonly unasked: readonly HostedRegionId[];
    }
  | { readonly kind: 'none'; readonly unasked: readonly HostedRegionId[] }
  /** Nobody said yes or no. */
  | { readonly kind: 'nobody' };

const ACCOUNT_EXISTS: readonly string[] = ['known', 'blocked'];

export function regionVerdict(answers: readonly RegionAnswer[]): RegionVerdict {
  const knowing = answers.filter(({ outcome }) => ACCOUNT_EXISTS.includes(outcome));
  const unasked = answers.filter(({ outcome }) => outcome === 'unreachable' || outcome === 'unclear');
  const open = unasked.map(({ region }) => region);
  const [first] = knowing;
  if (first === undefined)
    return unasked.length === answers.length ? { kind: 'nobody' } : { kind: 'none', unasked: open };
  if (knowing.length > 1) return { kind: 'several', regions: knowing.map(({ region }) => region), unasked: open };
  return { kind: 'one', region: first.region, isBlocked: first.outcome === 'blocked', unasked: open };
}
