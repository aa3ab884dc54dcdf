import { faultCode } from './file-fault.js';

/** Calls the listener whenever the program runs on after it was stopped, until the returned function is called. */
export function onContinued(listener: () => void): () => void {
  process.on('SIGCONT', listener);
  return () => void process.off('SIGCONT', listener);
}

/**
 * Rejects with the first error that nobody catches, wherever it is thrown, instead of a stack trace and the end of the program. From then on, and
 * for the rest of the program, none is heard: what comes after the first is mostly its consequence.
 */
export function firstFault(): Promise<never> {
  const fault = new Promise<never>((_resolve, reject) => {
    process.on('uncaughtException', reject);
  });
  // Nobody need be waiting for it.
  fault.catch(() => {});
  return fault;
}

/** How a system says that there is no terminal at the other end any more. */
const GONE = new Set(['EIO', 'EPIPE', 'ENXIO', 'ENOTTY', 'EBADF']);

/**
 * Ends the program as the system does when its terminal is closed, also where that signal does not come (under nohup, say). The common
 * way out would not do: at its end Node restores the terminal, and where that is gone it aborts and leaves a picture of its memory on
 * the disk, secrets included.
 */
export function endWhenHungUp(stdin: NodeJS.ReadStream, screen: NodeJS.WriteStream): void {
  const end = (): void => {
    // A listener that comes and goes takes an inherited “ignore” with it.
    process.on('SIGHUP', () => {});
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, process.platform === 'win32' ? 'SIGKILL' : 'SIGHUP');
  };
  const endIfGone = (error: unknown): void => {
    if (!GONE.has(faultCode(error))) throw error;
    end();
  };
  // While single keys are read, no key means the end of input.
  stdin.once('end', end);
  stdin.on('error', endIfGone);
  screen.on('error', endIfGone);
}
