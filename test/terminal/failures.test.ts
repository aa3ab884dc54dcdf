import { spawn as spawnChild } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { build } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import { first } from '../sizes.js';
import { SAVED_KS, saveProfiles } from '../ui/test-servers.js';
import { deferred } from './deferred.js';
import { createIsolation } from './isolation.js';
import { openWizard, type Wizard } from './wizard.js';

const PROGRAM = resolve('dist/cli.js');
const FIRST_QUESTION = 'Which region is your account in?';
const STACK_TRACE = /\n\s+at |node:internal|Error:|file:\/\//;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kaltura-ks-endings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Saves the profile “beta” with a valid key. */
const saveProfileWithKey = () =>
  saveProfiles(sampleProfile({ name: 'beta', savedKey: savedKeyWith(SAVED_KS, Math.floor(Date.now() / 1000) + 7200) }));

function expectRestored(wizard: Wizard): void {
  expect(wizard.modes).toMatchObject({ changed: [], bracketedPaste: false });
  expect(wizard.cursor).toMatchObject({ visible: true, column: 0 });
}

describe('an unusable profile folder does not block the wizard', () => {
  const UNUSABLE: Readonly<Record<string, (config: string) => Promise<void>>> = {
    'a file instead of the folder': (config) => writeFile(join(config, 'kaltura-ks'), ''),
    'a file instead of the folder of profiles': async (config) => {
      await mkdir(join(config, 'kaltura-ks'), { mode: 0o700 });
      await writeFile(join(config, 'kaltura-ks', 'profiles'), '');
    },
    'a link instead of the folder': (config) => symlink(tmpdir(), join(config, 'kaltura-ks')),
    'a link to itself': (config) => symlink('kaltura-ks', join(config, 'kaltura-ks')),
  };

  test.each(first(1, Object.keys(UNUSABLE)))('%s', async (name) => {
    const config = await temporaryFolder();
    await UNUSABLE[name]?.(config);
    const wizard = await openWizard({ env: { XDG_CONFIG_HOME: config } });
    await wizard.see(FIRST_QUESTION);
    await wizard.press('ctrl+c');
    expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
    expect(wizard.raw).not.toMatch(STACK_TRACE);
  });
});

describe('a paste without its end marker', () => {
  test('does not block Ctrl+C', async () => {
    const wizard = await openWizard({ stdout: 'pipe' });
    await wizard.see(FIRST_QUESTION);
    await wizard.type('\x1b[200~abc');
    await wizard.press('ctrl+c');
    expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
    expectRestored(wizard);
    expect(wizard.stdout).toBe('');
  });
});

