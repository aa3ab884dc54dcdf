import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { main } from '../../source/cli/main.js';
import { COMMON_FLAGS } from '../../source/cli/specs/flags.js';
import { COMMANDS, PROGRAM } from '../../source/cli/specs/program.js';
import { type ColorLevel, type OutputState, replaceParts, type TextReading } from '../../source/operations/runtime.js';
import { chooseTerminal } from '../../source/platform/terminal/choice.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';

/** The program by its arguments, in a world made of streams that collect. */

interface Terminals {
  readonly stdin?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly depth?: number;
  readonly output?: OutputState;
}

const EMPTY_STORE: Partial<ProfileStore> = {
  folder: '/nowhere',
  fileOf: (name) => `/nowhere/${name}.json`,
  load: async () => ({ profiles: [], troubles: [] }),
  sweep: async () => {},
  defaultName: async () => null,
};

function worldOf(terminals: Terminals, env: Record<string, string> = {}) {
  const stdout = collecting(terminals.stdout ?? false, terminals.depth);
  const stderr = collecting(terminals.stderr ?? false, terminals.depth);
  const keyboard = Object.assign(new PassThrough(), {
    isTTY: terminals.stdin ?? false,
    setRawMode: () => keyboard,
    ref: () => keyboard,
    unref: () => keyboard,
  });
  const levels: ColorLevel[] = [];
  const left: boolean[] = [];
  const runtime = fakeRuntime({
    stdin: keyboard as unknown as NodeJS.ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    now: () => Date.UTC(2026, 10, 24, 16, 20),
    httpWithin: () => () => Promise.reject(new Error('unwanted: a request')),
    openStore: async () => EMPTY_STORE as ProfileStore,
    setColorLevel: (level) => levels.push(level),
    guardTerminal: () => () => {},
    suspend: () => {},
    readEnvAccount: async () => null,
    wakeIn: () => () => {},
    outputState: () => terminals.output ?? 'open',
    leave: () => left.push(true),
  });
  return { runtime, keyboard, levels, left, out: stdout.text, err: stderr.text };
}

