import { execFile } from 'node:child_process';

/**
 * Whether a terminal's line is in raw mode: the program reads single keys. Nothing announces the change, so the line is asked.
 * It matters because Ink draws its first frame a moment before it begins to read, and a Ctrl-C that comes in between is a signal.
 */
export const isLineRaw = (ttyName: string) =>
  new Promise<boolean>((resolve) => {
    const ask = 'PATH=/usr/bin:/bin stty -a <"$0"';
    execFile('/bin/sh', ['-c', ask, ttyName], (error, settings) => resolve(!error && /(^|\s)-icanon\b/.test(settings)));
  });
