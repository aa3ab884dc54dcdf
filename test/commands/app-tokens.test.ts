import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newPracticeToken } from '../../source/kaltura/accounts/practice-account.js';
import type { SessionType } from '../../source/kaltura/ks/fields.js';
import { Secret } from '../../source/kaltura/secret.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import type { Profile } from '../../source/profiles/profile.js';
import { everythingIn } from '../platform/profiles/temp-store.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openTerminal } from '../terminal/terminal.js';
import { askPractice, stateOf } from './ask-practice.js';
import {
  accountAt,
  type Outcome,
  openSandbox,
  openServer,
  openTimeoutServer,
  PARTNER,
  type Sandbox,
  SECRET,
  signKey,
} from './program.js';

const PASSPHRASE = 'a phrase of some length';
const VALUE = /^[0-9a-f]{32}\n$/;

const storeIn = (sandbox: Sandbox) =>
  createProfileStore({ configFolder: join(sandbox.home, '.config', 'kaltura-ks'), now: Date.now });

const profileAt = (url: string, name: string): Profile =>
  sampleProfile({
    name,
    region: 'own',
    serviceUrl: url,
    partnerId: PRACTICE_CREDENTIALS.partnerId,
    type: 'USER',
    userId: '',
    privileges: '',
    acceptedRisks: [],
  });

/** Saves a key that is valid for ten minutes with a profile. */
async function saveKeyWith(
  sandbox: Sandbox,
  name: string,
  ks: string,
  type: SessionType,
  privileges = '',
): Promise<void> {
  const store = storeIn(sandbox);
  const found = (await store.load()).profiles.find((profile) => profile.name === name) as Profile;
  const expiresAt = Math.floor(Date.now() / 1000) + 600;
  const facts = { partnerId: PRACTICE_CREDENTIALS.partnerId, userId: '', type, privileges, expiresAt };
  await store.save({ ...found, savedKey: { ks: new Secret(ks), facts, confirmedBy: 'key' } }, { replace: true });
}

/** Starts a practice server, and saves a profile of its account. `ks` is an ADMIN key with which the test itself asks the server. */
async function setUp() {
  const sandbox = await openSandbox();
  const url = await openServer();
  const secret = { KALTURA_SECRET: SECRET };
  await storeIn(sandbox).save(profileAt(url, 'prod'));
  const ks = signKey({ type: 2 });
  const tokens = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    sandbox.run(['app-tokens', ...args], { env: { ...secret, ...env } });
  const create = (...args: string[]): Promise<Outcome> =>
    tokens(['create', '--profile', 'prod', '--user', 'jo', ...args]);
  /** Returns the app tokens of the server, with their values. */
  const onServer = async (): Promise<readonly Record<string, unknown>[]> =>
    ((await askPractice(url, 'appToken.list', { ks }))?.['objects'] ?? []) as Record<string, unknown>[];
  const newest = async (): Promise<Record<string, unknown>> => {
    const known: unknown[] = [PRACTICE_CREDENTIALS.tokenId, PRACTICE_CREDENTIALS.fixedTokenId];
    return (await onServer()).find(({ id }) => !known.includes(id)) ?? {};
  };
  return { sandbox, url, ks, tokens, create, onServer, newest };
}

const CREATED = ['--description', 'nightly upload', '--privilege', 'setrole:UPLOAD_BASE_ROLE'];

/** The one line on standard error for a key with the role of the token. */
const UPLOAD_CAUTION = expect.stringMatching(/^kaltura-ks: caution: setrole:UPLOAD_BASE_ROLE [^\n]+\n$/);

