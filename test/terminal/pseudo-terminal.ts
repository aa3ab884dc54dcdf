import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Emulator } from './emulator.js';
import { createIsolation } from './isolation.js';
import { createKeyboard, type Keyboard } from './keyboard.js';
import { capturePath, type Redirects } from './leader.js';
import { type Exit, startSession } from './session.js';
import { createScreenWaiter, type Expected } from './waiting.js';

export type TerminalOptions = Redirects & {
  /** 80 x 24 by default. */
  readonly columns?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  /** Added to an empty environment with a few defaults; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The only programs in PATH: name to shell script, for example a fake clipboard tool. */
  readonly tools?: Readonly<Record<string, string>>;
  /** A JavaScript file for this Node (`dist/cli.js` by default), or a command with its first arguments. */
  readonly program?: string | readonly [string, ...string[]];
  /** The program's HOME by default. */
  readonly cwd?: string;
};

/** The folder at the start: commands that run in this process change the working directory. */
const FOLDER = process.cwd();

type Screen = Pick<Emulator, 'screen' | 'scrollback' | 'cells' | 'styles' | 'cursor' | 'modes' | 'clipboard'>;

export type PseudoTerminal = Screen &
  Keyboard &
  AsyncDisposable & {
    /** The screen as one text, without the blank rows at its end. */
    frame(): string;
    /** Everything that the program wrote to the terminal, escape sequences included. */
    readonly raw: string;
    /** The captured output of a redirected stream; '' if there is none yet. */
    readonly stdout: string;
    readonly stderr: string;
    /** HOME of the program; XDG_CONFIG_HOME is `.config` in it. It exists until the terminal is closed. */
    readonly home: string;
    /** Resolves when the program has ended and all its output is on the screen. */
    readonly exit: Promise<Exit>;
    /** performance.now() when the program was started, and when it had ended. */
    readonly times: { readonly started?: number; readonly ended?: number };
    resize(columns: number, rows: number): void;
    /** Checks now and after each parsed chunk of output, but never in the middle of a synchronized frame. */
    waitFor(expected: Expected): Promise<void>;
    /** Sends the signal to the program itself. */
    kill(signal: NodeJS.Signals): void;
    /** Ends everything that still runs in the terminal, and removes the isolated environment. */
    close(): Promise<void>;
  };

/** Starts a program in its own pseudo-terminal. The caller must close it; tests use `openTerminal`, which does that. */
export async function startTerminal(options: TerminalOptions = {}): Promise<PseudoTerminal> {
  const { columns = 80, rows = 24, args = [], program = 'dist/cli.js', stdin } = options;
  const isolation = await createIsolation(options.env, options.tools);
  const { harnessFolder, env, home } = isolation;
  if (typeof stdin === 'object') await writeFile(capturePath(harnessFolder, 'stdin'), stdin.text, { mode: 0o600 });

  const [file, ...first] =
    typeof program === 'string' ? ([process.execPath, resolve(FOLDER, program)] as const) : program;
  const command = [file, ...first, ...args] as const;
  const session = startSession(
    { ...options, command, columns, rows, cwd: options.cwd ?? home, env, harnessFolder },
    () => {
      if (!emulator.modes.synchronizedOutput) waiting.check();
    },
  );
  const { emulator } = session;
  const waiting = createScreenWaiter(emulator.screen);
  void session.exit.then(({ code }) => waiting.finish(`The program ended with ${code}`));

  const captured = (name: 'stdout' | 'stderr') => {
    const path = capturePath(harnessFolder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  const close = async () => {
    session.end();
    await session.closed;
    emulator.dispose();
    await isolation.remove();
  };
  // Before the program has started, a key press would reach the shell.
  const { pid } = await session.started.catch(async (error) => {
    await close();
    throw error;
  });
  return {
    ...createKeyboard(session),
    screen: emulator.screen,
    scrollback: emulator.scrollback,
    cells: emulator.cells,
    styles: emulator.styles,
    clipboard: emulator.clipboard,
    get cursor() {
      return emulator.cursor;
    },
    get modes() {
      return emulator.modes;
    },
    frame: () => emulator.screen().join('\n').trimEnd(),
    get raw() {
      return session.raw;
    },
    get stdout() {
      return captured('stdout');
    },
    get stderr() {
      return captured('stderr');
    },
    home,
    exit: session.exit,
    times: session.times,
    resize: session.resize,
    waitFor: waiting.waitFor,
    kill: (signal) => void process.kill(pid, signal),
    close,
    [Symbol.asyncDispose]: close,
  };
}
