/**
 * Rejects with the first error that nobody catches, in place of a stack trace and the end of the program. Later errors are ignored: they
 * mostly follow from the first.
 */
export function firstFault(): Promise<never> {
  const fault = new Promise<never>((_resolve, reject) => {
    process.on('uncaughtException', reject);
  });
  // Nothing may be waiting for it.
  fault.catch(() => {});
  return fault;
}
