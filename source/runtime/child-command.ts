import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { faultCode } from './file-fault.js';

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The keyboard's Ctrl-C reaches the whole group of a terminal: the child has it already. */
  readonly isAtTerminal: boolean;
}

/** How a command ended: by its exit code (as a shell counts: 128 + n after signal n), or it could not be started. */
export type ChildEnding = { readonly code: number } | { readonly cannotStart: 'absent' | 'denied' | 'other' };

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a command with our three streams, without a shell, and hands signals on to it until it ends. */
export function runChild({ command, args, env, isAtTerminal }: ChildCommand): Promise<ChildEnding> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { env: { ...env }, stdio: 'inherit', windowsHide: false });
    const handlers = FORWARDED.map((signal) => {
      const handler = () => {
        if (signal !== 'SIGINT' || !isAtTerminal) child.kill(signal);
      };
      process.on(signal, handler);
      return { signal, handler };
    });
    const end = (ending: ChildEnding): void => {
      for (const { signal, handler } of handlers) process.off(signal, handler);
      resolve(ending);
    };
    child.once('error', (error) => {
      const code = faultCode(error);
      end({ cannotStart: code === 'ENOENT' ? 'absent' : code === 'EACCES' ? 'denied' : 'other' });
    });
    child.once('exit', (code, signal) =>
      end({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) }),
    );
  });
}
