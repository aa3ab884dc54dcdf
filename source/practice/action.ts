import type { ApiError } from './api-error.js';
import type { Parameters } from './parameters.js';
import type { ApiValue } from './response-format.js';
import type { Session } from './session.js';
import type { PracticeData, Reach } from './world.js';

/** What every request needs: the practice data, the clock and random bytes. */
export interface ServerContext {
  readonly data: PracticeData;
  /** Returns the time in epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface Call extends ServerContext {
  readonly session: Session | null;
}

/** A session is optional here: an action that needs none can still receive one. */
export interface Action {
  readonly reach: Reach;
  /**
   * Works in two steps, because the server checks the parameters before the key (docs/kaltura-facts.md 3.2): the first
   * step reads the parameters and reports missing ones, the second one runs the action.
   */
  readonly prepare: (parameters: Parameters) => (call: Call) => ApiValue;
  /** Replaces errors that the action hides (docs/kaltura-facts.md 4.3). */
  readonly mask?: (error: ApiError) => ApiError;
}

/** Returns the time in epoch seconds. */
export const secondsNow = ({ now }: ServerContext): number => Math.floor(now() / 1000);

/** Returns the session of an action that requires one. */
export function sessionOf({ session }: Call): Session {
  if (session === null) throw new Error('this action is open to anyone');
  return session;
}
