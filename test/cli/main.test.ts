import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { main } from '../../source/cli/main.js';
import { COMMON_FLAGS } from '../../source/cli/specs/flags.js';
import { COMMANDS, PROGRAM } from '../../source/cli/specs/program.js';
import { type ColorLevel, type OutputState, replaceParts, type TextReading } from '../../source/operations/runtime.js';
import { chooseTerminal } from '../../source/platform/terminal/choice.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';

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

/** Returns a runtime with streams that collect the output, and a keyboard. */
function setUp(terminals: Terminals, env: Record<string, string> = {}) {
  const stdout = collecting(terminals.stdout ?? false, terminals.depth);
  const stderr = collecting(terminals.stderr ?? false, terminals.depth);
  const keyboard = Object.assign(new PassThrough(), {
    isTTY: terminals.stdin ?? false,
    setRawMode: () => keyboard,
    ref: () => keyboard,
    unref: () => keyboard,
  });
  const levels: ColorLevel[] = [];
  const exits: boolean[] = [];
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
    leave: () => exits.push(true),
  });
  return { runtime, keyboard, levels, exits, out: stdout.text, err: stderr.text };
}

describe('the program without a terminal', () => {
  const run = async (argv: readonly string[], terminals: Terminals = {}, env: Record<string, string> = {}) => {
    const program = setUp(terminals, env);
    const code = await main(argv, program.runtime, '1.2.3');
    return { code, out: program.out(), err: program.err() };
  };

  test.each([['--version'], ['-v'], ['-V']])('%s prints only the version', async (flag) => {
    expect(await run([flag])).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test.each([['--help'], ['-h']])('%s prints the help on standard output', async (flag) => {
    const { code, out, err } = await run([flag]);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/kaltura-ks practice|practice/);
    expect(out).toContain('--no-input');
    // Scripts rely on the exit code 130.
    expect(out).toMatch(/\b130\b/);
    expect(out.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  test.each<[what: string, terminals: Terminals, message: RegExp]>([
    ['none of the streams is one', {}, /standard input is not a terminal/],
    ['only the outputs are', { stdout: true, stderr: true }, /standard input is not a terminal/],
    ['only the input is', { stdin: true }, /neither standard output nor standard error is a terminal/],
  ])('exits with 2 and says what to do if %s', async (_what, terminals, message) => {
    const { code, out, err } = await run([], terminals);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).toContain('KS=$(kaltura-ks)');
    expect(err.endsWith('\n')).toBe(true);
  });

  test('never prompts with --no-input, also on a terminal', async () => {
    const { code, out, err } = await run(['--no-input'], { stdin: true, stdout: true, stderr: true });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/--no-input forbids it/);
  });

  test('suggests winpty in Git Bash', async () => {
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
  ])('refuses %j, and does not repeat it', async (argv) => {
    const { code, out, err } = await run(argv, { stdin: true, stdout: true, stderr: true });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^kaltura-ks: /);
    expect(err).not.toMatch(/PLANTED|0123456789/);
  });

  test.each(['0', '-1', '65536', '1.5', 'abc', ''])('refuses the port %j', async (port) => {
    const { code, err } = await run(['practice', `--port=${port}`]);
    expect(code).toBe(2);
    expect(err).toMatch(/port/);
  });
});

describe('the program on a terminal', () => {
  const ALL: Terminals = { stdin: true, stdout: true, stderr: true };
  const waitForText = (text: () => string, what: RegExp): Promise<void> =>
    vi.waitFor(() => expect(text()).toMatch(what), { timeout: 60_000, interval: 10 });

  test('exits with 130 on Ctrl+C, with nothing on standard output', async () => {
    const { runtime, keyboard, exits, out, err } = setUp({ ...ALL, stdout: false });
    const exit = main([], runtime, '1.2.3');
    await waitForText(err, /Which region is your account in/);
    expect(exits).toEqual([]);
    keyboard.write('\u0003');
    expect(await exit).toBe(130);
    expect(out()).toBe('');
    expect(exits).toEqual([true]);
  });

  test('exits with 0 if the user quits without a key, and with 130 if a script waits for one', async () => {
    for (const [terminals, code] of [
      [ALL, 0],
      [{ ...ALL, stdout: false }, 130],
      // If standard output is closed, no script waits for the key.
      [{ ...ALL, stdout: false, output: 'closed' }, 0],
    ] as const) {
      const { runtime, keyboard, out, err } = setUp(terminals);
      const screen = terminals.stdout ? out : err;
      const exit = main([], runtime, '1.2.3');
      await waitForText(screen, /Which region is your account in/);
      keyboard.write('\u001B');
      await waitForText(screen, /❯ Don’t quit/);
      keyboard.write('\u001B[B');
      await waitForText(screen, /❯ Quit/);
      keyboard.write('\r');
      expect(await exit).toBe(code);
      if (!terminals.stdout) expect(out()).toBe('');
    }
  });

  test('sets the colors before it draws', async () => {
    const { runtime, keyboard, levels, out } = setUp({ ...ALL, depth: 8 });
    const exit = main(['--no-color'], runtime, '1.2.3');
    await waitForText(out, /Which region is your account in/);
    expect(levels).toEqual([0]);
    keyboard.write('\u0003');
    await exit;
  });

  test('reports an unexpected error without its message, which may contain a secret', async () => {
    const { runtime, err } = setUp(ALL);
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
  test('do not include --env-file, which Node reads itself', () => {
    const specs = [PROGRAM, ...COMMANDS].flatMap(({ flags }) => flags ?? []);
    const names = [...specs, ...COMMON_FLAGS].map(({ flag }) => flag);
    expect(names.length).toBeGreaterThan(COMMON_FLAGS.length);
    expect(names.filter((name) => name.includes('--env-file'))).toEqual([]);
  });
});

describe('--dotenv without a command', () => {
  const wizardWith = async (reading: TextReading) => {
    const program = setUp({ stdin: true, stdout: true, stderr: true });
    const runtime = replaceParts(program.runtime, { readText: async () => reading });
    const code = await main(['--dotenv', 'x.env'], runtime, '1.2.3');
    return { code, err: program.err() };
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

describe('chooseTerminal', () => {
  const choose = (terminals: Terminals, env: Record<string, string> = {}, isColorOff = false) => {
    const { runtime } = setUp(terminals, env);
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
  ])('for %j draws on %s, captured: %s', (terminals, on, isCaptured) => {
    expect(choose(terminals)).toMatchObject({ on, isCaptured });
  });

  test.each<[what: string, env: Record<string, string>, depth: number, colors: ColorLevel]>([
    ['a terminal with 24-bit color', {}, 24, 3],
    ['a terminal with 256 colors', {}, 8, 2],
    ['a terminal with 16 colors', {}, 4, 1],
    ['a terminal without colors', {}, 1, 0],
    ['NO_COLOR', { NO_COLOR: '1' }, 24, 0],
    ['NO_COLOR of any value', { NO_COLOR: 'false' }, 24, 0],
    // The definition of NO_COLOR ignores an empty value.
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
  ])('sets the colors for %s', (_what, env, depth, colors) => {
    expect(choose({ ...ALL, depth }, env)).toMatchObject({ colors });
  });

  test('uses no colors with --no-color', () => {
    expect(choose(ALL, { FORCE_COLOR: '3' }, true)).toMatchObject({ colors: 0 });
  });

  test('ignores the variable CI when it asks for the color depth', () => {
    const seen: unknown[] = [];
    const { runtime } = setUp(ALL, { CI: '1', TERM: 'xterm' });
    const stdout = Object.assign(runtime.stdout, { getColorDepth: (env: unknown) => seen.push(env) && 24 });
    chooseTerminal({ stdin: runtime.stdin, stdout, stderr: runtime.stderr, env: runtime.env }, false);
    expect(seen).toEqual([{ TERM: 'xterm' }]);
  });

  test.each([
    ['dumb', true],
    ['linux', true],
    ['xterm-256color', false],
    ['', false],
  ])('for TERM=%j uses only letters: %s', (term, isPlain) => {
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
    // The first variable that is set decides.
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: 'en_US.UTF-8', LC_CTYPE: 'C', LANG: 'C' }, true],
    [{ LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, true],
  ])('for %j assumes UTF-8: %s', (env, isUtf8) => {
    const choice = chooseTerminal(setUp(ALL, env).runtime, false);
    expect(choice).toMatchObject({ isUtf8, isPlain: !isUtf8 });
  });
});
