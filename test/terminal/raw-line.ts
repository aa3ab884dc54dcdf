import { execFile } from 'node:child_process';

/**
 * Returns whether a terminal is in raw mode, in which the program reads single key presses. No event announces the change.
 * Ink draws its first frame shortly before it turns raw mode on. Ctrl+C in between is a signal, not a key press.
 */
export const isLineRaw = (ttyName: string) =>
  new Promise<boolean>((resolve) => {
    const ask = 'PATH=/usr/bin:/bin stty -a <"$0"';
    execFile('/bin/sh', ['-c', ask, ttyName], (error, settings) => resolve(!error && /(^|\s)-icanon\b/.test(settings)));
  });
