import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { writeProfile } from '../../source/profiles/record.js';
import { withConfirmation } from '../../source/secrets/source.js';
import { everythingIn } from '../platform/profiles/temp-store.js';
import { sampleProfile, savedKeyWith } from '../profiles/sample-profile.js';
import { openSandbox, type Sandbox, SECRET } from './program.js';

const storeIn = (sandbox: Sandbox) =>
  createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });

/** A key text. Like every version 2 key, it begins with djJ8. */
const SAVED = Buffer.from('v2|1234567|a saved key').toString('base64url');

const ADD = ['--region', 'eu', '--partner', '2345678', '--type', 'user', '--user', 'jo', '--expiry', '90m'] as const;

const names = async (sandbox: Sandbox): Promise<string[]> =>
  (JSON.parse((await sandbox.run(['profiles', '--json'])).stdout) as { name: string }[]).map(({ name }) => name);

describe('profiles', () => {
  test('add saves the same record as the wizard, and prints its file name', async () => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(['profiles', 'add', 'Ci', ...ADD]);
    const file = join(sandbox.home, '.config', 'kaltura-ks', 'profiles', 'ci.json');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining(`Saved in ${file}.\n`),
    });
    expect(stderr).toContain(
      'kaltura-ks: Ci  EU, partner 2345678, USER, 1 hour 30 minutes, secret: asked for each time',
    );
    expect((await storeIn(sandbox).load()).profiles[0]).toMatchObject({
      name: 'Ci',
      region: 'eu',
      serviceUrl: 'https://api.eu.kaltura.com',
      method: 'server',
      partnerId: 2345678,
      type: 'USER',
      userId: 'jo',
      lifetime: 5400,
      secretSource: { kind: 'ask' },
      savedKey: null,
    });
  });

  test('add refuses an existing name without --replace', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'one', ...ADD]);
    const again = await sandbox.run(['profiles', 'add', 'ONE', ...ADD]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('already exists');
    expect((await sandbox.run(['profiles', 'add', 'ONE', ...ADD, '--replace'])).code).toBe(0);
    expect(await names(sandbox)).toEqual(['ONE']);
  });

  test('can be listed, shown, renamed and removed', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.run(['profiles'])).stdout).toBe('');
    await sandbox.run(['profiles', 'add', 'one', ...ADD]);
    expect((await sandbox.run(['profiles', 'list'])).stdout).toBe(
      'one  EU, partner 2345678, USER, 1 hour 30 minutes, secret: asked for each time\n',
    );
    expect((await sandbox.run(['profiles', 'show', 'one'])).stdout).toContain('Partner ID  2345678\n');
    expect((await sandbox.run(['profiles', 'rename', 'one', 'two'])).code).toBe(0);
    expect(await names(sandbox)).toEqual(['two']);
    await sandbox.run(['profiles', 'add', 'one', ...ADD]);
    expect((await sandbox.run(['profiles', 'rename', 'one', 'two'])).code).toBe(1);
    expect((await sandbox.run(['profiles', 'remove', 'two', '--yes'])).code).toBe(0);
    expect(await names(sandbox)).toEqual(['one']);
    expect((await sandbox.run(['profiles', 'remove', 'two', '--yes'])).code).toBe(1);
  });

  test('remove asks on a terminal, and needs --yes in a script', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'one', ...ADD]);
    const { code, stderr } = await sandbox.run(['profiles', 'remove', 'one'], { typed: ['\r'] });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Delete “one”? Type y for yes')]);
    expect(await names(sandbox)).toEqual(['one']);
    const refused = await sandbox.run(['profiles', 'remove', 'one', '--no-input']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('To confirm, add --yes.')]);
    expect(await names(sandbox)).toEqual(['one']);
    expect((await sandbox.run(['profiles', 'remove', 'one', '--yes'])).stderr).toContain('Deleted “one”.');
    expect(await names(sandbox)).toEqual([]);
  });

  test('show, list and export never print the saved key', async () => {
    const sandbox = await openSandbox();
    await storeIn(sandbox).save(sampleProfile({ name: 'k', savedKey: savedKeyWith(SAVED, 9_000_000_000) }));
    for (const args of [[], ['list', '--json'], ['show', 'k'], ['show', 'k', '--json'], ['export']]) {
      const { code, stdout, stderr } = await sandbox.run(['profiles', ...args]);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain('djJ8');
    }
  });
});