describe('a closed output pipe', () => {
  /** Runs the program with a closed pipe as one of its streams. Returns the exit code and the output of the other stream. */
  async function runWithClosedPipe(args: readonly string[], closed: 'stdout' | 'stderr') {
    const { env, remove } = await createIsolation({ KALTURA_SECRET: 'a'.repeat(32) });
    onTestFinished(remove);
    const streams = closed === 'stdout' ? '2>&4' : '2>&1 >&4';
    const script = `PATH=/usr/bin:/bin; { read go; "$0" "$@" ${streams} <&5; echo $? >&3; } 5</dev/null | { exec <&-; echo gone >&3; }`;
    const child = spawnChild('/bin/sh', ['-c', script, process.execPath, PROGRAM, ...args], {
      env,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    let [report, output] = ['', ''];
    child.stdio[3]?.on('data', (data) => {
      report += data;
      if (report === 'gone\n') child.stdin?.write('go\n');
    });
    child.stdio[4]?.on('data', (data) => {
      output += data;
    });
    await new Promise((done) => child.once('close', done));
    return { code: Number(report.split('\n')[1]), output };
  }

  const LOCAL = ['--method', 'local', '--region', 'us', '--partner', '2345678', '--no-clock-check'];

  const WITHOUT_READER: readonly (readonly [number, readonly string[]])[] = [
    [0, ['--version']],
    [0, ['--help']],
    [0, ['token', '--help']],
  ];
  test.each(first(1, WITHOUT_READER))(
    'on standard output: exits with %i for %j, without an error message',
    async (code, args) => {
      expect(await runWithClosedPipe(args, 'stdout')).toEqual({ code, output: '' });
    },
  );

  const LOST_KEY = 'The key is lost: the program that reads the pipe has stopped.';

  test('on standard output: reports the lost key', async () => {
    expect(await runWithClosedPipe(['token', ...LOCAL, '--user', 'jo'], 'stdout')).toEqual({
      code: 1,
      output: `kaltura-ks: ${LOST_KEY}\n`,
    });
  });

  test('on standard error: keeps the exit code of a failure', async () => {
    expect(await runWithClosedPipe(['token', '--no-such-flag'], 'stderr')).toEqual({ code: 2, output: '' });
    expect(await runWithClosedPipe([], 'stderr')).toEqual({ code: 2, output: '' });
  });

  test('on standard output of the wizard: reports the lost key', async () => {
    const folder = await saveProfileWithKey();
    const script = 'PATH=/usr/bin:/bin; { "$0" "$1"; echo "code $?" >&2; } | { exec <&-; read never; }';
    const program = ['/bin/sh', '-c', script, process.execPath] as const;
    const wizard = await openWizard({ program, args: [PROGRAM], env: { XDG_CONFIG_HOME: folder } });
    await wizard.chooseByPrefix('beta');
    await wizard.chooseByPrefix('Print the saved key');
    await wizard.see('✔ Session key ');
    await wizard.type('q');
    await wizard.exit;
    expect(wizard.raw).toContain(LOST_KEY);
    expect(wizard.raw).toContain('code 1');
    expect(wizard.raw).not.toMatch(STACK_TRACE);
  });
});

describe('a closed terminal', () => {
  /** Starts the wizard under a shell in a terminal, and closes the terminal. */
  async function closeTerminal(script: string) {
    const { home, env, remove } = await createIsolation({ PATH: '/usr/bin:/bin' });
    onTestFinished(remove);
    const pty = spawnInTerminal('/bin/sh', ['-c', script, process.execPath, PROGRAM], { cwd: home, env });
    const hasStarted = deferred<void>();
    const ended = deferred<number>();
    let seen = '';
    pty.onData((data) => {
      seen += data;
      if (seen.includes('region is your account in?')) hasStarted.resolve();
    });
    pty.onExit(({ exitCode, signal }) => ended.resolve(signal ? 128 + signal : exitCode));
    await hasStarted.promise;
    // Not `kill`, which would send a signal of its own.
    (pty as unknown as { _socket: { destroy(): void } })._socket.destroy();
    return { shell: await ended.promise, home };
  }

  test('ends the wizard with SIGHUP', async () => {
    const { shell, home } = await closeTerminal('exec "$0" "$1" 2>errors');
    expect(shell).toBe(129);
    expect(await readFile(join(home, 'errors'), 'utf8')).toBe('');
  });

  test('ends the wizard without a core dump, even if its shell ignores SIGHUP', async () => {
    const { home } = await closeTerminal(`ulimit -c unlimited; trap '' HUP; "$0" "$1" 2>errors; echo $? >code`);
    expect(await readFile(join(home, 'code'), 'utf8')).toBe('129\n');
    // The shell itself prints “Hangup”.
    expect((await readFile(join(home, 'errors'), 'utf8')).replace(/^Hangup\n/, '')).toBe('');
    expect((await readdir(home)).filter((name) => name.startsWith('core'))).toEqual([]);
  });
});

describe('an unexpected error exits with 1 and prints one sentence', () => {
  const program = resolve('node_modules/.cache/kaltura-ks/failing.mjs');

  beforeAll(async () => {
    await build({
      entryPoints: ['test/terminal/fixtures/failing.js'],
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      jsx: 'automatic',
      // Bundled packages halve the start time. Ink loads its debugger only in development.
      external: ['@napi-rs/keyring'],
      alias: { 'react-devtools-core': 'node:module' },
      define: { 'process.env.NODE_ENV': '"production"' },
      banner: { js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);" },
      logLevel: 'warning',
    });
  });

  async function openFailing(what: string, env: Readonly<Record<string, string>> = {}): Promise<Wizard> {
    return openWizard({ program, args: [what], env: { NODE_ENV: 'production', ...env }, stderr: 'file' });
  }

  async function expectOneSentence(wizard: Wizard): Promise<void> {
    expect(await wizard.exit).toEqual({ code: 1, lineRestored: true });
    expectRestored(wizard);
    expect(wizard.stderr).toMatch(/^kaltura-ks: Unexpected error in kaltura-ks \(TypeError\)\. [^\n]*\n$/);
    expect(wizard.raw).not.toMatch(STACK_TRACE);
    expect(wizard.raw).not.toContain('may hold a secret');
  }

  test('while handling a key press', async () => {
    const wizard = await openFailing('a key');
    await wizard.see(FIRST_QUESTION);
    await wizard.press('enter');
    await expectOneSentence(wizard);
  });

  test('in an effect of the wizard', async () => {
    const wizard = await openFailing('an effect', { XDG_CONFIG_HOME: await saveProfileWithKey() });
    await wizard.chooseByPrefix('beta');
    await wizard.chooseByPrefix('Print the saved key');
    await wizard.see('✔ Session key ');
    await wizard.type('c');
    await expectOneSentence(wizard);
  });

  test('while drawing the screen', async () => {
    await expectOneSentence(await openFailing('drawing'));
  });
});
