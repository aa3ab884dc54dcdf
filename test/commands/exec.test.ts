import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { first } from '../sizes.js';
import { openTerminal } from '../terminal/terminal.js';
import { LOCAL, openSandbox, PARTNER, SECRET } from './program.js';

const SECRETS = {
  KALTURA_SECRET: SECRET,
  KALTURA_PASSWORD: 'planted password',
  KALTURA_APP_TOKEN: 'planted token',
  KALTURA_CODE: '012345',
  KALTURA_PASSPHRASE: 'planted passphrase',
};

const node = (script: string): readonly string[] => ['--', process.execPath, '-e', script];
const exec = (...command: string[]): readonly string[] => ['exec', ...LOCAL, '--user', 'jo', ...command];

describe('exec', () => {
  test('passes the key to the command, and removes the secrets from its environment', async () => {
    const sandbox = await openSandbox();
    const script = 'console.log(JSON.stringify({ env: process.env, argv: process.argv }))';
    const { code, stdout, stderr } = await sandbox.spawn(exec(...node(script), 'a b', '$HOME', '--', '*'), {
      env: { ...SECRETS, OTHER: 'stays', KALTURA_USER: 'jo' },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { env, argv } = JSON.parse(stdout) as { env: Record<string, string>; argv: string[] };
    expect(env).toMatchObject({
      KALTURA_KS: expect.stringMatching(/^[A-Za-z0-9_=-]{60,}$/),
      KALTURA_SERVICE_URL: 'https://www.kaltura.com/api_v3',
      KALTURA_URL: 'https://www.kaltura.com',
      KALTURA_PARTNER_ID: PARTNER,
      OTHER: 'stays',
    });
    for (const [name, value] of Object.entries(SECRETS)) {
      expect(env[name]).toBeUndefined();
      expect(stdout).not.toContain(value);
    }
    // No shell expanded the arguments.
    expect(argv.slice(1)).toEqual(['a b', '$HOME', '--', '*']);
    expect(argv.join(' ')).not.toContain(env['KALTURA_KS']);
  });

  test('removes an inherited server from the environment of a key without one', async () => {
    const sandbox = await openSandbox();
    const args = ['exec', '--method', 'local', '--partner', PARTNER, '--', '/usr/bin/env'];
    const env = { ...SECRETS, KALTURA_SERVICE_URL: 'https://other.example', KALTURA_PARTNER_ID: '99' };
    const { code, stdout } = await sandbox.spawn(args, { env });
    expect(code).toBe(0);
    expect(stdout).not.toContain('KALTURA_SERVICE_URL');
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([`KALTURA_PARTNER_ID=${PARTNER}`, expect.stringMatching(/^KALTURA_KS=djJ8/)]),
    );
  });

  test.each(first(1, [255, 0, 1, 2, 7, 130]))('ends with the exit code of the command: %i', async (code) => {
    const sandbox = await openSandbox();
    const outcome = await sandbox.spawn(exec('--', '/bin/sh', '-c', `exit ${code}`), { env: SECRETS });
    expect(outcome).toMatchObject({ code, stdout: '', stderr: '' });
  });

  test('exits with 128 plus the signal number if a signal ends the command', async () => {
    const sandbox = await openSandbox();
    const { code } = await sandbox.run(exec('--', '/bin/sh', '-c', 'kill -KILL $$'), { env: SECRETS });
    expect(code).toBe(137);
  });

  const FORWARDED = (
    [
      ['SIGTERM', 'SIGUSR1', 'SIGHUP', 'SIGCONT', 'SIGINT', 'SIGQUIT', 'SIGUSR2', 'SIGALRM'],
      ['SIGXCPU', 'SIGVTALRM', 'SIGABRT'],
    ] as const
  ).flat();

  test.each(first(2, FORWARDED))('forwards %s, once', async (signal) => {
    const sandbox = await openSandbox();
    const script = `let received = 0;
      process.on('${signal}', () => { received += 1; setImmediate(() => process.exit(40 + received)); });
      setInterval(() => {}, 1000);
      process.stderr.write('ready');`;
    let isSent = false;
    const { code } = await sandbox.spawn(exec(...node(script)), {
      env: SECRETS,
      onStderr: (output, child) => {
        if (isSent || !output.includes('ready')) return;
        isSent = true;
        child.kill(signal);
      },
    });
    expect(code).toBe(41);
  });

  const ENDING = [
    ['SIGQUIT', 131],
    ['SIGUSR1', 138],
    ['SIGUSR2', 140],
    ['SIGALRM', 142],
  ] as const;

  test.each(first(1, ENDING))('%s ends the command and the program, with exit code %i', async (signal, expected) => {
    const sandbox = await openSandbox();
    let child = 0;
    const { code } = await sandbox.spawn(exec('--', '/bin/sh', '-c', 'echo "$$" >&2; exec sleep 1000'), {
      env: SECRETS,
      onStderr: (output, program) => {
        if (child !== 0 || !output.includes('\n')) return;
        child = Number(output);
        program.kill(signal);
      },
    });
    expect(code).toBe(expected);
    expect(() => process.kill(child, 0)).toThrow('ESRCH');
  });

  test('passes standard input and output through unchanged', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.spawn(exec('--', 'cat'), { env: SECRETS, input: 'a\n\u0000b' });
    expect(stdout).toBe('a\n\u0000b');
  });

  test('exits with 127 for a missing command and 126 for one that cannot be run, as shells do', async () => {
    const sandbox = await openSandbox();
    const missing = await sandbox.run(exec('--', 'no-such-command-here'), { env: SECRETS });
    expect(missing).toMatchObject({ code: 127, stdout: '', stderr: 'kaltura-ks: no-such-command-here: not found.\n' });
    expect((await sandbox.run(exec('--', sandbox.home), { env: SECRETS })).code).toBe(126);
  });

  test('replaces an inherited KALTURA_KS, with a note instead of a caution', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(exec('--', 'true'), { env: { ...SECRETS, KALTURA_KS: 'old' } });
    expect(code).toBe(0);
    expect(stderr).toBe('kaltura-ks: KALTURA_KS is already set. kaltura-ks exec replaces it for the command.\n');
  });

  test('does not start the command without a key', async () => {
    const sandbox = await openSandbox();
    const outcome = await sandbox.run(exec('--', 'echo', 'started'));
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
  });

  test('says in its help that the key cannot be renewed', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.run(['exec', '--help'])).stdout).toContain('can’t be renewed');
  });
});

