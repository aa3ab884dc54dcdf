import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { askPractice, stateOf } from './ask-practice.js';
import {
  accountAt,
  interrupt,
  openSandbox,
  openServer,
  openSilentServer,
  openTimeoutServer,
  type Sandbox,
  SECRET,
} from './program.js';

const KEY = `djJ8${'a'.repeat(200)}`;

const storeIn = (sandbox: Sandbox) =>
  createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });

async function setUp() {
  const sandbox = await openSandbox();
  const url = await openServer();
  const make = async (...args: string[]): Promise<string> =>
    (
      await sandbox.run(['token', ...accountAt(url), ...args], {
        env: { KALTURA_SECRET: SECRET, KALTURA_APP_TOKEN: PRACTICE_CREDENTIALS.token },
      })
    ).stdout.trim();
  /** Saves a profile with a saved key in its record. */
  const saveProfile = async (
    name: string,
    ks: string,
    privileges = '',
    change: Partial<Profile> = {},
  ): Promise<void> => {
    const now = Math.floor(Date.now() / 1000);
    const facts = {
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      userId: '',
      type: 'USER',
      privileges,
      expiresAt: now + 600,
    } as const;
    const profile = sampleProfile({
      name,
      region: 'own',
      serviceUrl: url,
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      type: 'USER',
      userId: '',
      lifetime: 600,
      privileges,
      acceptedRisks: [],
      savedAt: now,
      savedKey: { ks: new Secret(ks), facts, confirmedBy: 'key' },
      ...change,
    });
    await storeIn(sandbox).save(profile);
  };
  const profilesWithKey = async (): Promise<readonly string[]> =>
    (await storeIn(sandbox).load()).profiles.filter(({ savedKey }) => savedKey !== null).map(({ name }) => name);
  const end = (ks: string, ...args: string[]) =>
    sandbox.run(['end', '--ks-stdin', '--url', url, ...args], { input: `KS=${ks}\n` });
  return { sandbox, url, make, saveProfile, profilesWithKey, end };
}

const outcomeIn = (stdout: string) => JSON.parse(stdout);

