import type { ApiError } from './api-error.js';
import type { Parameters } from './parameters.js';
import type { ApiValue } from './response-format.js';
import type { Session } from './session.js';
import type { PracticeData, Reach } from './world.js';

/** What surrounds every request: the world, and the two things that a server takes from its machine. */
export interface ServerContext {
  readonly data: PracticeData;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export interface Call extends ServerContext {
  readonly session: Session | null;
}

/** An action that does not need a session; it may have one all the same. */
export interface Action {
  readonly reach: Reach;
  /**
   * In two steps, since the server looks at the parameters before it looks at the key (docs/kaltura-facts.md 3.2): the first reads what it needs
   * and complains of what is missing, the second acts.
   */
  readonly prepare: (parameters: Parameters) => (call: Call) => ApiValue;
  /** What becomes of any error on the way, where an action hides some (docs/kaltura-facts.md 4.3). */
  readonly mask?: (error: ApiError) => ApiError;
}

/** Epoch seconds. */
export const secondsNow = ({ now }: ServerContext): number => Math.floor(now() / 1000);

/** The session of an action that nobody reaches without one. */
export function sessionOf({ session }: Call): Session {
  if (session === null) throw new Error('this action is open to anyone');
  return session;
}
