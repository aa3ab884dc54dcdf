import { writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import { createPracticeServers } from '../../source/operations/practice-servers.js';
import { REQUEST_TIMEOUT } from '../../source/operations/timeouts.js';
import { createNodeRuntime, type Host } from '../../source/platform/node-runtime.js';
import { PRACTICE_ACCOUNT } from '../../source/practice/practice-account.js';
import { type Key as PressedKey, pasteOf } from '../../source/terminal/key.js';
import { createKeyParser } from '../../source/terminal/key-parser.js';
import type { PrintedText } from '../../source/ui/display.js';
import { type Frame, frameFor } from '../../source/ui/layout/frame.js';
import { glyphsFor } from '../../source/ui/layout/glyphs.js';
import { openSession } from '../../source/ui/open-session.js';
import type { Ending } from '../../source/wizard/engine/effect.js';
import { deferred } from '../terminal/deferred.js';
import { createIsolation } from '../terminal/isolation.js';
import type { Key } from '../terminal/keys.js';
import { createScreenWaiter } from '../terminal/waiting.js';
import { type Moves, movesOn, type Surface } from './moves.js';

export interface WizardOptions {
  /** 80 x 24 by default. */
  readonly columns?: number;
  readonly rows?: number;
  /** Added to an isolated environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The programs in PATH: name to shell script. */
  readonly tools?: Readonly<Record<string, string>>;
  /** The text of `.env` in the working directory. */
  readonly envFile?: string;
}

export interface Wizard extends Surface, Moves {
  /** The home folder, and the working directory. */
  readonly home: string;
  /** Everything that was shown: each frame, and the text printed above it. */
  readonly raw: string;
  /** Each text that was sent to the clipboard (OSC 52). */
  readonly clipboard: readonly string[];
  /** Resolves when the user has quit. */
  readonly exit: Promise<Ending>;
}

const FOLDER = process.cwd();
/** A scrypt cost that takes about a millisecond. */
const LOW_COST = { N: 2 ** 10, r: 8, p: 1 };

const NAMES: Readonly<Record<string, PressedKey>> = {
  esc: { name: 'escape' },
  f1: { name: 'function' },
  space: { name: 'text', text: ' ' },
  'alt+b': { name: 'word-left' },
  'alt+f': { name: 'word-right' },
};
const pressedKey = (key: Key): PressedKey => NAMES[key] ?? ({ name: key } as PressedKey);

/**
 * Opens the wizard without a terminal and without Ink: key presses in, frames as text out. Everything else is real: files, HTTP,
 * encryption, clipboard tools, practice servers.
 */
export async function openWizard(options: WizardOptions = {}): Promise<Wizard> {
  const size = { columns: options.columns ?? 80, rows: options.rows ?? 24 };
  const { env, home, remove } = await createIsolation(options.env, options.tools);
  process.chdir(home);
  if (options.envFile !== undefined) await writeFile('.env', options.envFile);
  const printed: string[] = [];
  const history: string[] = [];
  const clipboard: string[] = [];
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    write: (text: string) => {
      const [, copied] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(text) ?? [];
      if (copied !== undefined) clipboard.push(Buffer.from(copied, 'base64').toString('utf8'));
      return true;
    },
  }) as unknown as NodeJS.WriteStream;
  const stdin = new PassThrough();
  const host = { env: { ...env }, platform: process.platform, stdin, stdout: terminal, stderr: terminal };
  const runtime = createNodeRuntime('1.2.3', { ...host, scryptCost: LOW_COST, practicePort: 0 } as unknown as Host);
  const store = await runtime.openStore();
  const practice = createPracticeServers(runtime);
  const services = {
    http: runtime.httpWithin(REQUEST_TIMEOUT),
    now: runtime.now,
    wakeIn: runtime.wakeIn,
    randomBytes: runtime.randomBytes,
    copy: async (...args: Parameters<Awaited<ReturnType<typeof runtime.openClipboard>>['copy']>) =>
      (await runtime.openClipboard(terminal)).copy(...args),
    store,
    openSecretKeeper: runtime.openSecretKeeper,
    openEnvFiles: runtime.openEnvFiles,
    readEnvAccount: runtime.readEnvAccount,
    practice,
  };
  const exit = deferred<Ending>();
  const handle = {
    print: ({ label, text }: PrintedText) => {
      printed.push(label, ...text().split('\n'));
      history.push([label, text(), ''].join('\n').replaceAll('\n', '\r\n'));
      waiting.check();
    },
    suspend: <Result>(run: () => Promise<Result>) => run(),
  };
  const setting = { isCaptured: false, fileOf: store.fileOf, practiceAccount: PRACTICE_ACCOUNT };
  const { session, abort } = await openSession(services, setting, () => handle);
  let drawn: Frame | null = null;
  const draw = (): Frame => {
    drawn ??= frameFor(session.view(), session.interaction(), session.state().notice, size, glyphsFor(false), false);
    session.limitScroll(drawn.reach);
    return drawn;
  };
  const screen = () =>
    draw().lines.map((line) =>
      line
        .map((segment) => segment.text)
        .join('')
        .trimEnd(),
    );
  const waiting = createScreenWaiter(screen);
  const redraw = (): void => {
    drawn = null;
    history.push(screen().join('\n'));
    waiting.check();
  };
  session.subscribe(redraw);
  session.subscribe(() => {
    const how = session.ending();
    if (how !== null) exit.resolve(how);
  });
  void exit.promise.then((how) => waiting.finish(`The wizard ended (${how})`));
  onTestFinished(async () => {
    abort();
    runtime.leave();
    await practice.close();
    process.chdir(FOLDER);
    await remove();
  });
  const press = async (...keys: readonly PressedKey[]): Promise<void> => {
    for (const key of keys) {
      session.press(key);
      draw();
    }
  };
  const surface: Surface & Pick<Wizard, 'raw'> = {
    screen,
    frame: () => screen().join('\n'),
    scrollback: () => [...printed, ...screen()],
    get cursor() {
      const { cursor } = draw();
      return { column: cursor?.column ?? 0, row: cursor?.row ?? 0, visible: cursor !== null };
    },
    press: (...keys) => press(...keys.map(pressedKey)),
    type: (text) => press(...keysOf(text)),
    paste: (text) => press(pasteOf(text)),
    waitFor: waiting.waitFor,
    get raw() {
      return history.join('\n');
    },
  };
  redraw();
  return Object.assign(surface, movesOn(surface), { home, clipboard, exit: exit.promise });
}

/** The key presses in a text without sequences. */
function keysOf(text: string): PressedKey[] {
  const parser = createKeyParser();
  parser.push(text);
  const keys: PressedKey[] = [];
  for (let key = parser.next(); key !== null; key = parser.next()) keys.push(key);
  return keys;
}

/** Presses Ctrl+C, and waits for the end. */
export async function cancel(wizard: Wizard): Promise<void> {
  await wizard.press('ctrl+c');
  expect(await wizard.exit).toBe('cancelled');
}
