import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOCAL, openSandbox, SECRET } from '../commands/program.js';

const FULL = '/dev/full';

test.skipIf(!existsSync(FULL)).each([
  ['a key', ['token', ...LOCAL, '--user', 'jo']],
  ['a help text', ['--help']],
  ['the version', ['--version']],
])('%s on a full disk is exit code 1, with the reason in one line', async (_what, args) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.spawn(args, { env: { KALTURA_SECRET: SECRET }, stdoutFile: FULL });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'kaltura-ks: Can’t write to standard output: the disk is full.\n',
  });
});

test.skipIf(!existsSync(FULL))('a command that prints nothing on standard output succeeds on a full disk', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.spawn(['profiles', 'add', 'demo', '--region', 'practice'], {
    stdoutFile: FULL,
  });
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^kaltura-ks: Saved in .*demo\.json\.\n/),
  });
});

const RUN_CLOSED = 'exec "$@" >&-';

test.each([[[]], [['--json']], [['--export=sh']]])(
  'token %j creates no key if standard output is closed, and says so',
  async (args) => {
    const { env, home } = await openSandbox();
    const command = [process.execPath, join(process.cwd(), 'dist/cli.js'), 'token', ...LOCAL, ...args];
    const ran = spawnSync('sh', ['-c', RUN_CLOSED, 'sh', ...command], {
      cwd: home,
      env: { ...env, KALTURA_SECRET: SECRET },
      encoding: 'utf8',
    });
    expect({ code: ran.status, stderr: ran.stderr }).toEqual({
      code: 1,
      stderr:
        'kaltura-ks: Standard output is closed, so the key would be lost. No key was created. Write the key to a file or a variable.\n',
    });
  },
);

test.each([
  [['recipes']],
  [['recipes', 'show', 'play-entry']],
  [['use', 'curl', '--region', 'us']],
  [['profiles', 'export']],
  [['completion', 'bash']],
  [['status']],
])('%j fails if standard output is closed', async (args) => {
  const { env, home } = await openSandbox();
  const command = [process.execPath, join(process.cwd(), 'dist/cli.js'), ...args];
  const ran = spawnSync('sh', ['-c', RUN_CLOSED, 'sh', ...command], { cwd: home, env, encoding: 'utf8' });
  const stderr = 'kaltura-ks: Standard output is closed, so nothing was printed.\n';
  expect({ code: ran.status, stderr: ran.stderr }).toEqual({ code: 1, stderr });
});

test('token succeeds with the null device, which scripts use to create a saved key', async () => {
  const sandbox = await openSandbox();
  const args = ['token', ...LOCAL, '--user', 'jo'];
  const { code, stderr } = await sandbox.spawn(args, { env: { KALTURA_SECRET: SECRET }, stdoutFile: '/dev/null' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('token reports a lost key if the reader has closed the pipe', async () => {
  const sandbox = await openSandbox();
  const onStart = (child: { stdout: { destroy(): void } | null }) => child.stdout?.destroy();
  const { code, stderr } = await sandbox.spawn(['token', ...LOCAL, '--user', 'jo'], {
    env: { KALTURA_SECRET: SECRET },
    onStart,
  });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'kaltura-ks: The key is lost: the program that reads the pipe has stopped.\n',
  });
});

test('--help succeeds if the reader has closed the pipe', async () => {
  const sandbox = await openSandbox();
  const onStart = (child: { stdout: { destroy(): void } | null }) => child.stdout?.destroy();
  const { code, stderr } = await sandbox.spawn(['--help'], { onStart });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
