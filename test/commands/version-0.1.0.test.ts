import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { keychainEntries } from '../platform/secrets/keychain-entries.js';
import { noSecretService, privateKeyring } from '../platform/secrets/secret-service.js';
import { SIZES } from '../sizes.js';
import { openSandbox } from './program.js';

// Profiles, secrets and keys that version 0.1.0 saved. The README in the folder of the fixtures describes them.
const FIXTURES = new URL('../fixtures/version-0.1.0/', import.meta.url).pathname;
const SECRET = 'feedface00112233feedface00112233';
const NEW_SECRET = '0123456789abcdef0123456789abcdef';
const LONG_NAME = 'Ünïcode ☂ production account of the whole video department ☂☂☂';

const ENV = { KALTURA_PASSPHRASE: 'correct horse battery staple', FIXTURE_SECRET: SECRET };
const LOCAL = ['--method', 'local', '--region', 'us', '--partner', '2345678'] as const;
const LONG_TEST = 120_000;

const savedKey = (name: string): string =>
  Buffer.from(`v2|2345678|saved key of ${name}`.padEnd(60, '.')).toString('base64url');

/** Opens a home with everything that version 0.1.0 saved. `keychain` has the variables of a keychain. */
async function openFixtures(keychain: NodeJS.ProcessEnv = {}) {
  const sandbox = await openSandbox();
  const config = join(sandbox.home, '.config', 'kaltura-ks');
  cpSync(join(FIXTURES, 'kaltura-ks'), config, { recursive: true });
  chmodSync(config, 0o700);
  for (const name of readdirSync(config, { recursive: true, encoding: 'utf8' })) {
    const path = join(config, name);
    chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
  }
  const { DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR } = keychain;
  const env = { ...ENV, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR };
  const run = async (...args: string[]) => sandbox.run(args, { env });
  const succeed = async (...args: string[]) => {
    const outcome = await run(...args);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    return outcome.stdout;
  };
  /** Makes sure that the profile creates a key that is signed with this secret. */
  const expectSecret = async (name: string, secret = SECRET) => {
    const ks = (await succeed('token', name, '--no-clock-check')).trim();
    expect(openKsV2(ks, [new Secret(secret)])).toBeDefined();
    expect(() => openKsV2(ks, [new Secret('f'.repeat(32))])).toThrow();
  };
  const replace = async (name: string, store: 'file' | 'keychain') => {
    const args = ['profiles', 'add', name, ...LOCAL, '--replace', '--store', store];
    const { code, stderr } = await sandbox.run(args, { env: { ...env, KALTURA_SECRET: NEW_SECRET } });
    expect(code, stderr).toBe(0);
  };
  const secrets = () => readdirSync(join(config, 'secrets')).filter((name) => name.endsWith('.json'));
  return { sandbox, config, env, run, succeed, expectSecret, replace, secrets };
}

const keyringWithEntries = async () => {
  const keychain = await privateKeyring();
  keychainEntries(keychain, JSON.parse(readFileSync(join(FIXTURES, 'keychain.json'), 'utf8')));
  return keychain;
};

