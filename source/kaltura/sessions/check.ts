import { callApi, NotKalturaError } from '../api/client.js';
import { clockDifference } from '../api/clock.js';
import { ApiError } from '../api/errors.js';
import type { Http } from '../api/http.js';
import { parseSessionInfo } from '../api/responses.js';
import { actionsLimitIn } from '../privileges/limits.js';
import { normalisePrivileges, privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { type CheckAction, type CheckPlan, planCheck } from './check-plan.js';
import { type InvalidKeyReason, invalidKeyReason } from './end.js';

/** The server turned a key back, or a call that was made with it. */
export interface Refusal {
  readonly error: ApiError;
  /** The word for why, where it could read the key and does not take it. */
  readonly reason: InvalidKeyReason | null;
  /** Whether it got so far as to find the signature right; null where that is not known. */
  readonly isSignatureRight: true | null;
}

/** What the server looks at only when it has read the key and found it valid (docs/kaltura-facts.md 3.2, 4.2). */
const AFTER_THE_KEY = [
  'SERVICE_FORBIDDEN',
  'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
  'USER_BLOCKED',
  'INVALID_OBJECT_ID',
  'INVALID_SET_ROLE',
  'INVALID_ACTIONS_LIMIT',
  'SERVICE_ACCESS_CONTROL_RESTRICTED',
];

/** What a refusal says of the key. */
export function refusalOf(error: ApiError): Refusal {
  const reason = invalidKeyReason(error);
  return { error, reason, isSignatureRight: reason !== null || AFTER_THE_KEY.includes(error.code) ? true : null };
}

/** The key is good, and may not do this: a proof that its signature is right, and that it lives. */
export const isForbidden = ({ code }: ApiError): boolean => code === 'SERVICE_FORBIDDEN';

/** In what the server’s word on a key differs from what was believed of it. */
export type FactDifference = keyof KeyFacts;

export interface SeenEntries {
  readonly total: number;
  /** `own`: a USER key counts its user’s entries alone (docs/kaltura-facts.md 5.10); null where its type is not known. */
  readonly reach: 'own' | 'everyone' | null;
}

export interface CheckReport {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /** `genuine`: signature, life and limits are right, and no call was allowed. `not-asked`: the plan has no call. */
  readonly verdict: 'works' | 'genuine' | 'refused' | 'not-asked';
  /** What the server says of the key; null where the key may not ask. */
  readonly serverFacts: KeyFacts | null;
  /** What was believed before; null for nothing. */
  readonly knownFacts: KeyFacts | null;
  readonly differences: readonly FactDifference[];
  /** The calls that were forbidden. */
  readonly forbidden: readonly CheckAction[];
  readonly refusal: Refusal | null;
  /** What baseEntry.count counted; null where it was not asked or not answered. */
  readonly entries: SeenEntries | null;
  /** Seconds, the server’s minus this computer’s; null where it could not be asked. */
  readonly clockDifference: number | null;
}

export interface KeyToCheck {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly ks: Secret;
  /** What is known of the key; null for nothing. */
  readonly facts: KeyFacts | null;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly http: Http;
  readonly signal?: AbortSignal | undefined;
  /** Told of each call before it is made. */
  readonly onStage?: ((action: CheckAction | 'system.getTime') => void) | undefined;
  /** Left out: `planCheck` of the facts. */
  readonly plan?: CheckPlan | undefined;
}

interface Progress {
  told: KeyFacts | null;
  total: number | null;
  refusal: Refusal | null;
  readonly forbidden: CheckAction[];
}

/**
 * Asks the server whether a key works, by the calls of its plan. A refusal is part of the report.
 *
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function checkKey(key: KeyToCheck): Promise<CheckReport> {
  const { serviceUrl, facts, http, now, signal, onStage } = key;
  const plan = key.plan ?? planCheck(facts, serviceUrl);
  const progress: Progress = { told: null, total: null, refusal: null, forbidden: [] };
  for (const { action, when } of plan.calls) {
    if (progress.refusal !== null || (when === 'unless-limited' && isLimited(progress.told))) break;
    onStage?.(action);
    await askWith(key, action, progress);
  }
  onStage?.('system.getTime');
  const difference = await clockDifference(http, serviceUrl, now, signal);
  const { told, total, refusal, forbidden } = progress;
  return {
    serviceUrl,
    verdict: verdictOf(plan, progress),
    serverFacts: told,
    knownFacts: facts,
    differences: facts === null || told === null ? [] : differencesBetween(facts, told),
    forbidden,
    refusal,
    entries: total === null ? null : { total, reach: reachOf(told ?? facts) },
    clockDifference: difference,
  };
}

const isLimited = (told: KeyFacts | null): boolean =>
  told?.privileges != null && actionsLimitIn(told.privileges) !== null;

async function askWith({ http, serviceUrl, ks, signal }: KeyToCheck, action: CheckAction, progress: Progress) {
  try {
    const answer = await callApi(http, serviceUrl, action, { ks }, signal);
    if (action === 'session.get') progress.told = parseSessionInfo(answer, [ks]).facts;
    else progress.total = countIn(answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isForbidden(error)) progress.forbidden.push(action);
    // The key was found good already: what a later call fails of is no fault of the key.
    else if (!isVerified(progress) || error.code === 'INVALID_KS') progress.refusal = refusalOf(error);
  }
}

function countIn(answer: unknown): number {
  if (typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0) return answer;
  throw new NotKalturaError({ what: 'wrong-shape', status: 200 });
}

const isAnswered = ({ told, total }: Progress): boolean => told !== null || total !== null;

const isVerified = (progress: Progress): boolean => isAnswered(progress) || progress.forbidden.length > 0;

function verdictOf(plan: CheckPlan, progress: Progress): CheckReport['verdict'] {
  if (progress.refusal !== null) return 'refused';
  if (plan.calls.length === 0) return 'not-asked';
  return isAnswered(progress) ? 'works' : 'genuine';
}

/** `*` alone and `list:*` open the lists of all owners to a USER key (docs/kaltura-facts.md 2.2). */
function reachOf(facts: KeyFacts | null): SeenEntries['reach'] {
  if (facts === null || facts.type === null) return null;
  if (facts.type === 'ADMIN') return 'everyone';
  if (facts.privileges === null) return null;
  return facts.privileges === '*' || facts.privileges.includes('list:*') ? 'everyone' : 'own';
}

function differencesBetween(believed: KeyFacts, told: KeyFacts): FactDifference[] {
  const [before, after] = [comparable(believed), comparable(told)];
  const names = Object.keys(before) as FactDifference[];
  return names.filter((name) => before[name] !== null && after[name] !== null && before[name] !== after[name]);
}

/** What is the same to the server is the same here: no user and `0`, `*` and `all:*`, blanks, the order of privileges. */
function comparable({ partnerId, userId, type, privileges, expiresAt }: KeyFacts) {
  return {
    partnerId,
    type,
    userId: userId === '0' ? '' : userId,
    privileges:
      privileges === null ? null : JSON.stringify(privilegePairs(normalisePrivileges(privileges)).map(String).sort()),
    expiresAt,
  };
}
