import { isServerFailure, type RegionAnswer } from '../accounts/find-region.js';
import type { PlannedCall } from '../api/planned-calls.js';
import type { MakeKeyDeps } from '../sign-in/key-request.js';
import { diagnoseMaking } from './diagnose.js';
import {
  type Cause,
  type Diagnosis,
  diagnosisOf,
  type Entry,
  entry,
  type IdOf,
  type MakingContext,
  makingValues,
  type Values,
} from './diagnosis.js';

/**
 * - `user-secret`: is the rejected secret the account's user secret?
 * - `region`: which Kaltura region knows the account?
 * - `server`: does this server know the account?
 * - `roles`: which roles can `setrole` use?
 * - `way-out`: does another Kaltura server answer?
 * - `clock`: is this computer's clock correct?
 */
export type ProbeKind = 'user-secret' | 'region' | 'server' | 'roles' | 'way-out' | 'clock';

/**
 * A check that can find the cause of a failure. It runs only after the user has seen what it sends and confirmed it.
 */
export interface Probe {
  readonly kind: ProbeKind;
  /** For its question. */
  readonly values: Values;
  /** Every call with its server and values. A secret goes only to the server that the user chose for it. */
  readonly sends: readonly PlannedCall[];
  /** The code of the error that it explains; null if no server sent one. */
  readonly code: string | null;
}

/** The result of a probe. It replaces the list of likely causes. */
export interface Finding<Topic extends string = string, Id extends string = string> extends Diagnosis {
  readonly topic: Topic;
  readonly causes: readonly Cause<Id>[];
  /** Whether the headline is proven, and not only more likely than before. */
  readonly isSure: boolean;
  /** Whether it explains the failure, so that no further probe is needed. */
  readonly settles: boolean;
  /** The answers of all regions, if they were asked. */
  readonly regions?: readonly RegionAnswer[];
}

export type ProbeDeps = Omit<MakeKeyDeps, 'onStage'>;

/** Builds a finding that is certain and explains the failure, unless `rest` says otherwise. */
export const finding = <Topic extends string, C extends string | Cause>(
  what: Entry<Topic, C>,
  context: MakingContext,
  rest: Partial<Pick<Finding, 'isSure' | 'settles' | 'inner'>> = {},
): Finding<Topic, IdOf<C>> => ({
  ...(diagnosisOf(what, what.topic, makingValues(context)) as Pick<Finding<Topic, IdOf<C>>, keyof Diagnosis>),
  isSure: true,
  settles: true,
  ...rest,
});

/** Whether the finding confirms that this server has the account. */
export const isRegionConfirmed = ({ topic, isSure }: Finding): boolean =>
  topic.startsWith('region-confirmed-') && isSure;

const CAUSES_IN_OTHER_REGIONS: readonly string[] = ['same-number-elsewhere', 'other-region', 'other-server'];

/** Removes the fixes and causes that point to another server or region, because this one has the account. */
export const withRegionConfirmed = <D extends Diagnosis>(one: D): D => ({
  ...one,
  causes: one.causes
    .filter(({ id }) => !CAUSES_IN_OTHER_REGIONS.includes(id))
    .map((cause) => (cause.id === 'secret-of-other-or-region' ? { id: 'is-secret-of-other' } : cause)),
  fixes: one.fixes.filter(({ action }) => action !== 'change-region' && action !== 'change-url'),
});

/** Returns the finding for a probe that failed itself. Its causes are those of that failure. */
export function inconclusive(failure: unknown, context: MakingContext) {
  const inner = diagnoseMaking(failure, context);
  return finding(entry('inconclusive', [], ['retry']), context, { isSure: false, settles: false, inner });
}

/** Rethrows aborts and faults of this program, because they don't answer the probe's question. */
export function rethrowUnlessServerFailure(failure: unknown): void {
  if (!isServerFailure(failure)) throw failure;
}
