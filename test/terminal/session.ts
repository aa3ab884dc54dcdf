import { spawn } from '@lydell/node-pty';
import { deferred } from './deferred.js';
import { createEmulator } from './emulator.js';
import { leaderScript, type Redirects, reports } from './leader.js';

export type Exit = {
  /** The exit code as in a shell's `$?`: 128 + n if signal n ended the program. */
  readonly code: number;
  /** Whether the terminal settings (echo, raw mode, signal keys) are the same as before the program. */
  readonly lineRestored: boolean;
};

export type SessionOptions = Redirects & {
  readonly command: readonly [string, ...string[]];
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly harnessFolder: string;
};

/** Starts a program under a shell in a pseudo-terminal, and passes its output to an emulator. */
export function startSession(
  { command, columns, rows, cwd, env, harnessFolder, ...redirects }: SessionOptions,
  onChange: () => void,
) {
  const script = leaderScript(redirects, harnessFolder);
  const options = { cols: columns, rows, cwd, env, encoding: null };
  const pty = spawn('/bin/sh', ['-c', script, 'leader', ...command], options);
  const chunks: Buffer[] = [];
  const times: { started?: number; ended?: number } = {};
  const started = deferred<{ readonly pid: number; readonly ttyName: string }>();
  const exit = deferred<Exit>();
  const closed = deferred<void>();
  let isOpen = true;
  let code = Number.NaN;

  const end = () => {
    // Kill the whole process group: the shell has stopped itself, and the program may have left child processes.
    try {
      if (isOpen) process.kill(-pty.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    isOpen = false;
  };
  const emulator = createEmulator(columns, rows, {
    onAnswer: (bytes) => isOpen && pty.write(bytes),
    onReport: (report) => {
      const [what, first = '', second = ''] = report.split(' ');
      if (what === 'pid') {
        times.started = performance.now();
        started.resolve({ pid: Number(first), ttyName: second });
      } else if (what === 'end') {
        times.ended = performance.now();
        code = Number(first);
      } else {
        exit.resolve({ code, lineRestored: first === 'restored' });
        end();
      }
    },
  });
  pty.onData((data) => {
    const bytes = Buffer.from(data);
    chunks.push(bytes);
    void emulator.write(bytes).then(onChange);
  });
  pty.onExit(({ exitCode, signal }) => {
    isOpen = false;
    // Used only if the shell was killed before its program. Otherwise the reports have resolved `exit` already.
    exit.resolve({ code: signal ? 128 + signal : exitCode, lineRestored: false });
    started.reject(new Error('The shell ended before the program started'));
    closed.resolve();
  });
  started.promise.catch(() => {});

  return {
    emulator,
    times,
    started: started.promise,
    exit: exit.promise,
    closed: closed.promise,
    end,
    get raw() {
      return Buffer.concat(chunks).toString('utf8').replace(reports, '');
    },
    write: (bytes: string) => pty.write(bytes),
    resize(newColumns: number, newRows: number) {
      emulator.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
  };
}
