import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { isatty } from 'node:tty';
import type { TerminalUse } from '../operations/runtime.js';

// SIGUSR1 would open Node's debugger. The first line of the built program (scripts/build.js) catches it while the program runs: never
// remove the listeners of SIGUSR1.

const { platform } = process;

/**
 * The signals that end a program unless it catches them. Without SIGSEGV, SIGBUS, SIGFPE and SIGILL, because JavaScript can't handle a real
 * fault, and without SIGPROF, which profilers use (`node --cpu-prof`): with a listener for it, their signals would end the program.
 * Node ignores SIGPIPE.
 */
const TERMINATING: readonly NodeJS.Signals[] = (
  [
    ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR2', 'SIGALRM', 'SIGVTALRM', 'SIGXCPU', 'SIGXFSZ'],
    ['SIGABRT', 'SIGTRAP', 'SIGSYS', 'SIGPWR', 'SIGSTKFLT', 'SIGBREAK'],
    platform === 'linux' ? ['SIGIO'] : [],
  ].flat() as NodeJS.Signals[]
).filter((signal) => signal in constants.signals);

/** By default, these signals write the program's memory to a file, including secrets. */
const CORE_DUMPING: ReadonlySet<NodeJS.Signals> = new Set([
  'SIGQUIT',
  'SIGABRT',
  'SIGTRAP',
  'SIGSYS',
  'SIGXCPU',
  'SIGXFSZ',
] as const);

type Listener = (signal: NodeJS.Signals) => void;

/** Listens for signals until the returned function is called. */
export function listen(signals: readonly NodeJS.Signals[], listener: Listener): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** The number of running operations that a signal must not interrupt. */
let heldCount = 0;
const deferred = new Set<NodeJS.Signals>();

/** Ends the program as the signal does by default, but without a memory dump. Waits for running operations first. */
function terminateBy(signal: NodeJS.Signals): void {
  if (heldCount > 0) {
    deferred.add(signal);
    return;
  }
  if (CORE_DUMPING.has(signal)) process.exit(128 + constants.signals[signal]);
  // Adding a listener and removing it also clears an inherited "ignore".
  process.on(signal, () => {});
  process.removeAllListeners(signal);
  process.kill(process.pid, platform === 'win32' ? 'SIGKILL' : signal);
}

/** Runs work that must not be interrupted: a signal that would end the program ends it after the work. */
export async function deferSignals<T>(work: () => Promise<T>): Promise<T> {
  // If a command has its own listener, that decides about the signal.
  const free = TERMINATING.filter((signal) => process.listenerCount(signal) === 0);
  heldCount += 1;
  const stop = listen(free, terminateBy);
  try {
    return await work();
  } finally {
    // A signal that came during synchronous work is delivered in the turn after the next.
    await setImmediate();
    await setImmediate();
    stop();
    heldCount -= 1;
    if (heldCount === 0) for (const signal of deferred) terminateBy(signal);
  }
}

/** The standard streams that were a terminal when the program started to catch signals. */
let terminals: readonly number[] | null = null;

const findTerminals = (): readonly number[] => [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Checks whether a standard stream was a terminal when the program started to catch signals. */
export const hadTerminal = (): boolean => (terminals ?? []).length > 0;

/** Checks whether such a terminal is closed now. */
export const isHungUp = (): boolean => terminals?.some((descriptor) => !isatty(descriptor)) ?? false;

/** Calls the listener in place of the default action of every signal that would end the program, until the returned function is called. */
export function onTerminatingSignal(listener: Listener): () => void {
  terminals ??= findTerminals();
  return listen(TERMINATING, listener);
}

/** Resolves when the program is told to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = listen(['SIGINT', 'SIGTERM'], () => {
      stop();
      resolve();
    });
  });
}

/**
 * Ends the program by SIGHUP if its terminal was closed while it caught that signal. On a normal exit, Node restores the terminal; if that is
 * gone, Node aborts with a memory dump.
 */
export function exitIfHungUp(): void {
  if (isHungUp()) terminateBy('SIGHUP');
}

/** Stops the program as SIGTSTP does by default. Returns when the program continues, or at once if it could not be stopped. */
export function stopSelf(listener: Listener): void {
  process.off('SIGTSTP', listener);
  process.kill(process.pid, 'SIGTSTP');
  process.on('SIGTSTP', listener);
}

/** Stops the program and the rest of its job, as the terminal does on Ctrl+Z. Windows has no such stop. */
export function suspend(): void {
  if (platform !== 'win32') process.kill(0, 'SIGTSTP');
}

/**
 * Manages the terminal while the program reads single key presses: releases it when the program is stopped, and takes it again when the
 * program continues, because the shell has turned echo on. Active until the returned function is called.
 */
export function guardTerminal({ release, take, leave }: TerminalUse): () => void {
  if (platform === 'win32') return leave === undefined ? () => {} : onTerminatingSignal(endAfter(leave));
  let isReleased = false;
  let isOver = false;
  const resume = (): void => {
    if (isOver) return;
    // Also after SIGSTOP, which gives no chance to release it.
    if (!isReleased) release();
    isReleased = false;
    take();
  };
  const onStop = async (): Promise<void> => {
    if (!isReleased) release();
    isReleased = true;
    stopSelf(onStop);
    // SIGCONT comes first, unless the program could not be stopped.
    await setImmediate();
    await setImmediate();
    if (isReleased) resume();
  };
  const stops = [
    listen(['SIGTSTP'], onStop),
    listen(['SIGCONT'], resume),
    leave === undefined ? () => {} : onTerminatingSignal(endAfter(leave)),
  ];
  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
}

const endAfter =
  (leave: () => void): Listener =>
  (signal) => {
    leave();
    terminateBy(signal);
  };

/** Error codes of a terminal that is gone. */
const GONE = new Set(['EIO', 'EPIPE', 'ENXIO', 'ENOTTY', 'EBADF']);

/** Ends the program when its terminal is closed, even if SIGHUP does not arrive (under nohup, for example). */
export function exitOnHangUp(stdin: NodeJS.ReadStream, screen: NodeJS.WriteStream): void {
  const end = (): void => terminateBy('SIGHUP');
  const endIfGone = (error: unknown): void => {
    if (!GONE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    end();
  };
  // While single key presses are read, only a closed terminal ends the input.
  stdin.once('end', end);
  stdin.on('error', endIfGone);
  screen.on('error', endIfGone);
}

/**
 * Rejects with the first uncaught error, so that the program can report it instead of crashing. Later errors are ignored: most of them
 * follow from the first.
 */
export function firstUncaughtError(): Promise<never> {
  const fault = new Promise<never>((_resolve, reject) => {
    process.on('uncaughtException', reject);
  });
  // Avoids an unhandled rejection if no caller waits for it.
  fault.catch(() => {});
  return fault;
}