describe('end', () => {
  test('revokes a key and verifies that; a second run reports that it was already revoked', async () => {
    const { url, make, end } = await setUp();
    const [ks, other] = [await make(), await make()];
    const { code, stdout, stderr } = await end(ks, '--yes');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '✔ The key is revoked: the server refused it in a test request.\n',
    });
    expect(stderr).toContain('This revokes only this key.');
    expect(await stateOf(url, ks)).toBe('LOGOUT');
    expect(await stateOf(url, other)).toBe('valid');
    expect(await end(ks, '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('was already revoked') });
  });

  test('exits with 2 without --yes if it cannot ask for confirmation', async () => {
    const { sandbox, url, make, end } = await setUp();
    const ks = await make();
    for (const args of [[], ['--no-input']]) {
      const { code, stdout, stderr } = await end(ks, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(
        'The key was not revoked: kaltura-ks can’t ask for confirmation here. To confirm, add --yes',
      );
    }
    const byVariable = await sandbox.run(['end', '--url', url], { env: { KALTURA_KS: ks } });
    expect(byVariable).toMatchObject({ code: 2, stdout: '' });
    expect(await stateOf(url, ks)).toBe('valid');
  });

  test('revokes the key on a terminal only after y', async () => {
    const { sandbox, url, make } = await setUp();
    for (const [answer, code, state] of [
      ['n', 1, 'valid'],
      ['', 1, 'valid'],
      ['Y', 0, 'LOGOUT'],
    ] as const) {
      const ks = await make();
      const outcome = await sandbox.run(['end', '--url', url], { env: { KALTURA_KS: ks }, typed: [`${answer}\r`] });
      expect(outcome).toMatchObject({ code, stderr: expect.stringContaining('Type y for yes') });
      expect(await stateOf(url, ks)).toBe(state);
      expect(outcome.stdout + outcome.stderr).not.toContain(ks);
    }
  });

  test('never prints the key, also with -v and --json', async () => {
    const { make, end } = await setUp();
    const ks = await make('--privilege', 'sessionid:visit');
    for (const args of [['-v'], ['--json']]) {
      const { stdout, stderr } = await end(ks, '--yes', ...args);
      expect(stdout + stderr).not.toContain(ks);
    }
  });

  test('reports that a key had already expired by the server’s clock', async () => {
    const sandbox = await openSandbox();
    const late = await openServer(() => Date.now() + 7_200_000);
    const local = ['--method', 'local', ...accountAt(late), '--expiry', '1h', '--no-clock-check'];
    const ks = (await sandbox.run(['token', ...local], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
    const { code, stdout } = await sandbox.run(['end', '--ks-stdin', '--url', late, '--yes', '--json'], { input: ks });
    expect(code).toBe(0);
    expect(outcomeIn(stdout)).toMatchObject({ outcome: 'already-ended', reason: 'EXPIRED' });
  });
});

describe('end warns first about', () => {
  test('the other keys of the session group', async () => {
    const { url, make, end } = await setUp();
    const [ks, other] = [await make('--privilege', 'sessionid:visit'), await make('--privilege', 'sessionid:visit')];
    const { stdout, stderr } = await end(ks, '--yes', '--json');
    expect(stderr).toContain('Every key of the account with sessionid:visit stops working too');
    expect(outcomeIn(stdout)).toEqual({
      outcome: 'ended',
      reason: null,
      endsWith: { kind: 'group', sessionId: 'visit' },
      dropped: [],
    });
    expect(await stateOf(url, other)).toBe('LOGOUT');
  });

  test('all keys of an app token', async () => {
    const { url, make, end } = await setUp();
    const [ks, other] = [
      await make('--app-token-id', PRACTICE_CREDENTIALS.tokenId),
      await make('--app-token-id', PRACTICE_CREDENTIALS.tokenId),
    ];
    const { stderr } = await end(ks);
    expect(stderr).toContain(`Revoking the key disables the whole app token`);
    expect(await stateOf(url, other)).toBe('valid');
    await end(ks, '--yes');
    expect(await stateOf(url, other)).toBe('LOGOUT');
  });

  test('unknown effects if the key cannot be read', async () => {
    const { end } = await setUp();
    const { code, stdout, stderr } = await end(
      Buffer.from('v2|1234567|not by this account').toString('base64url'),
      '--yes',
    );
    expect(stderr).toContain('This key can’t be read without the Administrator Secret');
    expect(code).toBe(1);
    expect(stdout).toContain('✖ The server can’t read the key (INVALID_KS). The key was not revoked.');
  });
});

describe('end fails for', () => {
  test('a public session, which cannot be revoked', async () => {
    const { url, end } = await setUp();
    const widget = await askPractice(url, 'session.startWidgetSession', {
      widgetId: `_${PRACTICE_CREDENTIALS.partnerId}`,
    });
    const { code, stdout, stderr } = await end(String(widget?.['ks']), '--yes', '--json');
    expect(code).toBe(1);
    expect(outcomeIn(stdout)).toMatchObject({ outcome: 'cannot-end', reason: 'widget' });
    expect(stderr).toContain('Anyone can create one');
  });

  test('a key that may not call session.end, but revokes one that may call nothing else', async () => {
    const { url, make, end } = await setUp();
    const other = await make('--privilege', 'urirestrict:/api_v3/service/baseEntry/*');
    expect(await end(other, '--yes')).toMatchObject({ code: 1, stdout: '' });
    expect(await stateOf(url, other)).toBe('valid');
    const onlyEnd = await make('--privilege', 'urirestrict:/api_v3/service/session/action/end');
    expect(await end(onlyEnd, '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✔ The key is revoked'),
    });
  });

  test('a key that is limited to another IP address, with the reason', async () => {
    const { make, end } = await setUp();
    const ks = await make('--privilege', 'iprestrict:10.1.2.3');
    const { code, stdout, stderr } = await end(ks, '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('The key works only from 10.1.2.3');
    expect(stdout).toMatch(/The key was not revoked\.[\s\S]*iprestrict/);
  });
});

describe('a saved key', () => {
  test('is revoked by the name of its profile, and removed from every profile that has it', async () => {
    const { sandbox, url, make, saveProfile, profilesWithKey } = await setUp();
    const [ks, other] = [await make(), await make()];
    await saveProfile('one', ks);
    // The server also accepts the key without its Base64 padding.
    await saveProfile('same', ks.replace(/=+$/, ''));
    await saveProfile('other', other);
    const { code, stdout, stderr } = await sandbox.run(['end', 'one', '--yes', '--json']);
    expect(code).toBe(0);
    expect([...outcomeIn(stdout).dropped].sort()).toEqual(['one', 'same']);
    expect(stderr).toContain('Removed the saved key of profile “one”');
    expect(await profilesWithKey()).toEqual(['other']);
    expect(await stateOf(url, ks)).toBe('LOGOUT');
    expect(await stateOf(url, other)).toBe('valid');
    const next = await sandbox.run(['token', 'one'], { env: { KALTURA_SECRET: SECRET } });
    expect(await stateOf(url, next.stdout.trim())).toBe('valid');
  });

  test('is removed if it was revoked with its group', async () => {
    const { make, saveProfile, profilesWithKey, end } = await setUp();
    const group = ['--privilege', 'sessionid:visit'];
    await saveProfile('with', await make(...group), 'sessionid:visit');
    await saveProfile('without', await make(), '');
    await saveProfile('elsewhere', await make(...group), 'sessionid:visit', {
      serviceUrl: 'https://video.example.com',
    });
    await end(await make(...group), '--yes');
    expect(await profilesWithKey()).toEqual(['elsewhere', 'without']);
  });

  test('in an encrypted file is removed; without the passphrase a warning says that it may be revoked', async () => {
    const { sandbox, url, make, profilesWithKey, end } = await setUp();
    const phrase = { KALTURA_PASSPHRASE: 'a phrase of some length' };
    const env = { KALTURA_SECRET: SECRET, ...phrase };
    await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--store', 'file'], { env });
    const [added] = (await storeIn(sandbox).load()).profiles;
    if (added === undefined) throw new Error('The profile was not saved.');
    await storeIn(sandbox).save({ ...added, lastKeyEndedAt: 1 }, { replace: true });
    const ks = (await sandbox.run(['token', 'p'], { env: phrase })).stdout.trim();
    expect(await profilesWithKey()).toEqual(['p']);
    const other = await end(await make(), '--yes');
    expect(other.stderr).toContain('profile “p” has a saved key of this account that could not be read');
    expect(await profilesWithKey()).toEqual(['p']);
    expect(await sandbox.run(['end', 'p', '--yes'], { env: phrase })).toMatchObject({ code: 0 });
    expect(await stateOf(url, ks)).toBe('LOGOUT');
    expect(await profilesWithKey()).toEqual([]);
    expect(await sandbox.run(['token', 'p'], { env: phrase })).toMatchObject({ code: 0 });
  });

  test('stays saved if it could not be revoked', async () => {
    const { sandbox, make, saveProfile, profilesWithKey } = await setUp();
    await saveProfile('one', await make(), '', { serviceUrl: 'http://127.0.0.1:9' });
    expect(await sandbox.run(['end', 'one', '--yes'])).toMatchObject({ code: 1, stdout: '' });
    expect(await profilesWithKey()).toEqual(['one']);
  });

  test('is required if the command names a profile', async () => {
    const { sandbox, url } = await setUp();
    await sandbox.run(['profiles', 'add', 'plain', ...accountAt(url)]);
    const { code, stderr } = await sandbox.run(['end', 'plain', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain('This profile has no saved key');
  });
});

describe('end without an answer of the server', () => {
  test('says that nothing was sent if there was no connection', async () => {
    const { make, end } = await setUp();
    const { code, stderr } = await end(await make(), '--url', 'http://127.0.0.1:9', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was sent');
  });

  test('stops at Ctrl+C, and says that the key may have been revoked', async () => {
    const { sandbox, make } = await setUp();
    const silentServer = await openSilentServer();
    const args = ['end', '--ks-stdin', '--url', silentServer.url, '--yes'];
    silentServer.onConnection(interrupt);
    const { code, stdout, stderr } = await sandbox.run(args, { input: await make() });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('may have been revoked');
  });

  test('says after a timeout that the key may have been revoked, and does not retry', async () => {
    const { sandbox, make } = await setUp();
    const input = await make();
    const silentServer = await openTimeoutServer();
    let connections = 0;
    const count = (): void => {
      connections += 1;
      silentServer.onConnection(count);
    };
    silentServer.onConnection(count);
    const args = ['end', '--ks-stdin', '--url', silentServer.url, '--yes', '--timeout', '1'];
    const { code, stderr } = await sandbox.run(args, { input });
    expect(code).toBe(1);
    expect(stderr).toContain('may have been revoked');
    expect(connections).toBe(1);
  });
});

test.each([
  [['end', KEY, '--yes'], 'give a key on standard input or with --ks-file.'],
  [['check', KEY], 'give a key on standard input or with --ks-file.'],
  [['call', 'baseEntry.count', '--profile', KEY], 'give a key on standard input or with --ks-file.'],
  [['use', 'node', KEY], 'give a key on standard input.'],
  [['token', KEY], 'kaltura-ks token takes no key.'],
  [['exec', KEY, '--', 'true'], 'kaltura-ks exec takes no key.'],
  [['inspect', KEY, '--profile', KEY], 'give a key on standard input or with --ks-file, without --profile.'],
  [['end', KEY, '--group', 'g', '--yes'], 'kaltura-ks end --group takes no key.'],
])('a key given as a profile name is not repeated, and the error says how to give it: %j', async (args, advice) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(args);
  expect([code, stderr]).toEqual([1, expect.stringContaining('This is a key, not the name of a profile.')]);
  expect(stderr).toContain(advice);
  expect(stderr).not.toContain(KEY);
});

test.each([
  [['token', SECRET]],
  [['check', SECRET]],
  [['call', 'baseEntry.count', '--profile', SECRET]],
  [['profiles', 'add', SECRET]],
  [['profiles', 'export', SECRET]],
])('a secret given as a profile name is called a secret, and not repeated: %j', async (args) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(args);
  expect([code, stderr]).toEqual([1, expect.stringContaining('This looks like a secret, not the name of a profile.')]);
  expect(stderr).toContain('Your shell history may now contain it');
  expect(stderr).toContain('--secret-stdin');
  expect(stderr).not.toContain(SECRET);
});

test('a long misspelled profile name is not called a key', async () => {
  const { stderr } = await (await openSandbox()).run(['check', 'my-production-account-2']);
  expect(stderr).toContain('has this name. No profile is saved.');
});

test.each([
  [['check'], 'Give a key on standard input or with --ks-file.'],
  [['token'], 'kaltura-ks token takes no key.'],
])('a key in KALTURA_PROFILE is not repeated, and the error names the variable: %j', async (args, advice) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(args, { env: { KALTURA_PROFILE: KEY } });
  expect([code, stderr]).toEqual([1, expect.stringContaining(`Remove KALTURA_PROFILE. ${advice}`)]);
  expect(stderr).not.toContain(KEY);
});
