import { untilNextText } from '../kaltura/lifetime.js';
import type { Runtime } from '../operations/runtime.js';
import type { Session } from './session.js';

/** After this time without a key press, remaining times are not updated any more, in milliseconds. */
const LONGEST_IDLE = 10 * 60 * 1000;

/** Returns the milliseconds until one of the shown remaining times changes; null if none will. */
function nextChange(expiries: readonly number[], now: number): number | null {
  const changes = expiries
    .map((expiry) => expiry - now / 1000)
    .filter((remaining) => remaining > 0)
    .map(untilNextText);
  return changes.length === 0 ? null : Math.ceil(Math.min(...changes) * 1000) + 1;
}

/**
 * Keeps the remaining times on the screen current. Wakes up only when a shown text changes, so that the screen stays still for a mouse
 * selection in between.
 *
 * @returns stops it
 */
export function startCountdown(session: Session, { now, wakeIn }: Pick<Runtime, 'now' | 'wakeIn'>): () => void {
  let cancel: (() => void) | null = null;
  const schedule = (): void => {
    cancel?.();
    cancel = null;
    if (session.ending() !== null || session.state().isCountdownStopped) return;
    const change = nextChange(session.view().expiries ?? [], now());
    if (change === null) return;
    const idleEnd = Math.max(0, session.lastPress() + LONGEST_IDLE - now());
    const isLast = idleEnd <= change;
    cancel = wakeIn(Math.min(change, idleEnd), () => session.dispatch({ type: 'tick', isLast }));
  };
  const unsubscribe = session.subscribe(schedule);
  schedule();
  return () => {
    unsubscribe();
    cancel?.();
  };
}