describe('secret sources', () => {
  const LOCAL = ['--method', 'local', '--region', 'us', '--partner', '2345678'] as const;
  const token = (sandbox: Sandbox, env = {}, ...more: string[]) =>
    sandbox.run(['token', 'p', '--no-clock-check', ...more], { env });

  test('a passphrase that the wizard refuses is refused here too, and nothing is saved', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'short' };
    const added = await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--store', 'file'], { env });
    expect(added).toMatchObject({ code: 2, stdout: '' });
    expect(added.stderr).toContain('at least 12 characters');
    expect((await sandbox.run(['profiles'])).stdout).not.toContain('p ');
  });

  test('an encrypted file is written once, opened with the passphrase, and deleted with the profile', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'open sesame, quietly' };
    const added = await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--store', 'file'], { env });
    const folder = join(sandbox.home, '.config', 'kaltura-ks', 'secrets');
    const files = () => readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(added.code).toBe(0);
    expect(added.stderr).toContain(`The secret is stored in a separate file in ${folder}, encrypted`);
    expect(files()).toHaveLength(1);
    const file = join(folder, files()[0] ?? '');
    // The file exists now, so status names it.
    expect((await sandbox.run(['status'])).stdout).toContain(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    expect((await token(sandbox, { KALTURA_PASSPHRASE: 'open sesame, quietly' })).code).toBe(0);
    expect(await token(sandbox, { KALTURA_PASSPHRASE: 'wrong' })).toMatchObject({ code: 1, stdout: '' });
    const without = await token(sandbox);
    expect(without).toMatchObject({ code: 2, stdout: '' });
    expect(without.stderr).toContain('KALTURA_PASSPHRASE');
    await sandbox.run(['profiles', 'rename', 'p', 'q']);
    await sandbox.run(['profiles', 'rename', 'q', 'p']);
    expect(files()).toEqual([basename(file)]);
    expect((await token(sandbox, { KALTURA_PASSPHRASE: 'open sesame, quietly' })).code).toBe(0);
    await sandbox.run(['profiles', 'remove', 'p', '--yes']);
    expect(existsSync(file)).toBe(false);
  });

  test('a missing keychain is reported before anything is saved, and nothing else is used instead', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET };
    const { code, stdout, stderr } = await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--store', 'keychain'], {
      env,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('keychain');
    expect(everythingIn(sandbox.home)).toBe('');
  });

  test('a missing secret leaves the profile that --replace names unchanged', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'a phrase of some length' };
    await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--store', 'file'], { env });
    const { KALTURA_SECRET: _left, ...without } = env;
    const again = await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--store', 'file', '--replace'], {
      env: without,
    });
    expect(again.code).toBe(2);
    expect((await token(sandbox, without)).code).toBe(0);
  });

  test('a secret is not used for another account', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--from-variable', 'MY_SECRET']);
    const env = { MY_SECRET: SECRET };
    expect((await token(sandbox, env)).code).toBe(0);
    for (const other of [
      ['--partner', '5'],
      ['--region', 'eu'],
      ['--url', 'evil.example'],
      ['--method', 'app-token', '--app-token-id', '0_a'],
    ]) {
      const { code, stdout, stderr } = await token(sandbox, env, ...other);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('The profile’s own secret was not used');
    }
    expect((await token(sandbox, { ...env, KALTURA_SECRET: 'f'.repeat(32) }, '-v')).stderr).toContain(
      '(KALTURA_SECRET)',
    );
  });

  test('a command can print the secret, and runs without a shell unless --from-shell is given', async () => {
    const sandbox = await openSandbox();
    writeFileSync(join(sandbox.home, 'secret'), `${SECRET}\n`);
    const command = `cat '${join(sandbox.home, 'secret')}'`;
    expect((await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--from-command', `${command} | cat`])).code).toBe(2);
    expect((await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--from-command', command])).code).toBe(0);
    const { code, stderr } = await token(sandbox, {}, '-v');
    expect(code).toBe(0);
    expect(stderr).toContain('the profile’s command');
    await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--from-shell', `${command} | cat`, '--replace']);
    expect((await token(sandbox)).code).toBe(0);
  });

  test('the secret variable of a profile is not passed to the command of exec', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'p', ...LOCAL, '--from-variable', 'MY_SECRET']);
    const { code, stdout } = await sandbox.spawn(['exec', 'p', '--no-clock-check', '--', 'env'], {
      env: { MY_SECRET: SECRET },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('KALTURA_KS=');
    expect(stdout).not.toContain('MY_SECRET');
  });
});

describe('export and import', () => {
  test('copy every profile to another home, without the key, accepted risks and confirmations', async () => {
    const [from, to] = [await openSandbox(), await openSandbox()];
    const saved = [
      sampleProfile({ name: 'Ünïcode ☂', savedKey: savedKeyWith(SAVED, 9_000_000_000) }),
      sampleProfile({ name: 'login', method: 'login', loginId: 'a@b.c', partnerId: null, acceptedRisks: [] }),
      sampleProfile({ name: 'variable', secretSource: { kind: 'variable', name: 'X', isConfirmed: true } }),
    ];
    for (const profile of saved) await storeIn(from).save(profile);
    const file = join(to.home, 'profiles.json');
    const { stdout } = await from.run(['profiles', 'export']);
    expect(stdout).not.toContain('djJ8');
    writeFileSync(file, stdout);
    expect((await to.run(['profiles', 'import', file])).code).toBe(0);
    const { profiles } = await storeIn(to).load();
    const withoutKey = saved.map((profile) => ({
      ...profile,
      savedKey: null,
      acceptedRisks: [],
      secretSource: withConfirmation(profile.secretSource, false),
    }));
    expect(profiles).toEqual(
      withoutKey.toSorted((a, b) =>
        profiles.findIndex(({ name }) => name === a.name) < profiles.findIndex(({ name }) => name === b.name) ? -1 : 1,
      ),
    );
  });

  test('overwrite nothing without --replace, name invalid records, save the others, and import no key', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'mine', ...ADD]);
    const { stdout } = await sandbox.run(['profiles', 'export']);
    const exported = JSON.parse(stdout) as { profiles: Record<string, unknown>[] };
    const [record] = exported.profiles;
    const file = join(sandbox.home, 'in.json');
    const key = { ks: SECRET, facts: {}, confirmedBy: null };
    const records = [
      { ...record, userId: 'changed' },
      { ...record, name: 'bad', type: 'ROOT' },
      { ...record, name: 'plain', serviceUrl: 'http://evil.example' },
      { ...record, name: 'later', schemaVersion: 99 },
      { name: 'new\nline', secret: SECRET },
      { ...record, name: 'good', keptKey: key, secret: SECRET },
      'nothing',
    ];
    writeFileSync(file, JSON.stringify({ ...exported, profiles: records }));
    const { code, stderr } = await sandbox.run(['profiles', 'import', file]);
    expect(code).toBe(1);
    for (const bad of [
      '“bad”',
      '“plain”',
      '“later”',
      'record 5',
      'record 7',
      '“mine”. A profile with this name already exists.',
    ]) {
      expect(stderr).toContain(bad);
    }
    expect(stderr).not.toContain(SECRET);
    const { profiles } = await storeIn(sandbox).load();
    expect(profiles.map(({ name, userId }) => [name, userId])).toEqual([
      ['good', 'jo'],
      ['mine', 'jo'],
    ]);
    expect(profiles[0]?.savedKey).toBeNull();
    await sandbox.run(['profiles', 'import', file, '--replace']);
    expect((await storeIn(sandbox).load()).profiles.at(-1)?.userId).toBe('changed');
  });

  test('delete the stored secret of a replaced profile, so that it is not sent to the new server', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: 'a phrase of some length' };
    await sandbox.run(['profiles', 'add', 'p', '--region', 'us', '--partner', '5', '--store', 'file'], { env });
    const file = join(sandbox.home, 'in.json');
    const exported = (await sandbox.run(['profiles', 'export'])).stdout;
    writeFileSync(file, exported.replace('https://www.kaltura.com', 'https://evil.example').replace('"us"', '"own"'));
    expect((await sandbox.run(['profiles', 'import', file, '--replace'])).code).toBe(0);
    const { code, stderr } = await sandbox.run(['token', 'p'], {
      env: { KALTURA_PASSPHRASE: 'a phrase of some length' },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('Missing: the account secret');
    expect(existsSync(join(sandbox.home, '.config', 'kaltura-ks', 'secrets', 'p.secret.json'))).toBe(false);
  });

  test.each([
    ['no JSON', '{"kalturaKsProfiles": 1, "sec'],
    ['another file', '{"name": "x"}'],
    ['null', 'null'],
    ['a newer file', '{"kalturaKsProfiles": 2, "profiles": []}'],
  ])('refuse %s without quoting it', async (_what, text) => {
    const sandbox = await openSandbox();
    const file = join(sandbox.home, 'in.json');
    writeFileSync(file, text);
    const { code, stdout, stderr } = await sandbox.run(['profiles', 'import', file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Nothing was imported.');
    expect(stderr).not.toContain('"sec');
  });
});

