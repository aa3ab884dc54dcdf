import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { hadTerminal, isHungUp, listen, onTerminatingSignal, stopSelf } from './signals.js';

/** Reads the state of a process on Linux. null on other systems, and if the process has exited. */
function processState(pid: number | 'self') {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may contain anything.
    const [state, , group, , terminal, foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const caught = /^SigCgt:\s*([0-9a-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
    return { state, group, terminal, foreground, caught: BigInt(`0x${caught}`) };
  } catch {
    return null;
  }
}

/**
 * Checks whether the child got the signal too, from a terminal or shell that sends it to the whole process group. Node doesn't tell the
 * sender, so in the foreground, Ctrl+C and `kill -INT` look the same: the signal counts as typed if it reached a child that handles it. A
 * child that doesn't handle it exits at the first one.
 */
function wasDelivered(signal: NodeJS.Signals, child: number): boolean {
  // All processes of a console get its signals.
  if (process.platform === 'win32') return true;
  if (signal === 'SIGHUP') return isHungUp();
  if (!['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGCONT'].includes(signal)) return false;
  const [self, other] = [processState('self'), processState(child)];
  if (self === null || other === null) return signal !== 'SIGCONT' && hadTerminal();
  if (self.terminal === '0' || self.group !== other.group) return false;
  // A shell continues the whole group.
  if (signal === 'SIGCONT') return other.state !== 'T';
  const isCaught = ((other.caught >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
  return self.group === self.foreground && isCaught;
}

/**
 * Forwards signals to a child until the returned function is called: the program doesn't exit before its child. Call it before the child is
 * started, so that no signal is lost in between.
 * @param child returns the child once it was started
 */
export function forwardSignals(child: () => ChildProcess | undefined): () => void {
  const forward = (signal: NodeJS.Signals): void => {
    const started = child();
    if (started?.pid !== undefined && !wasDelivered(signal, started.pid)) started.kill(signal);
  };
  const onStop = (signal: NodeJS.Signals): void => {
    forward(signal);
    stopSelf(onStop);
  };
  const stops = [onTerminatingSignal(forward)];
  if (process.platform !== 'win32') stops.push(listen(['SIGUSR1', 'SIGCONT'], forward), listen(['SIGTSTP'], onStop));
  return () => {
    for (const stop of stops) stop();
  };
}
