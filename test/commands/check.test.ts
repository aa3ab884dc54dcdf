import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import type { KeyRequest } from '../../source/kaltura/sign-in/key-request.js';
import { makeKey } from '../../source/kaltura/sign-in/make-key.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import {
  accountAt,
  interrupt,
  openSandbox,
  openServer,
  openSilentServer,
  openTimeoutServer,
  PARTNER,
  SECRET,
} from './program.js';

/** Signs a key of the practice server's account. */
async function keyWith(changes: Partial<Pick<KeyRequest, 'type' | 'privileges' | 'userId' | 'lifetime'>> = {}) {
  const request: KeyRequest = {
    serviceUrl: 'http://127.0.0.1:1',
    signIn: { method: 'local', partnerId: PRACTICE_CREDENTIALS.partnerId, secret: new Secret(SECRET), ksVersion: 2 },
    type: 'USER',
    userId: '',
    lifetime: 3600,
    privileges: '',
    ...changes,
  };
  const http = () => Promise.reject(new Error('nothing is sent'));
  const { ks } = await makeKey(request, { http, now: Date.now, randomBytes: (count) => randomBytes(count) });
  return ks.reveal();
}

/** Checks a key from KALTURA_KS. */
async function check(args: readonly string[], ks: string) {
  const url = await openServer();
  const sandbox = await openSandbox();
  return sandbox.run(['check', '--url', url, ...args], { env: { KALTURA_KS: ks } });
}

async function json(args: readonly string[], ks: string) {
  const { code, stdout, stderr } = await check(['--json', ...args], ks);
  return { code, stderr, result: JSON.parse(stdout) };
}

describe('check', () => {
  test('shows what the server says about an ADMIN key, and how many entries it lists', async () => {
    const ks = await keyWith({ type: 'ADMIN', userId: 'jane' });
    const { code, stdout } = await check([], ks);
    expect(code).toBe(0);
    expect(stdout).toContain('✔ The key works');
    expect(stdout).toContain(`According to the server: ADMIN, partner ${PARTNER}, user jane, no privileges, expires `);
    expect(stdout).toContain('The key can list 2 entries');
    expect(stdout).toContain('clock agrees');
    expect(stdout).not.toContain(ks);
  });

  test('prints the result as JSON with stable names', async () => {
    const { code, result } = await json([], await keyWith({ privileges: 'list:*,disableentitlement' }));
    expect(code).toBe(0);
    expect(result).toEqual({
      works: true,
      verdict: 'works',
      serviceUrl: expect.stringContaining('http://127.0.0.1:'),
      profile: null,
      key: null,
      differences: [],
      forbidden: [],
      refusal: null,
      entries: { total: 4, reach: 'everyone' },
      clockDifference: expect.any(Number),
      content: null,
    });
  });

  test('accepts a valid key that may call nothing', async () => {
    const { code, result } = await json([], await keyWith({ type: 'ADMIN', privileges: 'setrole:null' }));
    expect(code).toBe(0);
    expect(result).toMatchObject({ works: true, verdict: 'genuine', forbidden: ['baseEntry.count'] });
  });

  test.each([
    ['iprestrict:192.0.2.1', 'INVALID_KS', 'EXCEEDED_RESTRICTED_IP'],
    ['setrole:999999', 'INVALID_OBJECT_ID', null],
  ])('reports that the server refuses %s, with the reason', async (privileges, code, reason) => {
    const outcome = await json([], await keyWith({ type: 'ADMIN', privileges }));
    expect(outcome.code).toBe(1);
    expect(outcome.result).toMatchObject({
      works: false,
      verdict: 'refused',
      refusal: { code, reason, isSignatureRight: true },
    });
  });

  test('reports an expired key and a damaged key', async () => {
    const url = await openServer(() => Date.now() + 7200_000);
    const sandbox = await openSandbox();
    const run = async (ks: string) => sandbox.run(['check', '--url', url], { env: { KALTURA_KS: ks } });
    const expired = await run(await keyWith({}));
    expect(expired.code).toBe(1);
    expect(expired.stdout).toContain('✖ The key has expired (INVALID_KS)');
    expect(expired.stdout).toContain('2 h behind the server’s');
    const ks = await keyWith({});
    const damaged = await run(`${ks.slice(0, -6)}AAAAAA`);
    expect(damaged.code).toBe(1);
    expect(damaged.stdout).toContain('✖ The server can’t read the key');
    expect(damaged.stdout).not.toContain('The signature is valid');
  });

  test('fails without a verdict if the server does not answer', async () => {
    const { url } = await openTimeoutServer();
    const sandbox = await openSandbox();
    const env = { KALTURA_KS: await keyWith() };
    const { code, stdout, stderr } = await sandbox.run(['check', '--url', url, '--timeout', '1s'], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/\(.*\)\.?\n/);
    expect(stderr).not.toContain(env.KALTURA_KS);
  });
});

