import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkKeychain } from '../../source/commands/status.js';
import type { Runtime } from '../../source/operations/runtime.js';
import type { SecretKeeper } from '../../source/secrets/keeper.js';
import { SIZES } from '../sizes.js';
import { openSandbox, openServer, PARTNER, SECRET } from './program.js';

describe('status', () => {
  test('shows profiles, secret sources, the names of variables, and what works on this computer', async () => {
    const sandbox = await openSandbox();
    const url = await openServer(() => Date.now() - 600_000);
    await sandbox.run(['profiles', 'add', 'one', '--url', url, '--partner', PARTNER, '--from-variable', 'MY_SECRET']);
    await sandbox.run(['profiles', 'add', 'two', '--region', 'practice']);
    const env = { KALTURA_SECRET: SECRET, KALTURA_TYPE: 'admin', HTTPS_PROXY: 'http://u:pass@127.0.0.1:1' };
    const { code, stdout, stderr } = await sandbox.run(['status', '--json'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const status = JSON.parse(stdout) as {
      profiles: { name: string; secret: string; key: string }[];
      variables: string[];
      networkVariables: string[];
      checks: { name: string; isGood: boolean; text: string }[];
    };
    expect(status.profiles.map(({ name, key }) => [name, key])).toEqual([
      ['one', 'no saved key'],
      ['two', 'no saved key'],
    ]);
    expect(status.profiles[0]?.secret).toContain('MY_SECRET');
    expect(status.profiles[1]?.secret).toBe('the practice secret, filled in for you');
    expect(status.variables).toEqual(['KALTURA_TYPE', 'KALTURA_SECRET']);
    // Network variables are listed separately, because they replace no answer.
    expect(status.networkVariables).toEqual(['HTTPS_PROXY']);
    expect(stdout).not.toContain(SECRET);
    expect(stdout).not.toContain('pass@');
    const check = (name: string) => status.checks.find((one) => one.name.startsWith(name));
    expect(status.checks.map(({ name }) => name.split(',')[0])).toEqual([
      'terminal',
      'clipboard',
      'keychain',
      'proxy',
      'clock',
    ]);
    expect(check('terminal')).toMatchObject({ isGood: false });
    // Requests to loopback never use the proxy.
    expect(check('proxy')).toMatchObject({ isGood: true });
    expect(check('clock')?.text).toContain('10 min ahead of the server’s');
    const text = await sandbox.run(['status'], { env });
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('CAUTION  clock');
    expect(text.stdout).toContain('\n  KALTURA_SECRET\n\nNetwork variables\n  HTTPS_PROXY\n');
  });
});

test('status opens the keychain without a waiting message, so it uses the short timeout', async () => {
  const calls: unknown[] = [];
  const openSecretKeeper: Runtime['openSecretKeeper'] = async (...given) => {
    calls.push(given);
    return { check: async () => {} } as unknown as SecretKeeper;
  };
  expect(await checkKeychain({ openSecretKeeper } as Runtime)).toMatchObject({ isGood: true });
  expect(calls).toEqual([[]]);
});

describe('forget', () => {
  test('removes everything, names each file, and verifies the result', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'a phrase of some length' };
    await sandbox.run(['profiles', 'add', 'one', '--region', 'us', '--partner', '5', '--store', 'file'], { env });
    await sandbox.run(['profiles', 'add', 'two', '--region', 'practice']);
    const folder = join(sandbox.home, '.config', 'kaltura-ks');
    writeFileSync(join(sandbox.home, 'precious'), 'stays');
    mkdirSync(join(sandbox.home, 'elsewhere'));
    symlinkSync(join(sandbox.home, 'precious'), join(folder, 'link'));
    symlinkSync(join(sandbox.home, 'elsewhere'), join(folder, 'profiles', 'folder'));
    const { code, stdout, stderr } = await sandbox.run(['forget', '--yes']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    for (const file of ['profiles/two.json', 'profiles/one.json', `Removed ${join(folder, 'secrets')}/`]) {
      expect(stderr).toContain(file);
    }
    expect(stderr).toContain('Nothing is left');
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(sandbox.home, 'precious'))).toBe(true);
    expect(existsSync(join(sandbox.home, 'elsewhere'))).toBe(true);
    const again = await sandbox.run(['forget']);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('Nothing is saved in');
  });

  test('does not say that nothing is left if a damaged file may have named keychain entries', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'two', '--region', 'practice']);
    const folder = join(sandbox.home, '.config', 'kaltura-ks');
    const bad = join(folder, 'profiles', 'bad.json');
    writeFileSync(bad, '{');
    const { code, stderr } = await sandbox.run(['forget', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain(`Not verified: the keychain entries of ${bad}.`);
    expect(stderr).not.toContain('Nothing is left');
    expect(existsSync(folder)).toBe(false);
  });

  test('succeeds for each of several programs that run at once', { timeout: 120_000 }, async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'a phrase of some length' };
    for (const name of ['one', 'two', 'three']) {
      await sandbox.run(['profiles', 'add', name, '--region', 'us', '--partner', '5', '--store', 'file'], { env });
    }
    const folder = join(sandbox.home, '.config', 'kaltura-ks');
    const runs = await Promise.all(Array.from({ length: SIZES.forgetRuns }, () => sandbox.spawn(['forget', '--yes'])));
    for (const { code, stderr } of runs) {
      expect([code, stderr]).toEqual([0, expect.stringMatching(/[Nn]othing is (left|saved) in/)]);
      expect(stderr).not.toMatch(/ENOENT|ENOTEMPTY|node:/);
    }
    expect(existsSync(folder)).toBe(false);
  });
});
