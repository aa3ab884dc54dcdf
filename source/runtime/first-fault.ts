/**
 * Rejects with the first uncaught error, so that the program can report it instead of crashing. Later errors are ignored: most of them
 * follow from the first.
 */
export function firstFault(): Promise<never> {
  const fault = new Promise<never>((_resolve, reject) => {
    process.on('uncaughtException', reject);
  });
  // Nothing may be waiting for it.
  fault.catch(() => {});
  return fault;
}
