import { isServerFailure } from '../accounts/find-region.js';
import type { PlannedCall } from '../api/planned-calls.js';
import type { MakeKeyDeps } from '../sign-in/key-request.js';
import { hostOf, retry } from './advice.js';
import { type Advice, type AdviceContext, adviseOn } from './diagnose.js';

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
  /** The question, such as `Is it the User Secret?` */
  readonly question: string;
  /** Every call with its server and values. A secret goes only to the server that the user chose for it. */
  readonly sends: readonly PlannedCall[];
  /** The side effects, in one sentence: for example, a new key or a step towards a lock. */
  readonly sideEffect: string;
  /** The code of the error that it explains; null if no server sent one. */
  readonly code: string | null;
}

/** The result of a probe. It replaces the list of likely causes. */
export interface Finding extends Pick<Advice, 'headline' | 'explanation' | 'causes' | 'remedies'> {
  /** Whether the headline is proven, and not only more likely than before. */
  readonly isSure: boolean;
  /** Whether it explains the failure, so that no further probe is needed. */
  readonly settles: boolean;
}

export type ProbeDeps = Omit<MakeKeyDeps, 'onStage'>;

/** Returns the finding for a probe that failed itself. */
export function inconclusive(failure: unknown, context: AdviceContext): Finding {
  const { headline, causes } = adviseOn(failure, context);
  return {
    headline: 'It could not be found out',
    explanation: `The question got no answer: ${headline}.`,
    causes,
    remedies: [retry],
    isSure: false,
    settles: false,
  };
}

/** Rethrows aborts and faults of this program, because they don't answer the probe's question. */
export function rethrowUnlessServerFailure(failure: unknown): void {
  if (!isServerFailure(failure)) throw failure;
}

/** Returns the host of the request's server, such as `api.eu.kaltura.com`. */
export const requestHost = ({ request }: AdviceContext): string => hostOf(request);
