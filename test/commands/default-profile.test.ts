import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSandbox, PARTNER, type Sandbox, SECRET } from './program.js';

const ENV = { KALTURA_PASSPHRASE: 'correct horse battery' };
const NOTE = 'kaltura-ks: Using the default profile “prod”.';

async function sandboxWithDefault(): Promise<Sandbox> {
  const sandbox = await openSandbox();
  const add = ['profiles', 'add', 'prod', '--region', 'eu', '--partner', PARTNER, '--user', 'jo', '--method', 'local'];
  const env = { ...ENV, KALTURA_SECRET: SECRET };
  expect((await sandbox.run([...add, '--store', 'file'], { env })).code).toBe(0);
  const other = ['profiles', 'add', 'other', '--region', 'us', '--partner', '99', '--method', 'local'];
  expect((await sandbox.run(other)).code).toBe(0);
  expect((await sandbox.run(['profiles', 'default', 'PROD'])).stderr).toContain('“prod” is the default profile now.');
  return sandbox;
}

const token = (sandbox: Sandbox, env = {}, ...args: string[]) =>
  sandbox.run(['token', '--json', '--no-clock-check', '--no-input', ...args], { env: { ...ENV, ...env } });

const defaultOf = async (sandbox: Sandbox) => (await sandbox.run(['profiles', 'default'])).stdout;

describe('the default profile', () => {
  test('is used by a command without a profile name, which prints a note', async () => {
    const sandbox = await sandboxWithDefault();
    const { code, stdout, stderr } = await token(sandbox);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ partnerId: Number(PARTNER), userId: 'jo', profile: 'prod' });
    expect(stderr).toContain(NOTE);
  });

  test('is not used if something else names a profile, an account, a server or a key', async () => {
    const sandbox = await sandboxWithDefault();
    const cases: [env: Record<string, string>, args: string[]][] = [
      [{ KALTURA_PROFILE: 'other' }, []],
      [{ KALTURA_PARTNER_ID: '99' }, []],
      [{ KALTURA_URL: 'https://a.example' }, []],
      [{ KALTURA_ENV: 'EU' }, []],
      [{ KALTURA_ADMIN_SECRET: 'f'.repeat(32) }, []],
      [{ KALTURA_KS: 'djJ8' }, []],
      [{}, ['other']],
      [{}, ['--partner', '99']],
      [{}, ['--region', 'us']],
    ];
    for (const [env, args] of cases) {
      const { code, stderr } = await token(sandbox, env, ...args);
      expect(code, JSON.stringify([env, args])).not.toBe(0);
      expect(stderr).not.toContain(NOTE);
    }
  });

  test('is not used if a key is piped in', async () => {
    const sandbox = await sandboxWithDefault();
    const ks = JSON.parse((await token(sandbox)).stdout).ks;
    const piped = await sandbox.run(['use', 'curl'], { input: ks, env: ENV });
    expect({ code: piped.code, hasNote: piped.stderr.includes(NOTE) }).toEqual({ code: 0, hasNote: false });
    const empty = await sandbox.run(['use', 'curl'], { env: ENV });
    expect({ code: empty.code, hasNote: empty.stderr.includes(NOTE) }).toEqual({ code: 0, hasNote: true });
  });

  test('is not passed to the command of exec', async () => {
    const sandbox = await sandboxWithDefault();
    const print = ['--', process.execPath, '-e', 'process.exit(process.env.KALTURA_PROFILE === undefined ? 0 : 9)'];
    expect((await sandbox.run(['exec', '--no-clock-check', ...print], { env: ENV })).code).toBe(0);
  });

  test('stays the default after a rename, and is unset when its profile is removed', async () => {
    const sandbox = await sandboxWithDefault();
    await sandbox.run(['profiles', 'rename', 'prod', 'live']);
    expect(await defaultOf(sandbox)).toBe('live\n');
    await sandbox.run(['profiles', 'remove', 'other', '--yes']);
    expect(await defaultOf(sandbox)).toBe('live\n');
    await sandbox.run(['profiles', 'remove', 'live', '--yes']);
    expect(await defaultOf(sandbox)).toBe('');
    expect((await sandbox.run(['profiles', 'add', 'live', '--region', 'eu', '--partner', '99'])).code).toBe(0);
    expect(await defaultOf(sandbox)).toBe('');
  });

  test('is unset by --none, and must be a saved profile', async () => {
    const sandbox = await sandboxWithDefault();
    expect((await sandbox.run(['profiles', 'default', 'prdo'])).code).toBe(1);
    expect(await defaultOf(sandbox)).toBe('prod\n');
    expect((await sandbox.run(['profiles', 'default', '--none'])).code).toBe(0);
    expect(await defaultOf(sandbox)).toBe('');
    expect((await token(sandbox)).stderr).not.toContain(NOTE);
  });

  test('is marked in the list, and only its owner can read the file', async () => {
    const sandbox = await sandboxWithDefault();
    const { stdout } = await sandbox.run(['profiles', 'list']);
    expect(stdout.split('\n').filter((line) => line.endsWith('(default)'))).toEqual([expect.stringMatching(/^prod /)]);
    const list = JSON.parse((await sandbox.run(['profiles', 'list', '--json'])).stdout);
    expect(list.map((one: { isDefault: boolean }) => one.isDefault)).toEqual([false, true]);
    const file = join(
      String(sandbox.env['XDG_CONFIG_HOME'] ?? join(sandbox.home, '.config')),
      'kaltura-ks',
      'default-profile.json',
    );
    expect(existsSync(file) && statSync(file).mode & 0o777).toBe(0o600);
  });
});
