import { setImmediate } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that must not be left half done: a signal that would end the program meanwhile ends it afterwards. Where others hear the
 * signal as well, it is theirs to heed.
 */
export async function withSignalsHeld<T>(work: () => Promise<T>): Promise<T> {
  const heard = new Set<NodeJS.Signals>();
  const hold = (signal: NodeJS.Signals): void => void heard.add(signal);
  const ending = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of ending) process.on(signal, hold);
  try {
    return await work();
  } finally {
    // One that came while nothing could be heard is told in the turn after the next.
    await setImmediate();
    await setImmediate();
    for (const signal of ending) process.off(signal, hold);
    for (const signal of heard) process.kill(process.pid, signal);
  }
}