describe('app-tokens list', () => {
  test('shows all tokens without their values', async () => {
    const { tokens, create } = await setUp();
    const value = (await create(...CREATED)).stdout.trim();
    for (const args of [[], ['list'], ['list', '-v'], ['list', '--json']]) {
      const { code, stdout, stderr } = await tokens([...args, '--profile', 'prod']);
      expect(code).toBe(0);
      expect(stdout).toContain(PRACTICE_CREDENTIALS.fixedTokenId);
      expect(stdout).toContain('nightly upload');
      for (const hidden of [value, PRACTICE_CREDENTIALS.token]) expect(stdout + stderr).not.toContain(hidden);
    }
  });

  test('prints a table, or JSON with stable names', async () => {
    const { tokens, create, newest } = await setUp();
    await create(...CREATED);
    const { id } = await newest();
    const { stdout } = await tokens(['list', '--profile', 'prod']);
    const [head = '', first = ''] = stdout.split('\n');
    expect(head).toMatch(/^ID +TOKEN +TYPE +EACH KEY +USER +PRIVILEGES +FOR$/);
    expect(first).toMatch(/^\S+ +\d+ days left +USER +1 h +jo +setrole:UPLOAD_BASE_ROLE +nightly upload$/);
    expect(first.indexOf('USER')).toBe(head.indexOf('TYPE'));
    const [made] = JSON.parse((await tokens(['list', '--profile', 'prod', '--json'])).stdout);
    expect(made).toEqual({
      id,
      description: 'nightly upload',
      type: 'USER',
      userId: 'jo',
      privileges: 'setrole:UPLOAD_BASE_ROLE',
      duration: 3600,
      expiresAt: expect.any(Number),
      hash: 'SHA256',
      status: 'active',
      createdAt: expect.any(Number),
    });
  });
});

test('app-tokens list fits into a terminal of 80 columns, and says how to see everything', async () => {
  const { sandbox, ks, url, create } = await setUp();
  await create('--description', 'nightly upload of the recordings of all rooms', '--privilege', 'sview:0_abc12345');
  const args = ['app-tokens', 'list', '--url', url];
  const terminal = await openTerminal({ args, env: { KALTURA_KS: ks, HOME: sandbox.home }, columns: 80 });
  expect((await terminal.exit).code).toBe(0);
  const rows = terminal.frame().split('\n');
  expect(rows.filter((row) => /^\d_/.test(row))).toHaveLength(3);
  expect(rows.find((row) => row.includes('nightly'))).toMatch(/…$/);
  expect(terminal.frame()).toContain('add --json');
});

