import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { stateOf } from './ask-practice.js';
import { accountAt, openSandbox, openServer, PARTNER, SECRET } from './program.js';
import { validSpec } from './valid-spec.js';

async function setUp() {
  const sandbox = await openSandbox();
  const url = await openServer();
  const env = { KALTURA_SECRET: SECRET };
  const run = (...args: string[]) => sandbox.run(args, { env });
  await run('profiles', 'add', 'prod', ...accountAt(url), '--type', 'user');
  const make = async (...args: string[]) => (await run('token', 'prod', '--no-cache', ...args)).stdout.trim();
  return { sandbox, url, run, make };
}

const errorIn = (stdout: string) => JSON.parse(stdout).error;

describe('a session group', () => {
  test('is revoked as a whole, which is verified; other keys keep working', async () => {
    const { url, run, make } = await setUp();
    const group = await Promise.all([make('--session-group', 'nightly'), make('--session-group', 'nightly')]);
    const others = [await make(), await make('--session-group', 'other')];
    const { code, stdout, stderr } = await run('end', 'prod', '--group', 'nightly', '--yes');
    expect([code, stdout]).toEqual([
      0,
      // No check mark: a mistyped ID gives the same result.
      expect.stringMatching(/^For 24 hours, the server refuses every key with sessionid:nightly\./),
    ]);
    expect(stdout).toContain('a mistyped ID gives the same answer');
    expect(stderr).toContain('every key with sessionid:nightly');
    expect(stderr).toContain('An application that uses the group gets no working key in that time');
    for (const ks of group) expect(await stateOf(url, ks)).toBe('LOGOUT');
    for (const ks of others) expect(await stateOf(url, ks)).toBe('valid');
    // The second time, the new key of the command is revoked from the start.
    const again = await run('end', 'prod', '--group', 'nightly', '--yes', '--json');
    expect([again.code, JSON.parse(again.stdout)]).toEqual([0, { group: 'nightly', outcome: 'ended', dropped: [] }]);
  });

  test('is revoked with only the account of an official .env', async () => {
    const { sandbox, url, make } = await setUp();
    const ks = await make('--session-group', 'nightly');
    const env = { KALTURA_PARTNER_ID: PARTNER, KALTURA_SERVICE_URL: `${url}/api_v3` };
    const end = (more: Readonly<Record<string, string>>) =>
      sandbox.run(['end', '--group', 'nightly', '--yes'], { env: { ...env, ...more } });
    const missing = await end({});
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Missing: the account of the group')]);
    const conflict = await end({ KALTURA_ADMIN_SECRET: SECRET, KALTURA_PARTNER: '99' });
    expect([conflict.code, conflict.stderr]).toEqual([2, expect.stringContaining('KALTURA_PARTNER differ')]);
    expect((await end({ KALTURA_ADMIN_SECRET: SECRET })).code).toBe(0);
    expect(await stateOf(url, ks)).toBe('LOGOUT');
  });

  test('is not revoked without confirmation', async () => {
    const { url, run, make } = await setUp();
    const ks = await make('--session-group', 'nightly');
    const { code, stdout } = await run('end', 'prod', '--group', 'nightly', '--json');
    expect([code, errorIn(stdout).code]).toEqual([2, 'confirmation-required']);
    expect(await stateOf(url, ks)).toBe('valid');
  });

  test('is revoked together with its saved keys, which are removed from their profiles', async () => {
    const { sandbox, url, run, make } = await setUp();
    const store = createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });
    const expiresAt = Math.floor(Date.now() / 1000) + 600;
    for (const group of ['nightly', 'other']) {
      const ks = new Secret(await make('--session-group', group));
      const facts = {
        partnerId: Number(PARTNER),
        userId: '',
        type: 'USER',
        privileges: `sessionid:${group}`,
        expiresAt,
      } as const;
      const answers = { region: 'own', serviceUrl: url, partnerId: Number(PARTNER), type: 'USER', userId: '' } as const;
      await store.save(sampleProfile({ ...answers, name: group, savedKey: { ks, facts, confirmedBy: 'key' } }));
    }
    const { stdout } = await run('end', 'prod', '--group', 'nightly', '--yes', '--json');
    expect(JSON.parse(stdout)).toEqual({ group: 'nightly', outcome: 'ended', dropped: ['nightly'] });
  });

  test('is never taken from a saved key of another group', async () => {
    const { sandbox, url, run, make } = await setUp();
    const store = createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });
    const ks = new Secret(await make());
    const expiresAt = Math.floor(Date.now() / 1000) + 7200;
    const facts = { partnerId: Number(PARTNER), userId: '', type: 'USER', privileges: '', expiresAt } as const;
    const answers = { region: 'own', serviceUrl: url, partnerId: Number(PARTNER), type: 'USER', userId: '' } as const;
    await store.save(
      sampleProfile({ ...answers, name: 'saved', privileges: '', savedKey: { ks, facts, confirmedBy: 'key' } }),
    );
    expect((await run('token', 'saved')).stdout.trim()).toBe(ks.reveal());
    expect((await run('token', 'saved', '--session-group', 'a')).stdout.trim()).not.toBe(ks.reveal());
  });

  test('with a random ID is named, so that you can revoke it', async () => {
    const { url, run } = await setUp();
    const made = await run('token', 'prod', '--session-group', 'new');
    const [, id = ''] = /Session group ([0-9a-f]{16})\./.exec(made.stderr) ?? [];
    await run('end', 'prod', '--group', id, '--yes');
    expect(await stateOf(url, made.stdout.trim())).toBe('LOGOUT');
  });

  test.each<[args: readonly string[], code: string]>([
    [['--group', 'a,b'], 'invalid-value'],
    [['--group', ''], 'invalid-value'],
    [['--group', 'a', '--ks-stdin'], 'conflicting-options'],
    [['--group', 'a', '--region', 'us'], 'conflicting-options'],
  ])('end prod %j is refused: %s', async (args, code) => {
    const { run } = await setUp();
    expect(errorIn((await run('end', 'prod', ...args, '--yes', '--json')).stdout).code).toBe(code);
  });

  test('is not revoked with a profile of an app token, because that would disable the token', async () => {
    const { url, run } = await setUp();
    await run('profiles', 'add', 'web', ...accountAt(url), '--method', 'app-token', '--app-token-id', '0_abcd1234');
    const { code, stdout } = await run('end', 'web', '--group', 'a', '--yes', '--json');
    expect([code, errorIn(stdout).code]).toEqual([1, 'unfit-profile']);
    expect((await run('end', '--group', 'a', '--yes', '--json')).code).toBe(2);
  });
});

describe('--session-group', () => {
  const spec = (flags: Readonly<Record<string, string | readonly string[]>>) => validSpec(null, flags, {}).spec;

  test('adds a sessionid to the privileges', () => {
    expect(spec({ 'session-group': 'a.b-1' }).privileges).toBe('sessionid:a.b-1');
    expect(spec({ 'session-group': 'a', privilege: ['sview:*', 'list:*'] }).privileges).toBe(
      'sview:*,list:*,sessionid:a',
    );
  });

  test.each([
    { 'session-group': 'a:b' },
    { 'session-group': 'a', privilege: ['sessionid:b'] },
    { 'session-group': 'a', method: 'app-token' },
  ])('%j is refused', (flags) => expect(() => spec(flags)).toThrow(/session-?group|sessionid/));
});
