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