describe('profiles of version 0.1.0', { timeout: LONG_TEST }, () => {
  test('are listed, while damaged and newer profiles are reported', async () => {
    const { run, config } = await openFixtures();
    const { code, stdout, stderr } = await run('profiles', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name).toSorted()).toEqual(
      [
        'File with key',
        'Keychain with key',
        'ask-login',
        'ask-server',
        'command',
        'file',
        'file-token',
        'keychain',
        'keychain-token',
        'shell',
        'variable',
        LONG_NAME,
      ].toSorted(),
    );
    expect(stderr).toContain('cut%20off');
    expect(stderr).toContain('“Newer” was saved by a newer version');
    expect(existsSync(join(config, 'profiles', 'newer.json'))).toBe(true);
    expect(readdirSync(join(config, 'profiles', 'damaged'))).toHaveLength(2);
  });

  test('can be used with their secret and their saved key', async () => {
    const { expectSecret, succeed } = await openFixtures();
    // The next test reads an encrypted file, which takes a quarter of a second each time.
    for (const name of ['command', 'shell', 'variable']) await expectSecret(name);
    for (const name of ['ask-server', 'File with key'])
      expect(await succeed('token', name)).toBe(`${savedKey(name)}\n`);
  });

  test('keep their secret and saved key under a new name', async () => {
    const { expectSecret, succeed, secrets } = await openFixtures();
    const before = secrets().length;
    for (const name of [LONG_NAME, 'variable', 'ask-server', 'File with key']) {
      await succeed('profiles', 'rename', name, `New ${name}`.slice(0, 60));
    }
    for (const name of [`New ${LONG_NAME}`.slice(0, 60), 'New variable']) await expectSecret(name);
    expect(await succeed('token', 'New ask-server')).toBe(`${savedKey('ask-server')}\n`);
    expect(secrets()).toHaveLength(before);
  });

  test('are replaced and removed together with their stored secrets and keys', async () => {
    const { expectSecret, replace, succeed, secrets } = await openFixtures();
    const before = secrets();
    await replace('file', 'file');
    await expectSecret('file', NEW_SECRET);
    await replace('File with key', 'file');
    expect(await succeed('token', 'File with key', '--no-clock-check')).not.toContain(savedKey('File with key'));
    await expectSecret('File with key', NEW_SECRET);
    // The saved key of the replaced profile is deleted.
    expect(secrets()).toHaveLength(before.length - 1);
    for (const name of ['file', 'File with key', LONG_NAME, 'file-token'])
      await succeed('profiles', 'remove', name, '--yes');
    expect(secrets()).toEqual([]);
  });
});

describe.skipIf(noSecretService !== null)('keychain profiles of version 0.1.0', { timeout: LONG_TEST }, () => {
  test('can be used with their secret and their saved key, also under a new name', async () => {
    const { expectSecret, succeed } = await openFixtures(await keyringWithEntries());
    await expectSecret('keychain');
    expect(await succeed('token', 'Keychain with key')).toBe(`${savedKey('Keychain with key')}\n`);
    for (const name of ['keychain', 'Keychain with key']) await succeed('profiles', 'rename', name, `New ${name}`);
    await expectSecret('New keychain');
    expect(await succeed('token', 'New Keychain with key')).toBe(`${savedKey('Keychain with key')}\n`);
  });

  test('are replaced and removed together with their entries', async () => {
    const keychain = await keyringWithEntries();
    const { expectSecret, replace, succeed } = await openFixtures(keychain);
    await replace('Keychain with key', 'keychain');
    await expectSecret('Keychain with key', NEW_SECRET);
    await succeed('profiles', 'rename', 'keychain', 'renamed');
    for (const name of ['renamed', 'Keychain with key', 'keychain-token'])
      await succeed('profiles', 'remove', name, '--yes');
    expect(Object.keys(keychainEntries(keychain)).toSorted()).toEqual([
      'key:quarantined',
      'secret:cut off',
      'secret:newer',
      'secret:quarantined',
    ]);
  });

  test('are removed with all entries by several programs that run forget at once', async () => {
    const keychain = await keyringWithEntries();
    const { sandbox, env, config } = await openFixtures(keychain);
    const forget = () => sandbox.spawn(['forget', '--yes'], { env });
    const runs = await Promise.all(Array.from({ length: SIZES.forgetRuns }, forget));
    for (const { code, stderr } of runs) {
      expect([code, stderr]).toEqual([0, expect.stringMatching(/[Nn]othing is (left|saved) in/)]);
    }
    expect(runs.map(({ stderr }) => stderr).join()).toContain('Removed the keychain entry “secret:cut off”');
    expect(keychainEntries(keychain)).toEqual({});
    expect(existsSync(config)).toBe(false);
  });
});

test('forget keeps a profile of version 0.1.0 if it cannot reach the keychain', { timeout: LONG_TEST }, async () => {
  const { run, config } = await openFixtures();
  // Each keychain entry takes as long as a process, so only two profiles stay.
  const profiles = join(config, 'profiles');
  for (const name of readdirSync(profiles)) {
    if (!/^(keychain|file)\.json$/.test(name)) rmSync(join(profiles, name), { recursive: true });
  }
  const { code, stderr } = await run('forget', '--yes');
  expect(code).toBe(1);
  expect(stderr).toContain('Still there: the keychain entry “secret:keychain”');
  expect(stderr).not.toContain('Nothing is left');
  expect(existsSync(join(config, 'profiles', 'keychain.json'))).toBe(true);
});
