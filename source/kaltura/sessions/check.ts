import { callApi, wrongShape } from '../api/client.js';
import { clockDifference } from '../api/clock.js';
import { ApiError } from '../api/errors.js';
import type { CallDeps } from '../api/http.js';
import { parseSessionInfo } from '../api/responses.js';
import { actionsLimitIn } from '../privileges/limits.js';
import { normalizePrivileges, privilegePairs } from '../privileges/privileges.js';
import type { Secret } from '../secret.js';
import type { KeyFacts } from '../sign-in/key-request.js';
import { type CheckAction, type CheckPlan, planCheck } from './check-plan.js';
import { type InvalidKeyReason, invalidKeyReason } from './end.js';

/** A rejected key, or a rejected call with the key. */
export interface Refusal {
  readonly error: ApiError;
  /** The server's reason, if it could read the key. */
  readonly reason: InvalidKeyReason | null;
  /** Whether the server verified the signature; null if unknown. */
  readonly isSignatureRight: true | null;
}

/** Errors that the server reports only after it found the key valid (docs/kaltura-facts.md 3.2, 4.2). SERVICE_FORBIDDEN also comes without a key. */
const AFTER_THE_KEY = [
  'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
  'USER_BLOCKED',
  'INVALID_OBJECT_ID',
  'INVALID_SET_ROLE',
  'INVALID_ACTIONS_LIMIT',
  'SERVICE_ACCESS_CONTROL_RESTRICTED',
];

/** Errors that no valid key explains: it was rejected, or did not arrive. */
const NO_KEY = ['INVALID_KS', 'MISSING_KS'];

/** Returns what an error says about the key. */
export function refusalOf(error: ApiError): Refusal {
  const reason = invalidKeyReason(error);
  return { error, reason, isSignatureRight: reason !== null || AFTER_THE_KEY.includes(error.code) ? true : null };
}

/**
 * Returns whether the call is forbidden: for a valid key, after its signature and expiry were checked, or because no key arrived
 * (docs/kaltura-facts.md 4.2).
 */
export const isForbidden = ({ code }: ApiError): boolean => code === 'SERVICE_FORBIDDEN';

/** Returns whether the key can't work any more: it has expired, was revoked, or is used up. */
export const isDead = (refusal: Refusal | null): boolean =>
  refusal?.reason === 'EXPIRED' || refusal?.reason === 'LOGOUT' || refusal?.reason === 'EXCEEDED_ACTIONS_LIMIT';

/** Returns whether the server refuses the key itself. `urirestrict` refuses only some of its calls. */
export const refusesAllCalls = (refusal: Refusal | null): boolean =>
  refusal !== null &&
  refusal.reason !== 'EXCEEDED_RESTRICTED_URI' &&
  (refusal.error.code === 'INVALID_KS' || refusal.isSignatureRight === true);

export interface SeenEntries {
  readonly total: number;
  /** `own`: a USER key counts only its user’s entries (docs/kaltura-facts.md 5.10); null if the type is unknown. */
  readonly reach: 'own' | 'everyone' | null;
}

export interface CheckReport {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  /**
   * `genuine`: no call was allowed, as the role in the key makes one expect. `forbidden`: no call was allowed, and nothing known about the key
   * explains it. `not-asked`: the plan has no call.
   */
  readonly verdict: 'works' | 'genuine' | 'forbidden' | 'refused' | 'not-asked';
  /** The facts from the server; null if the key is not allowed to read them. */
  readonly serverFacts: KeyFacts | null;
  /** The facts known before; null if nothing was known. */
  readonly knownFacts: KeyFacts | null;
  /** The facts on which the server and the known facts differ. */
  readonly differences: readonly (keyof KeyFacts)[];
  /** The forbidden calls. */
  readonly forbidden: readonly CheckAction[];
  readonly refusal: Refusal | null;
  /** The result of baseEntry.count; null if it was not called or failed. */
  readonly entries: SeenEntries | null;
  /** The server’s time minus this computer’s, in seconds; null if unknown. */
  readonly clockDifference: number | null;
}

export interface KeyToCheck extends CallDeps {
  /** Without `/api_v3`. */
  readonly serviceUrl: string;
  readonly ks: Secret;
  /** The known facts; null if nothing is known. */
  readonly facts: KeyFacts | null;
  /** Returns the time in epoch milliseconds. */
  readonly now: () => number;
  /** Called before each call. */
  readonly onStage?: ((action: CheckAction | 'system.getTime') => void) | undefined;
  /** Default: `planCheck` of the facts. */
  readonly plan?: CheckPlan | undefined;
}