test('check creates the key of a profile from the profile only, and ignores variables for answers', async () => {
  const [sandbox, url, elsewhere] = [await openSandbox(), await openServer(), await openSilentServer()];
  let reached = 0;
  elsewhere.onConnection(() => {
    reached += 1;
  });
  await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--type', 'user', '--user', 'jo']);
  const planted = {
    KALTURA_URL: elsewhere.url,
    KALTURA_PARTNER: '7',
    KALTURA_TYPE: 'admin',
    KALTURA_USER: 'mallory',
    KALTURA_PRIVILEGE: 'list:*',
    KALTURA_METHOD: 'local',
  };
  const env = { KALTURA_SECRET: SECRET, ...planted };
  const { code, stdout, stderr } = await sandbox.run(['check', 'p', '--json', '--timeout', '2', '--yes'], { env });
  expect({ code, reached }, stderr).toEqual({ code: 0, reached: 0 });
  expect(JSON.parse(stdout)).toMatchObject({ works: true, serviceUrl: url, differences: [] });
  expect(stdout).not.toContain('mallory');
});

describe('a check that uses up the key', () => {
  test('sends nothing without --yes if it cannot ask', async () => {
    const ks = await keyWith({ privileges: 'actionslimit:1' });
    const sandbox = await openSandbox();
    const url = await openServer();
    const run = (...args: string[]) => sandbox.run(['check', '--url', url, ...args], { env: { KALTURA_KS: ks } });
    const refused = await run();
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('This check uses it up');
    expect(refused.stderr).toContain('--yes');
    expect((await run('--yes')).code).toBe(0);
    const usedUp = await run('--yes');
    expect(usedUp.code).toBe(1);
    expect(usedUp.stdout).toContain('✖ The key has no calls left');
  });

  test('spends the only call on the entry if an ID is given', async () => {
    const ks = await keyWith({ privileges: 'actionslimit:1' });
    const { code, result } = await json(['--yes', '--entry', '0_welcome1'], ks);
    expect(code).toBe(0);
    expect(result).toMatchObject({ works: true, verdict: 'not-asked', content: { found: true } });
  });

  test('reports a call that urirestrict forbids as skipped, and fails', async () => {
    const privileges = 'urirestrict:/api_v3/service/baseEntry/action/count';
    const args = ['--category', '12'];
    const { code, stdout } = await check(args, await keyWith({ privileges }));
    expect(code).toBe(1);
    expect(stdout).toContain('✔ The key works');
    expect(stdout).toContain('category.get is skipped: the key’s paths (urirestrict) don’t allow it.');
    const { result } = await json(args, await keyWith({ privileges: 'urirestrict:/p/*' }));
    expect(result).toMatchObject({ works: false, verdict: 'not-asked', content: { found: null } });
  });

  test('lists in --plan the calls that create a key for a profile without a valid saved key', async () => {
    const sandbox = await openSandbox();
    const profile = [
      'profiles',
      'add',
      'demo',
      '--region',
      'eu',
      '--partner',
      '2345678',
      '--type',
      'user',
      '--store',
      'ask',
    ];
    expect(await sandbox.run(profile)).toMatchObject({ code: 0 });
    const plan = await sandbox.run(['check', 'demo', '--plan']);
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain('a new one is created first. Sent to api.eu.kaltura.com to create it');
    expect(plan.stdout).toMatch(/session\/action\/start .*\n[\s\S]*baseEntry\/action\/count/);
    const asJson = await sandbox.run(['check', 'demo', '--plan', '--json', '--entry', '0_abc12345']);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      toMakeKey: [{ action: 'session.start' }],
      calls: [{ action: 'baseEntry.count' }, { action: 'baseEntry.get' }],
      ifNotFound: [{ action: 'session.start' }, { action: 'baseEntry.get' }, { action: 'session.end' }],
    });
  });

  test('lists in --plan every call that the run sends, also with --ks-stdin', async () => {
    const sandbox = await openSandbox();
    const input = await keyWith({ type: 'ADMIN' });
    const args = [
      'check',
      '--ks-stdin',
      '--plan',
      '--json',
      '--entry',
      '0_abc12345',
      '--look-behind',
      '--url',
      'http://127.0.0.1:9',
    ];
    const { stdout } = await sandbox.run(args, { input });
    expect(JSON.parse(stdout)).toMatchObject({
      toMakeKey: [],
      calls: [{ action: 'session.get' }, { action: 'baseEntry.count' }, { action: 'baseEntry.get' }],
      ifNotFound: [{ action: 'partner.getInfo' }, { action: 'permission.get' }],
      withoutKey: [{ action: 'system.getTime' }],
    });
  });

  test('is described by --plan, which sends nothing', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_KS: await keyWith({ type: 'ADMIN', privileges: 'actionslimit:3' }) };
    // No server listens at this URL.
    const plan = await sandbox.run(['check', '--plan', '--url', 'http://127.0.0.1:9'], { env });
    expect(plan.code).toBe(0);
    expect(plan.stdout).toContain('session/action/get');
    expect(plan.stdout).not.toContain('baseEntry');
    expect(plan.stdout).toContain('actionslimit:3: the key allows 3 calls, and this check uses one of them');
    const asJson = await sandbox.run(['check', '--plan', '--json', '--url', 'http://127.0.0.1:9'], { env });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      calls: [{ action: 'session.get' }],
      withoutKey: [{ action: 'system.getTime' }],
      cost: { kind: 'calls', uses: 1, limit: 3 },
      hindrances: [],
      barred: [],
      why: null,
    });
  });

  test('asks for confirmation on a terminal, and continues only after y', async () => {
    const url = await openServer();
    const ks = await keyWith({ privileges: 'actionslimit:1' });
    const sandbox = await openSandbox();
    const answer = (typed: string) => sandbox.run(['check', '--url', url], { typed: [typed], env: { KALTURA_KS: ks } });
    const no = await answer('\r');
    expect(no).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Ask the server anyway? Type y') });
    expect(await answer('y\r')).toMatchObject({ code: 0, stdout: expect.stringContaining('✔ The key works') });
  });
});

