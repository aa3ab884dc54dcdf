import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import type { ChildCommand, ChildProblem, ChildResult } from '../operations/runtime.js';
import { faultCode } from './files/file-fault.js';
import { findProgram } from './find-program.js';
import { forwardSignals } from './forward-signals.js';

/** Runs a command with this program's streams, without a shell, and forwards signals to it until it exits. */
export function runChild({ command, args, env }: ChildCommand): Promise<ChildResult> {
  // Windows would look in the current folder first. Other systems find the command as a shell does.
  const program = process.platform === 'win32' ? findProgram(command, env, { mayBeRelative: true }) : command;
  if (program === null) return Promise.resolve({ cannotStart: 'absent', why: problemOf(command, 'absent') });
  return new Promise((resolve) => {
    let child: ChildProcess | undefined;
    const stopForwarding = forwardSignals(() => child);
    const end = (ending: ChildResult): void => {
      stopForwarding();
      resolve(ending);
    };
    child = spawn(program, [...args], { env: { ...env }, stdio: 'inherit', windowsHide: false });
    child.on('error', (error) => {
      // Node also reports a signal that it may not send: the child is still running.
      if (child?.pid !== undefined) return;
      const code = faultCode(error);
      const cannotStart = code === 'ENOENT' ? 'absent' : code === 'EACCES' ? 'denied' : 'other';
      end({ cannotStart, why: problemOf(command, cannotStart) });
    });
    child.once('exit', (code, signal) =>
      end({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) }),
    );
  });
}

/** Looks at the file that a command names, to say why it could not be started. */
function problemOf(command: string, cannotStart: 'absent' | 'denied' | 'other'): ChildProblem | null {
  if (statSync(command, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const isPath = /[\\/]/.test(command);
  if (cannotStart === 'absent') return isPath ? 'no-interpreter' : 'in-folder';
  return cannotStart === 'denied' && isPath ? 'not-executable' : null;
}