interface Progress {
  serverFacts: KeyFacts | null;
  total: number | null;
  refusal: Refusal | null;
  readonly forbidden: CheckAction[];
}

/**
 * Checks a key with the calls of its plan. A rejection is part of the report, not an error.
 *
 * @throws {NotKalturaError}
 * @throws {ConnectionError}
 */
export async function checkKey(key: KeyToCheck): Promise<CheckReport> {
  const { serviceUrl, facts, http, now, signal, onStage } = key;
  const plan = key.plan ?? planCheck(facts, serviceUrl);
  const progress: Progress = { serverFacts: null, total: null, refusal: null, forbidden: [] };
  for (const { action, when } of plan.calls) {
    if (progress.refusal !== null || (when === 'unless-limited' && isLimited(progress.serverFacts))) break;
    onStage?.(action);
    await askWith(key, action, progress);
  }
  onStage?.('system.getTime');
  const difference = await clockDifference(http, serviceUrl, now, signal);
  const { serverFacts, total, refusal, forbidden } = progress;
  return {
    serviceUrl,
    verdict: verdictOf(plan, progress),
    serverFacts,
    knownFacts: facts,
    differences: facts === null || serverFacts === null ? [] : differencesBetween(facts, serverFacts),
    forbidden,
    refusal,
    entries: total === null ? null : { total, reach: reachOf(serverFacts ?? facts) },
    clockDifference: difference,
  };
}

const isLimited = (serverFacts: KeyFacts | null): boolean =>
  serverFacts?.privileges != null && actionsLimitIn(serverFacts.privileges) !== null;

async function askWith({ http, serviceUrl, ks, signal }: KeyToCheck, action: CheckAction, progress: Progress) {
  try {
    const answer = await callApi(http, serviceUrl, action, { ks }, signal);
    if (action === 'session.get') progress.serverFacts = parseSessionInfo(answer, [ks]).facts;
    else progress.total = countIn(answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (isForbidden(error)) progress.forbidden.push(action);
    // The key probably was accepted before, so a later failure has another cause.
    else if (!isVerified(progress) || NO_KEY.includes(error.code)) progress.refusal = refusalOf(error);
  }
}

function countIn(answer: unknown): number {
  if (typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0) return answer;
  throw wrongShape();
}

const isAnswered = ({ serverFacts, total }: Progress): boolean => serverFacts !== null || total !== null;

const isVerified = (progress: Progress): boolean => isAnswered(progress) || progress.forbidden.length > 0;

function verdictOf(plan: CheckPlan, progress: Progress): CheckReport['verdict'] {
  if (progress.refusal !== null) return 'refused';
  if (plan.calls.length === 0) return 'not-asked';
  if (isAnswered(progress)) return 'works';
  return plan.obstacles.some(({ kind }) => kind === 'role' || kind === 'removing-role') ? 'genuine' : 'forbidden';
}

/**
 * Returns whose entries the key can list. A lone `*` and `list:*` let a USER key list all owners' entries
 * (docs/kaltura-facts.md 2.2).
 */
function reachOf(facts: KeyFacts | null): SeenEntries['reach'] {
  if (facts === null || facts.type === null) return null;
  if (facts.type === 'ADMIN') return 'everyone';
  if (facts.privileges === null) return null;
  const privileges = facts.privileges.trim();
  // Version 2 makes a wildcard of it, version 1 doesn't.
  if (privileges === 'all:*') return null;
  return privileges === '*' || privileges.includes('list:*') ? 'everyone' : 'own';
}

function differencesBetween(knownFacts: KeyFacts, serverFacts: KeyFacts): (keyof KeyFacts)[] {
  const [before, after] = [comparable(knownFacts), comparable(serverFacts)];
  const names = Object.keys(before) as (keyof KeyFacts)[];
  return names.filter((name) => before[name] !== null && after[name] !== null && before[name] !== after[name]);
}

/**
 * Normalizes facts so that values with the same meaning compare equal: no user and `0`, `*` and `all:*`, spaces, the
 * order of privileges.
 */
function comparable({ partnerId, userId, type, privileges, expiresAt }: KeyFacts) {
  return {
    partnerId,
    type,
    userId: userId === '0' ? '' : userId,
    privileges:
      privileges === null ? null : JSON.stringify(privilegePairs(normalizePrivileges(privileges)).map(String).sort()),
    expiresAt,
  };
}
