import { isServerFailure } from '../accounts/find-region.js';
import type { PlannedCall } from '../api/planned-calls.js';
import type { MakeKeyDeps } from '../sign-in/key-request.js';
import { hostOf, retry } from './advice.js';
import { type Advice, type AdviceContext, adviseOn } from './diagnose.js';

/**
 * - `user-secret`: is the secret that was refused the account's other one?
 * - `region`: which of Kaltura's regions knows the account?
 * - `server`: does this one server know the account?
 * - `roles`: which roles may stand in `setrole`?
 * - `way-out`: does another Kaltura server answer?
 * - `clock`: is this computer's clock right?
 */
export type ProbeKind = 'user-secret' | 'region' | 'server' | 'roles' | 'way-out' | 'clock';

/** A question that tells more of why no key was made. It is asked only where the person wants it, having seen what is sent. */
export interface Probe {
  readonly kind: ProbeKind;
  /** `Is it the User Secret?` */
  readonly question: string;
  /** Every call, where it goes and with which values. A secret goes to the server that was chosen for it, and to no other. */
  readonly sends: readonly PlannedCall[];
  /** What comes of it besides the answer, in a sentence: of a key that is made, of a lock. */
  readonly sideEffect: string;
  /** The code of the refusal that it follows; null where no server refused anything. */
  readonly code: string | null;
}

/** What a probe found out. It takes the place of the guesses. */
export interface Finding extends Pick<Advice, 'headline' | 'explanation' | 'causes' | 'remedies'> {
  /** Whether what the headline says is proven, or only likelier than before. */
  readonly isSure: boolean;
  /** Whether it tells why no key was made: then nothing more needs to be asked. */
  readonly settles: boolean;
}

export type ProbeDeps = Omit<MakeKeyDeps, 'onStage'>;

/** Where the question itself failed. */
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

/** Lets through what was no answer to the question: the person gave it up, or this program has a fault. */
export function rethrowUnlessServerFailure(failure: unknown): void {
  if (!isServerFailure(failure)) throw failure;
}

/** `api.eu.kaltura.com`, the server that was to make the key. */
export const requestHost = ({ request }: AdviceContext): string => hostOf(request);