test('a damaged profile is reported, and the others work', async () => {
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'good', '--region', 'practice']);
  writeFileSync(join(sandbox.home, '.config', 'kaltura-ks', 'profiles', 'bad.json'), '{');
  const { code, stdout, stderr } = await sandbox.run(['token', 'good']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+\n$/);
  expect(stderr).toContain('quarantined');
  expect(new Secret(stdout).length).toBeGreaterThan(60);
});

describe('a profile whose region and service URL disagree', () => {
  const evil = sampleProfile({
    name: 'evil',
    region: 'us',
    serviceUrl: 'https://evil.example',
    partnerId: 2345678,
    savedKey: savedKeyWith(SAVED, 4_000_000_000),
  });

  async function sandboxWithEvil(): Promise<Sandbox> {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'good', ...ADD]);
    writeFileSync(storeIn(sandbox).fileOf('evil'), JSON.stringify(writeProfile(evil)), { mode: 0o600 });
    return sandbox;
  }

  test('is listed by list, show and status, with the reason and the fix', async () => {
    const sandbox = await sandboxWithEvil();
    for (const args of [
      ['profiles', 'list'],
      ['profiles', 'show', 'evil'],
      ['status', '--timeout', '1'],
    ]) {
      const { code, stdout } = await sandbox.run(args);
      expect(code).toBe(0);
      expect(stdout).toContain('its service URL is https://evil.example');
      expect(stdout).toContain('kaltura-ks profiles remove evil');
      expect(stdout).not.toContain(SAVED);
    }
    const listed = JSON.parse((await sandbox.run(['profiles', '--json'])).stdout) as unknown[];
    expect(listed[1]).toMatchObject({ name: 'evil', isUsable: false });
    expect(listed[1]).not.toHaveProperty('serviceUrl');
  });

  test.each([
    [['token', 'evil']],
    [['token', 'evil', '--export']],
    [['exec', 'evil', '--', 'env']],
    [['check', 'evil']],
    [['end', 'evil', '--yes']],
    [['use', 'curl', 'evil']],
    [['env-file', 'evil']],
    [['inspect', '--profile', 'evil']],
    [['app-tokens', 'list', '--profile', 'evil']],
    [['profiles', 'export', 'evil']],
  ])('is refused by %j, with the reason and the fix', async (args) => {
    const sandbox = await sandboxWithEvil();
    const { code, stdout, stderr } = await sandbox.run(args, {
      input: SAVED,
    });
    expect({ code: code === 0, stdout }).toEqual({ code: false, stdout: '' });
    expect(stderr).toContain('its service URL is https://evil.example');
    expect(stderr).toContain('kaltura-ks profiles remove evil');
  });

  test('can be removed and replaced', async () => {
    const sandbox = await sandboxWithEvil();
    expect((await sandbox.run(['profiles', 'rename', 'evil', 'worse'])).code).toBe(0);
    expect((await sandbox.run(['profiles', 'add', 'worse', ...ADD])).stderr).toContain('already exists');
    expect((await sandbox.run(['profiles', 'add', 'worse', ...ADD, '--replace'])).code).toBe(0);
    expect((await sandbox.run(['profiles', 'remove', 'worse', '--yes'])).code).toBe(0);
    expect(await names(sandbox)).toEqual(['good']);
  });
});

test('the error for an unknown profile name lists the saved profiles', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.run(['token', 'player'])).stderr).toContain('has this name. No profile is saved.');
  await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
  expect((await sandbox.run(['token', 'player'])).stderr).toContain('has this name. Saved profiles: “demo”.');
});