describe('check --look-behind', () => {
  const HIDDEN = String(PRACTICE_CREDENTIALS.hiddenCategoryId);

  /** Saves a profile of the practice server's account, and returns a function that checks it. */
  async function openCheck(...answers: string[]) {
    const sandbox = await openSandbox();
    const url = await openServer();
    const added = await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--type', 'user', ...answers]);
    expect(added.code).toBe(0);
    const env = {
      KALTURA_SECRET: SECRET,
      KALTURA_PASSWORD: PRACTICE_CREDENTIALS.password,
      KALTURA_APP_TOKEN: PRACTICE_CREDENTIALS.token,
    };
    return (...args: string[]) => sandbox.run(['check', 'p', ...args], { env });
  }

  test('distinguishes hidden from missing content with a key that is valid for a minute', async () => {
    const run = await openCheck();
    const hidden = await run('--category', HIDDEN, '--look-behind');
    expect(hidden.code).toBe(1);
    expect(hidden.stdout).toContain('✔ The category exists (“Staff only”), but entitlement hides it');
    // The calls are announced before they are sent.
    expect(hidden.stderr).toContain('session.start with the account’s secret, then category.get and session.end');
    const missing = await run('--category', '999', '--look-behind');
    expect(missing.code).toBe(1);
    expect(missing.stdout).toContain('does not exist, or belongs to another account');
    const entry = await run('--entry', PRACTICE_CREDENTIALS.hiddenEntryId, '--look-behind', '--json');
    expect(JSON.parse(entry.stdout).content).toMatchObject({ found: false, isHiddenByEntitlement: true });
    const found = await run('--entry', '0_welcome1');
    expect(found.code).toBe(0);
    expect(found.stdout).toContain('“Welcome to the practice account”');
  });

  test('uses the account of an .env file, for a new key and for a given one', async () => {
    const sandbox = await openSandbox();
    const account = `KALTURA_PARTNER_ID=${PARTNER}\nKALTURA_ADMIN_SECRET=${SECRET}\n`;
    writeFileSync(join(sandbox.home, '.env'), `${account}KALTURA_SERVICE_URL=${await openServer()}/api_v3\n`);
    writeFileSync(join(sandbox.home, 'key'), await keyWith());
    const args = ['check', '--dotenv', '.env', '--category', HIDDEN, '--look-behind'];
    for (const more of [[], ['--ks-file', 'key']]) {
      const { code, stdout } = await sandbox.run([...args, ...more]);
      expect([code, stdout]).toEqual([1, expect.stringContaining('✔ The category exists (“Staff only”)')]);
    }
  });

  test('is suggested if it is not given, and nothing more is sent', async () => {
    const run = await openCheck();
    const { code, stdout, stderr } = await run('--category', HIDDEN);
    expect(code).toBe(1);
    expect(stdout).toContain('The server gives the same answer in three cases');
    expect(stdout).not.toContain('Staff only');
    expect(stderr).toContain('To find out which, add --look-behind');
  });

  test('creates no second key if the first one bypasses entitlement', async () => {
    const run = await openCheck('--privilege', 'disableentitlement', '--accept-risk', 'all');
    const { code, stdout, stderr } = await run('--category', '999', '--look-behind');
    expect(code).toBe(1);
    expect(stdout).toContain('The key bypasses entitlement: the category 999 does not exist');
    expect(stderr).not.toContain('session.start');
  });

  test('does not help with an app token, and says so', async () => {
    const run = await openCheck('--method', 'app-token', '--app-token-id', PRACTICE_CREDENTIALS.tokenId);
    const { code, stdout } = await run('--category', HIDDEN, '--look-behind');
    expect(code).toBe(1);
    expect(stdout).toContain('An app token can’t show which it is');
  });

  test('warns first that a login counts as one more login', async () => {
    const run = await openCheck(
      '--method',
      'login',
      '--login-id',
      PRACTICE_CREDENTIALS.loginId,
      '--accept-risk',
      'all',
    );
    const { stdout, stderr } = await run('--category', HIDDEN, '--look-behind');
    expect(stderr).toContain('counts this as one more login');
    expect(stdout).toContain('entitlement hides it');
  });

  test('is offered on a terminal, where Enter alone means no', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--type', 'user']);
    const answer = (typed: string) =>
      sandbox.run(['check', 'p', '--category', HIDDEN], { typed: [typed], env: { KALTURA_SECRET: SECRET } });
    const no = await answer('\r');
    expect(no).toMatchObject({ code: 1, stderr: expect.stringContaining('Continue? Type y') });
    expect(no.stdout).not.toContain('Staff only');
    const yes = await answer('y\r');
    expect(yes).toMatchObject({ code: 1, stdout: expect.stringContaining('✔ The category exists (“Staff only”)') });
  });

  test('with an ADMIN key asks about the account, and does not print the secrets in that answer', async () => {
    const args = ['--category', HIDDEN, '--look-behind', '-v'];
    const { stdout, stderr } = await check(args, await keyWith({ type: 'ADMIN' }));
    expect(stderr).toContain('partner.getInfo');
    expect(stdout).toContain('The key doesn’t show which');
    expect(`${stdout}${stderr}`).not.toContain(SECRET);
    expect(`${stdout}${stderr}`).not.toContain(PRACTICE_CREDENTIALS.userSecret);
  });
});

test('check exits with 130 on Ctrl+C, with nothing on standard output', async () => {
  const { url, onConnection } = await openSilentServer();
  const sandbox = await openSandbox();
  onConnection(interrupt);
  const { code, stdout } = await sandbox.run(['check', '--url', url], { env: { KALTURA_KS: await keyWith() } });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
});

describe('check refuses', () => {
  test.each<[string[], string]>([
    [['--entry', '0_a', '--category', '1'], 'not both'],
    [['--look-behind'], 'needs --entry or --category'],
    [['--category', 'SecretInTheWrongPlace'], 'whole number'],
    [['--entry', 'a b'], 'An entry ID looks like'],
  ])('%j', async (args, why) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(['check', '--region', 'us', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('SecretInTheWrongPlace');
  });
});