describe('exec at a terminal', () => {
  // The exit code on SIGTERM is 60 plus the number of SIGINT signals.
  const script = `let received = 0;
    process.on('SIGINT', () => { received += 1; console.log('received ' + received); });
    process.on('SIGTERM', () => process.exit(60 + received));
    setInterval(() => {}, 1000);
    console.log('ready');`;

  test('passes Ctrl+C to the command, and exits with its code', async () => {
    const terminal = await openTerminal({ args: exec(...node(script)), env: SECRETS });
    await terminal.waitFor('ready');
    terminal.write('\x03');
    await terminal.waitFor('received 1');
    terminal.kill('SIGTERM');
    expect(await terminal.exit).toEqual({ code: 61, lineRestored: true });
  });

  test('passes Ctrl+\\ to the command only once', async () => {
    const quit = script.replace("'SIGINT'", "'SIGQUIT'");
    const terminal = await openTerminal({ args: exec(...node(quit)), env: SECRETS });
    await terminal.waitFor('ready');
    terminal.write('\x1c');
    await terminal.waitFor('received 1');
    terminal.kill('SIGTERM');
    expect((await terminal.exit).code).toBe(61);
  });

  const NOT_TYPED = [
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGHUP', 129],
  ] as const;

  test.each(first(1, NOT_TYPED))(
    'forwards a %s that was not typed, which ends a command that does not handle it',
    async (signal, code) => {
      const command = ['--', '/bin/sh', '-c', 'echo ready; exec /bin/sleep 1000'];
      const terminal = await openTerminal({ args: exec(...command), env: SECRETS });
      await terminal.waitFor('ready');
      terminal.kill(signal);
      expect((await terminal.exit).code).toBe(code);
    },
  );

  test('does not forward SIGINT, because the terminal sends it to both programs', async () => {
    const terminal = await openTerminal({ args: exec(...node(script)), env: SECRETS });
    await terminal.waitFor('ready');
    terminal.kill('SIGINT');
    terminal.kill('SIGTERM');
    expect((await terminal.exit).code).toBe(60);
  });
});

test.skipIf(process.platform === 'win32')('exec explains why a file cannot be run', async () => {
  const sandbox = await openSandbox();
  const path = join(sandbox.home, 'job.sh');
  writeFileSync(path, '#!/no/such/program\n');
  const run = (command: string) => sandbox.run(exec('--', command), { env: SECRETS });
  expect(await run(path)).toMatchObject({ code: 126, stderr: expect.stringContaining('executable (chmod +x)') });
  chmodSync(path, 0o755);
  expect(await run(path)).toMatchObject({ code: 127, stderr: expect.stringContaining('its first line (#!)') });
  expect(await run('job.sh')).toMatchObject({ code: 127, stderr: expect.stringContaining('write ./ before its name') });
});
