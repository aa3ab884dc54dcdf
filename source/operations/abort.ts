import { ConnectionError } from '../kaltura/api/http.js';
import type { Runtime } from './runtime.js';

/**
 * Runs a task of a command. Every signal that would end the program aborts the task instead; the task then throws as after any abort.
 */
export async function abortOnSignal<T>(
  { onSignal }: Pick<Runtime, 'onSignal'>,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stopListening = onSignal(() => controller.abort());
  try {
    return await task(controller.signal);
  } finally {
    stopListening();
  }
}

/** Checks whether a request failed because it was aborted. */
export const isAborted = (error: unknown): boolean => error instanceof ConnectionError && error.fault === 'aborted';