describe('without a terminal', () => {
  const run = async (argv: readonly string[], terminals: Terminals = {}, env: Record<string, string> = {}) => {
    const world = worldOf(terminals, env);
    const code = await main(argv, world.runtime, '1.2.3');
    return { code, out: world.out(), err: world.err() };
  };

  test.each([['--version'], ['-v'], ['-V']])('%s prints the version alone', async (flag) => {
    expect(await run([flag])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test.each([['--help'], ['-h']])('%s prints how to use it, on standard output', async (flag) => {
    const { code, out, err } = await run([flag]);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/kaltura-ks practice|practice/);
    expect(out).toContain('--no-input');
    // What scripts rely on.
    expect(out).toMatch(/\b130\b/);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test.each<[what: string, terminals: Terminals, message: RegExp]>([
    ['nothing is one', {}, /standard input is not a terminal/],
    ['only the outputs are', { stdout: true, stderr: true }, /standard input is not a terminal/],
    ['only the input is', { stdin: true }, /neither standard output nor standard error is a terminal/],
  ])('it ends at once and says what to do: %s', async (_what, terminals, message) => {
    const { code, out, err } = await run([], terminals);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).toContain('KS=$(kaltura-ks)');
    expect(err.endsWith('\n')).toBe(true);
  });

  test('--no-input never asks, on whatever terminal', async () => {
    const { code, out, err } = await run(['--no-input'], { stdin: true, stdout: true, stderr: true });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/--no-input forbids it/);
  });

  test('Git Bash is told how to give it a terminal', async () => {
    expect((await run([], {}, { MSYSTEM: 'MINGW64' })).err).toMatch(/winpty kaltura-ks/);
    expect((await run([])).err).not.toMatch(/winpty/);
  });

  const PLANTED = 'PLANTED-0123456789abcdef';

  test.each([
    [[`--${PLANTED}`]],
    [[`--secret=${PLANTED}`]],
    [['--secret', PLANTED]],
    [[PLANTED]],
    [['token', `--admin-secret=${PLANTED}`]],
    [['practice', PLANTED]],
    [['practice', '--port', PLANTED]],
    [['practice', `--port=${PLANTED}`]],
    [['-z', PLANTED]],
  ])('%j is wrong usage, and nothing of it is repeated', async (argv) => {
    const { code, out, err } = await run(argv, { stdin: true, stdout: true, stderr: true });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^kaltura-ks: /);
    expect(err).not.toMatch(/PLANTED|0123456789/);
  });

  test.each(['0', '-1', '65536', '1.5', 'abc', ''])('the port %j is refused', async (port) => {
    const { code, err } = await run(['practice', `--port=${port}`]);
    expect(code).toBe(2);
    expect(err).toMatch(/port/);
  });
});

describe('on a terminal', () => {
  const ALL: Terminals = { stdin: true, stdout: true, stderr: true };
  const sees = (text: () => string, what: RegExp): Promise<void> =>
    vi.waitFor(() => expect(text()).toMatch(what), { timeout: 60_000, interval: 10 });

  test('Ctrl-C ends with 130, and hands nothing over', async () => {
    const { runtime, keyboard, left, out, err } = worldOf({ ...ALL, stdout: false });
    const ending = main([], runtime, '1.2.3');
    await sees(err, /Which region is your account in/);
    expect(left).toEqual([]);
    keyboard.write('\u0003');
    expect(await ending).toBe(130);
    expect(out()).toBe('');
    expect(left).toEqual([true]);
  });

  test('leaving without a key is success for a person, and cancelled for a script that waits for one', async () => {
    for (const [terminals, code] of [
      [ALL, 0],
      [{ ...ALL, stdout: false }, 130],
      // Nobody reads a closed output, so no script waits for the key.
      [{ ...ALL, stdout: false, output: 'closed' }, 0],
    ] as const) {
      const { runtime, keyboard, out, err } = worldOf(terminals);
      const screen = terminals.stdout ? out : err;
      const ending = main([], runtime, '1.2.3');
      await sees(screen, /Which region is your account in/);
      keyboard.write('\u001B');
      await sees(screen, /❯ Don’t quit/);
      keyboard.write('\u001B[B');
      await sees(screen, /❯ Quit/);
      keyboard.write('\r');
      expect(await ending).toBe(code);
      if (!terminals.stdout) expect(out()).toBe('');
    }
  });

  test('colors are settled before anything is drawn', async () => {
    const { runtime, keyboard, levels, out } = worldOf({ ...ALL, depth: 8 });
    const ending = main(['--no-color'], runtime, '1.2.3');
    await sees(out, /Which region is your account in/);
    expect(levels).toEqual([0]);
    keyboard.write('\u0003');
    await ending;
  });

  test('a fault of the program is told without its words, which may hold anything', async () => {
    const { runtime, err } = worldOf(ALL);
    const broken = new Proxy(runtime, {
      get: (target, name, receiver) =>
        name === 'openStore' ? () => Promise.reject(new TypeError('PLANTED')) : Reflect.get(target, name, receiver),
    });
    expect(await main([], broken, '1.2.3')).toBe(1);
    expect(err()).toMatch(/Unexpected error/);
    expect(err()).not.toContain('PLANTED');
  });
});

describe('the names of the options', () => {
  // Node takes such an option even after the script name, and runs the code in NODE_OPTIONS of the file (nodejs/node issue 54232).
  test('none begins with --env-file, which Node reads itself', () => {
    const specs = [PROGRAM, ...COMMANDS].flatMap(({ flags }) => flags ?? []);
    const names = [...specs, ...COMMON_FLAGS].map(({ flag }) => flag);
    expect(names.length).toBeGreaterThan(COMMON_FLAGS.length);
    expect(names.filter((name) => name.includes('--env-file'))).toEqual([]);
  });
});

describe('--dotenv without a command', () => {
  const wizardWith = async (reading: TextReading) => {
    const world = worldOf({ stdin: true, stdout: true, stderr: true });
    const runtime = replaceParts(world.runtime, { readText: async () => reading });
    const code = await main(['--dotenv', 'x.env'], runtime, '1.2.3');
    return { code, err: world.err() };
  };

  test.each<[string, TextReading, string]>([
    [
      'can’t be read',
      { ok: false, why: 'there is no such file' },
      'The .env file can’t be read: there is no such file.',
    ],
    ['has no account', { ok: true, text: 'A=1\n', isOpenToOthers: false }, 'has no account for the wizard'],
  ])('is refused if the file %s', async (_, reading, message) => {
    const { code, err } = await wizardWith(reading);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('which terminal, and how it looks', () => {
  const choose = (terminals: Terminals, env: Record<string, string> = {}, isColorOff = false) => {
    const { runtime } = worldOf(terminals, env);
    const choice = chooseTerminal(runtime, isColorOff);
    if (!choice.ok) return choice.reason;
    return {
      on: choice.screen === runtime.stdout ? 'stdout' : 'stderr',
      isCaptured: choice.isCaptured,
      colors: choice.colorLevel,
      isPlain: choice.isPlain,
    };
  };
  const ALL: Terminals = { stdin: true, stdout: true, stderr: true };

  test.each<[terminals: Terminals, on: string, isCaptured: boolean]>([
    [ALL, 'stdout', false],
    [{ stdin: true, stdout: true }, 'stdout', false],
    [{ stdin: true, stderr: true }, 'stderr', true],
  ])('%j: drawn on %s, captured: %s', (terminals, on, isCaptured) => {
    expect(choose(terminals)).toMatchObject({ on, isCaptured });
  });

  test.each<[what: string, env: Record<string, string>, depth: number, colors: ColorLevel]>([
    ['as the terminal can', {}, 24, 3],
    ['as the terminal can, 256', {}, 8, 2],
    ['as the terminal can, 16', {}, 4, 1],
    ['as the terminal can, none', {}, 1, 0],
    ['NO_COLOR', { NO_COLOR: '1' }, 24, 0],
    ['NO_COLOR of any value', { NO_COLOR: 'false' }, 24, 0],
    // By its definition, an empty one says nothing.
    ['an empty NO_COLOR', { NO_COLOR: '' }, 24, 3],
    ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '3' }, 24, 0],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, 24, 0],
    ['FORCE_COLOR=false', { FORCE_COLOR: 'false' }, 24, 0],
    ['FORCE_COLOR=1', { FORCE_COLOR: '1' }, 24, 1],
    ['FORCE_COLOR=3', { FORCE_COLOR: '3' }, 1, 3],
    ['FORCE_COLOR=true', { FORCE_COLOR: 'true' }, 24, 1],
    ['FORCE_COLOR, empty', { FORCE_COLOR: '' }, 24, 1],
    ['FORCE_COLOR=9', { FORCE_COLOR: '9' }, 24, 1],
    ['TERM=dumb', { TERM: 'dumb' }, 24, 0],
    ['TERM=dumb against FORCE_COLOR', { TERM: 'dumb', FORCE_COLOR: '3' }, 24, 0],
    ['CI alone', { CI: '1' }, 24, 3],
  ])('%s', (_what, env, depth, colors) => {
    expect(choose({ ...ALL, depth }, env)).toMatchObject({ colors });
  });

  test('--no-color is the last word', () => {
    expect(choose(ALL, { FORCE_COLOR: '3' }, true)).toMatchObject({ colors: 0 });
  });

  test('a build server’s variable does not reach the question how many colors there are', () => {
    const seen: unknown[] = [];
    const { runtime } = worldOf(ALL, { CI: '1', TERM: 'xterm' });
    const stdout = Object.assign(runtime.stdout, { getColorDepth: (env: unknown) => seen.push(env) && 24 });
    chooseTerminal({ stdin: runtime.stdin, stdout, stderr: runtime.stderr, env: runtime.env }, false);
    expect(seen).toEqual([{ TERM: 'xterm' }]);
  });

  test.each([
    ['dumb', true],
    ['linux', true],
    ['xterm-256color', false],
    ['', false],
  ])('TERM=%j has letters only: %s', (term, isPlain) => {
    expect(choose(ALL, { TERM: term })).toMatchObject({ isPlain });
  });

  test.each<[env: Record<string, string>, isUtf8: boolean]>([
    [{}, true],
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LC_CTYPE: 'UTF-8' }, true],
    [{ LANG: 'de_DE' }, true],
    [{ LANG: 'de_DE.UTF-8@euro' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'POSIX' }, false],
    [{ LC_CTYPE: 'C' }, false],
    [{ LC_ALL: 'C' }, false],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{ LANG: 'de_DE.ISO-8859-15@euro' }, false],
    [{ LANG: 'de_DE@euro' }, false],
    [{ LANG: 'ja_JP.eucJP' }, false],
    [{ LANG: 'ru_RU.KOI8-R' }, false],
    // The first one that is set decides.
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: 'en_US.UTF-8', LC_CTYPE: 'C', LANG: 'C' }, true],
    [{ LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, true],
  ])('%j: the terminal shows UTF-8: %s', (env, isUtf8) => {
    const choice = chooseTerminal(worldOf(ALL, env).runtime, false);
    expect(choice).toMatchObject({ isUtf8, isPlain: !isUtf8 });
  });
});