describe('the ADMIN key for app-tokens', () => {
  test('is named in the error if it is missing', async () => {
    const { code, stderr } = await (await openSandbox()).run(['app-tokens', 'list', '--region', 'us', '--no-input']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Missing: an ADMIN key')]);
  });

  test('is created with the public secret of the practice account', async () => {
    const { code, stdout, stderr } = await (await openSandbox()).run(['app-tokens', 'list', '--region', 'practice']);
    expect(code).toBe(0);
    expect(stdout).toContain('0_rehearse');
    expect(stderr).toContain('Created an ADMIN key for five minutes with the practice account.');
  });

  test('is described by -v with its real sources, and not with options that nobody typed', async () => {
    const args = ['app-tokens', 'list', '--region', 'practice', '-v'];
    const { stderr } = await (await openSandbox()).run(args);
    expect(stderr).toContain('type ADMIN (set by app-tokens)');
    expect(stderr).toContain('region practice (--region)');
    expect(stderr).toContain('key: a new key of the practice account\n');
    expect(stderr).not.toMatch(/--type|--expiry|account in variables/);
  });

  test('is created from the profile for five minutes, and revoked afterwards', async () => {
    const { tokens } = await setUp();
    const { code, stderr } = await tokens(['list', '--profile', 'prod']);
    expect(code).toBe(0);
    expect(stderr).toContain('Created an ADMIN key for five minutes');
    expect(stderr).toMatch(/Revoked the five-minute ADMIN key\.\n$/);
  });

  test('is also revoked after a failure', async () => {
    const { tokens } = await setUp();
    const { code, stderr } = await tokens(['delete', '0_nosuch01', '--profile', 'prod', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain('Revoked the five-minute ADMIN key.');
  });

  test('is the saved key of the profile if that is ADMIN, which needs no secret and is not revoked', async () => {
    const { sandbox, url, ks, tokens } = await setUp();
    await saveKeyWith(sandbox, 'prod', ks, 'ADMIN');
    const { code, stderr } = await tokens(['list', '--profile', 'prod'], { KALTURA_SECRET: '' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await stateOf(url, ks)).toBe('valid');
  });

  test.each([
    ['USER', ''],
    ['ADMIN', 'setrole:PLAYBACK_BASE_ROLE'],
  ] as const)('is not a saved key without the permission: %s %s', async (type, privileges) => {
    const { sandbox, ks, tokens } = await setUp();
    await saveKeyWith(sandbox, 'prod', ks, type, privileges);
    const { code, stderr } = await tokens(['list', '--profile', 'prod']);
    expect(code).toBe(0);
    expect(stderr).toContain('Created an ADMIN key for five minutes');
  });

  test('can be given in KALTURA_KS or on standard input', async () => {
    const { sandbox, url, ks, tokens } = await setUp();
    const variable = await tokens(['list', '--url', url], { KALTURA_KS: ks });
    expect(variable).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(PRACTICE_CREDENTIALS.tokenId),
    });
    const stdin = await sandbox.run(['app-tokens', 'list', '--ks-stdin', '--profile', 'prod'], { input: ks });
    expect(stdin).toMatchObject({ code: 0, stdout: expect.stringContaining(PRACTICE_CREDENTIALS.tokenId) });
  });

  test('is created for the account of an official .env, without the user and privileges of the new token', async () => {
    const { sandbox, url, newest } = await setUp();
    const env = { KALTURA_PARTNER_ID: PARTNER, KALTURA_ADMIN_SECRET: SECRET, KALTURA_SERVICE_URL: `${url}/api_v3` };
    const listed = await sandbox.run(['app-tokens', 'list'], { env });
    expect([listed.code, listed.stderr]).toEqual([
      0,
      'kaltura-ks: Created an ADMIN key for five minutes with the account in variables or in the .env file.\n',
    ]);
    const made = await sandbox.run(['app-tokens', 'create', '--user', 'jo', ...CREATED], { env });
    expect(made.code).toBe(0);
    expect(await newest()).toMatchObject({ sessionUserId: 'jo', sessionType: 0 });
  });

  test('must be an ADMIN key: a USER key is reported', async () => {
    const { sandbox, url, tokens } = await setUp();
    const user = (await sandbox.run(['token', ...accountAt(url)], { env: { KALTURA_SECRET: SECRET } })).stdout.trim();
    const { code, stdout, stderr } = await tokens(['list', '--url', url], { KALTURA_KS: user });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('caution: this is a USER key');
    expect(stderr).toContain('The key is not allowed to manage app tokens (SERVICE_FORBIDDEN)');
    expect(stderr).not.toContain(user);
  });

  test('is reported as revoked if it was revoked', async () => {
    const { url, ks, tokens } = await setUp();
    await askPractice(url, 'session.end', { ks });
    const { code, stderr } = await tokens(['list', '--url', url], { KALTURA_KS: ks });
    expect(code).toBe(1);
    expect(stderr).toContain('The key was revoked (INVALID_KS)');
  });

  test('cannot come from a profile that creates only USER keys', async () => {
    const { sandbox, url, tokens } = await setUp();
    await sandbox.run(['profiles', 'add', 'narrow', ...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.tokenId]);
    const { code, stderr } = await tokens(['list', '--profile', 'narrow'], {
      KALTURA_APP_TOKEN: PRACTICE_CREDENTIALS.token,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('Profile “narrow” creates only USER keys: its app token creates no ADMIN keys');
  });

  test('is not revoked if it is from an app token, because that would revoke all keys of the token', async () => {
    const { sandbox, url, tokens } = await setUp();
    const token = { KALTURA_APP_TOKEN: PRACTICE_CREDENTIALS.token };
    const args = [...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.fixedTokenId];
    const ks = (await sandbox.run(['token', ...args], { env: token })).stdout.trim();
    await sandbox.run(['profiles', 'add', 'fixed', ...args]);
    const { code, stderr } = await tokens(['list', '--profile', 'fixed'], token);
    expect(code).toBe(0);
    expect(stderr).toContain('The ADMIN key expires within five minutes');
    expect(await stateOf(url, ks)).toBe('valid');
  });

  test('is not sent to another server than the profile’s', async () => {
    const { tokens } = await setUp();
    const { code, stderr } = await tokens(['list', '--profile', 'prod', '--url', 'https://evil.example']);
    expect(code).toBe(2);
    expect(stderr).toContain('Remove --url: the profile names its server.');
  });

  test('is required', async () => {
    const { url, tokens } = await setUp();
    expect(await tokens(['list', '--url', url])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('app-tokens create', () => {
  test('prints only the value, which creates keys', async () => {
    const { sandbox, url, create, newest } = await setUp();
    const { code, stdout, stderr } = await create(...CREATED);
    expect(code).toBe(0);
    expect(stdout).toMatch(VALUE);
    const value = stdout.trim();
    expect(stderr).not.toContain(value);
    expect(stderr).toContain('caution: setrole:UPLOAD_BASE_ROLE forbids media.add and media.addContent.');
    expect(stderr).toContain('“nightly upload”: USER, active, expires in 90 days, user jo, setrole:UPLOAD_BASE_ROLE');
    const { id, token, hashType } = await newest();
    expect({ token, hashType }).toEqual({ token: value, hashType: 'SHA256' });
    expect(everythingIn(sandbox.home)).not.toContain(value);
    const made = await sandbox.run(['token', ...accountAt(url), '--app-token-id', String(id), '--user', 'jo'], {
      env: { KALTURA_APP_TOKEN: value },
    });
    expect(made.stdout).toMatch(/^\S+\n$/);
  });

  test('tells a wrong value in practice from an unknown app token', async () => {
    const sandbox = await openSandbox();
    const args = ['token', '--region', 'practice', '--method', 'app-token', '--app-token-id', '0_yr79s4ir'];
    const value = newPracticeToken(new Uint8Array(16));
    const cut = await sandbox.run(args, { env: { KALTURA_APP_TOKEN: value.slice(0, -1) } });
    expect(cut.code).toBe(2);
    expect(cut.stderr).toContain('This is not the value of a practice app token, so it was not sent.');
    const unknown = await sandbox.run(args, { env: { KALTURA_APP_TOKEN: value } });
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('A practice server was started for this command. It knows only the app tokens');
  });

  test('prints JSON', async () => {
    const { create, newest } = await setUp();
    const { stdout, stderr } = await create('--json', '--expires', 'never', '--session-length', '15m');
    const { id, token } = await newest();
    expect(JSON.parse(stdout)).toMatchObject({
      id,
      token,
      duration: 900,
      expiresAt: null,
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      profile: null,
    });
    expect(stderr).not.toContain(String(token));
  });

  test.each<[string, readonly string[], RegExp]>([
    ['a session length of 0', ['--session-length', '0'], /--session-length: .*already be expired/],
    ['an expiry of 0', ['--expires', '0'], /--expires: With zero, the token would expire immediately\. Type “never”/],
    ['a lone *', ['--privilege', '*'], /--privilege: On an app token, \* does nothing/],
    ['another type', ['--type', 'super'], /--type must be user or admin/],
    ['another risk', ['--accept-risk', 'everything'], /needs a risk ID that the error shows/],
    ['--store without a profile', ['--store', 'file'], /--save-as/],
    ['an unknown --store', ['--store', 'cloud', '--save-as', 'x'], /--store must be keychain or file/],
  ])('refuses %s before anything is sent', async (_what, args, message) => {
    const { create, onServer } = await setUp();
    const { code, stdout, stderr } = await create(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('was made');
    expect(await onServer()).toHaveLength(2);
  });

  test('creates a token without a user if the account has an anonymous user', async () => {
    const { tokens } = await setUp();
    const { code, stderr } = await tokens(['create', '--profile', 'prod', '--description', 'nightly']);
    expect(stderr).toContain('Without one, each program that creates keys from the token chooses their user.');
    expect(stderr).not.toContain('with another user');
    expect(code).toBe(0);
  });

  test('names all invalid values at once', async () => {
    const { tokens } = await setUp();
    const { stderr } = await tokens([
      'create',
      '--profile',
      'prod',
      '--user',
      'a;b',
      '--expires',
      '0',
      '--session-length',
      '0',
    ]);
    for (const flag of ['--user', '--expires', '--session-length']) expect(stderr).toContain(`${flag}:`);
  });

  test('creates an ADMIN token only with --accept-risk', async () => {
    const { create, newest, onServer } = await setUp();
    const refused = await create('--type', 'admin');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('nearly as powerful as the account’s secret');
    expect(refused.stderr).toContain('USER token');
    expect(refused.stderr).toContain('--accept-risk admin-app-token');
    expect(await onServer()).toHaveLength(2);
    expect(await create('--type', 'admin', '--accept-risk', 'admin-app-token')).toMatchObject({ code: 0 });
    expect(await newest()).toMatchObject({ sessionType: 2 });
  });

  test('reports a user ID that the server refuses', async () => {
    const { create } = await setUp();
    const { code, stdout, stderr } = await create('--user', 'Zoë Łukasz');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('(INVALID_FIELD_VALUE)');
  });

  test('says after a timeout that the token may have been created', async () => {
    const { tokens, ks } = await setUp();
    const { url } = await openTimeoutServer();
    const args = ['create', '--user', 'jo', '--url', url, '--timeout', '1'];
    const { code, stdout, stderr } = await tokens(args, { KALTURA_KS: ks });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('may have been created');
  });
});

describe('app-tokens create --save-as', () => {
  const phrase = { KALTURA_PASSPHRASE: PASSPHRASE };
  const SAVED = [...CREATED, '--save-as', 'upload'];

  test('stores the value and prints nothing, and the profile creates keys', async () => {
    const { sandbox, tokens, url, newest } = await setUp();
    const args = ['create', '--profile', 'prod', '--user', 'jo', ...SAVED, '--store', 'file'];
    const { code, stdout, stderr } = await tokens(args, phrase);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const { id, token } = await newest();
    expect(stderr + everythingIn(sandbox.home)).not.toContain(String(token));
    const saved = (await storeIn(sandbox).load()).profiles.find(({ name }) => name === 'upload');
    expect(saved).toMatchObject({
      method: 'app-token',
      serviceUrl: url,
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      tokenId: id,
      type: 'USER',
      userId: 'jo',
      lifetime: 3600,
      privileges: 'setrole:UPLOAD_BASE_ROLE',
      secretSource: { kind: 'file' },
      savedKey: null,
    });
    const made = await sandbox.run(['token', 'upload'], { env: phrase });
    expect(made).toMatchObject({ code: 0, stderr: UPLOAD_CAUTION, stdout: expect.stringMatching(/^\S+\n$/) });
  });

  test('prints JSON without the value', async () => {
    const { tokens, newest } = await setUp();
    const args = ['create', '--profile', 'prod', '--user', 'jo', ...SAVED, '--store', 'file', '--json'];
    const { stdout } = await tokens(args, phrase);
    const { id, token } = await newest();
    expect(JSON.parse(stdout)).toMatchObject({ id, token: null, profile: 'upload' });
    expect(stdout).not.toContain(String(token));
  });

  test('without --store prints the value, and the profile asks for it', async () => {
    const { sandbox, create } = await setUp();
    const { code, stdout, stderr } = await create(...SAVED);
    expect(code).toBe(0);
    expect(stderr).toContain('No token value is stored with the profile. Set KALTURA_APP_TOKEN for each command');
    expect(stderr).toContain('--store keychain or --store file');
    expect(stdout).toMatch(VALUE);
    expect((await storeIn(sandbox).load()).profiles.find(({ name }) => name === 'upload')?.secretSource.kind).toBe(
      'ask',
    );
    const made = await sandbox.run(['token', 'upload'], { env: { KALTURA_APP_TOKEN: stdout.trim() } });
    expect(made).toMatchObject({ code: 0, stderr: UPLOAD_CAUTION });
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['an existing name', ['--save-as', 'PROD'], {}],
    ['an invalid name', ['--save-as', ' '], {}],
    ['a missing passphrase', ['--save-as', 'x', '--store', 'file'], {}],
    ['a passphrase that is too short', ['--save-as', 'x', '--store', 'file'], { KALTURA_PASSPHRASE: 'short' }],
    ['a missing keychain', ['--save-as', 'x', '--store', 'keychain'], {}],
  ])('reports %s before a token is created', async (_what, args, env) => {
    const { tokens, onServer } = await setUp();
    const { code, stdout } = await tokens(['create', '--profile', 'prod', '--user', 'jo', ...args], env);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(await onServer()).toHaveLength(2);
  });

  test('a secret in place of the new name is an argument, also if KALTURA_PROFILE names the profile', async () => {
    const { tokens } = await setUp();
    const args = ['create', '--user', 'jo', '--save-as', '5'.repeat(32)];
    const { code, stderr } = await tokens(args, { KALTURA_PROFILE: 'prod' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Delete it from the history.')]);
    expect(stderr).not.toContain('KALTURA_PROFILE');
  });

  test('prints the value if it cannot be stored, so that it is not lost', async () => {
    const { sandbox, ks, url, newest } = await setUp();
    const args = ['app-tokens', 'create', '--url', url, '--user', 'jo', '--save-as', 'x', '--store', 'file'];
    const { code, stdout, stderr } = await sandbox.run(args, { env: { KALTURA_KS: ks }, typed: ['\x03'] });
    const { token } = await newest();
    expect({ code, stdout }).toEqual({ code: 130, stdout: `${token}\n` });
    expect(stderr).not.toContain(String(token));
    expect(stderr).toMatch(/12 characters, not shown\)[\s\S]*could not be saved/);
  });

  test('is refused for practice, which forgets its tokens, before an ADMIN key is created', async () => {
    const { sandbox } = await setUp();
    await sandbox.run(['profiles', 'add', 'prac', '--region', 'practice']);
    const args = ['app-tokens', 'create', '--profile', 'prac', '--user', 'jo', '--save-as', 'x'];
    const refused = await sandbox.run(args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).not.toContain('ADMIN key');
    expect(refused.stderr).toContain(`--app-token-id ${PRACTICE_CREDENTIALS.tokenId}`);
    const account = { KALTURA_REGION: 'practice', KALTURA_PARTNER_ID: PARTNER, KALTURA_ADMIN_SECRET: SECRET };
    const ofVariables = await sandbox.run(['app-tokens', 'create', '--user', 'jo', '--save-as', 'x'], { env: account });
    expect(ofVariables).toMatchObject({ code: 2, stdout: '' });
    expect(ofVariables.stderr).not.toContain('ADMIN key');
    const made = await sandbox.run(args.slice(0, -2));
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(VALUE) });
    expect(made.stderr).toContain('The practice server ran only for this command and forgets the token now.');
  });
});

describe('app-tokens delete', () => {
  async function withKeys() {
    const base = await setUp();
    const { sandbox, url } = base;
    const fixed = [...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.fixedTokenId];
    const env = { KALTURA_APP_TOKEN: PRACTICE_CREDENTIALS.token };
    const ofToken = (await sandbox.run(['token', ...fixed], { env })).stdout.trim();
    await sandbox.run(['profiles', 'add', 'fixed', ...fixed, '--type', 'admin']);
    return { ...base, ofToken, fixed };
  }

  const DELETE = ['delete', PRACTICE_CREDENTIALS.fixedTokenId, '--profile', 'prod'];

  test('warns about the keys that stop working, and verifies the deletion', async () => {
    const { url, tokens, ofToken, onServer } = await withKeys();
    const { code, stdout, stderr } = await tokens([...DELETE, '--yes']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `If you delete ${PRACTICE_CREDENTIALS.fixedTokenId}, all keys that were created from it stop working immediately`,
    );
    expect(stderr).toContain('Saved profiles that create keys from this token: “fixed”');
    expect(stdout).toMatch(/^✔ Deleted 0_fixadmin: it is no longer in the account’s list/);
    expect(stdout + stderr).not.toContain(PRACTICE_CREDENTIALS.token);
    expect(await stateOf(url, ofToken)).toBe('LOGOUT');
    expect((await onServer()).map(({ id }) => id)).toEqual([PRACTICE_CREDENTIALS.tokenId]);
  });

  test('removes the saved keys of the token', async () => {
    const { sandbox, tokens, ofToken } = await withKeys();
    const privileges = `sessionid:${PRACTICE_CREDENTIALS.fixedTokenId},apptoken:${PRACTICE_CREDENTIALS.fixedTokenId},list:*`;
    await saveKeyWith(sandbox, 'fixed', ofToken, 'ADMIN', privileges);
    const { stdout } = await tokens([...DELETE, '--yes', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      id: PRACTICE_CREDENTIALS.fixedTokenId,
      outcome: 'deleted',
      dropped: ['fixed'],
    });
    expect((await storeIn(sandbox).load()).profiles.every(({ savedKey }) => savedKey === null)).toBe(true);
  });

  test('verifies the deletion with a key of the token itself: that key stops working', async () => {
    const { url, tokens, ofToken } = await withKeys();
    const args = ['delete', PRACTICE_CREDENTIALS.fixedTokenId, '--url', url, '--yes'];
    const { code, stdout } = await tokens(args, { KALTURA_KS: ofToken });
    expect(code).toBe(0);
    expect(stdout).toContain('no longer works');
  });

  test('needs confirmation', async () => {
    const { url, tokens, onServer, ofToken } = await withKeys();
    for (const args of [DELETE, [...DELETE, '--no-input']]) {
      const { code, stderr } = await tokens(args);
      expect(code).toBe(2);
      expect(stderr).toContain(
        'The app token was not deleted: kaltura-ks can’t ask for confirmation here. To confirm, add --yes',
      );
    }
    expect(await onServer()).toHaveLength(2);
    expect(await stateOf(url, ofToken)).toBe('valid');
  });

  test('fails for an unknown ID', async () => {
    const { tokens } = await setUp();
    const { code, stdout, stderr } = await tokens(['delete', '0_nosuch01', '--profile', 'prod', '--yes']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The account has no app token with this ID');
  });

  test.each([
    ['the value of a token', PRACTICE_CREDENTIALS.token],
    ['a text of two lines', `${PRACTICE_CREDENTIALS.token}\nx`],
  ])('refuses %s instead of the ID, and does not repeat it', async (_what, argument) => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(['app-tokens', 'delete', argument, '--profile', 'prod']);
    expect(code).toBe(2);
    expect(stderr).not.toContain(argument.slice(0, 20));
  });
});

test('app-tokens delete does not read the ID as a profile name', async () => {
  const sandbox = await openSandbox();
  const args = ['app-tokens', 'delete', '0_ab12cd34', '--yes', '--region', 'us'];
  expect(await sandbox.run(args, { env: { KALTURA_PARTNER: PARTNER } })).toMatchObject({ code: 2, stdout: '' });
});
