import { describe, expect, test } from 'vitest';
import { serverInVariables } from '../../source/commands/answers/server-variables.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { openSandbox, PARTNER, SECRET } from './program.js';
import { validSpec } from './valid-spec.js';

const OTHER_SECRET = '0123456789abcdef0123456789abcdef';

/** The variables of Kaltura's official `.env`, with the account of the practice server. */
const OFFICIAL = {
  KALTURA_PARTNER_ID: PARTNER,
  KALTURA_ADMIN_SECRET: SECRET,
  KALTURA_SERVICE_URL: 'https://www.kaltura.com/api_v3',
  KALTURA_USER_ID: 'jo',
  KALTURA_METHOD: 'local',
};

const NO_CLOCK = '--no-clock-check';

describe('the official names of variables', () => {
  test('are enough to create a key', async () => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(['token', '--json', NO_CLOCK], { env: OFFICIAL });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      partnerId: Number(PARTNER),
      userId: 'jo',
      serviceUrl: 'https://www.kaltura.com',
    });
  });

  test.each([
    ['EU', 'eu'],
    ['nvp', 'us'],
    ['frp2', 'de'],
  ])('KALTURA_ENV=%s is the region %s', (text, region) => {
    expect(validSpec(null, {}, { KALTURA_ENV: text }).spec.region).toBe(region);
  });

  test('a KALTURA_ENV of another program counts only if nothing else names the server', () => {
    const env = { KALTURA_ENV: 'staging' };
    expect(() => validSpec(null, {}, env)).toThrow('KALTURA_ENV must be one of NVP, EU, DE');
    expect(validSpec(null, {}, { ...env, KALTURA_REGION: 'eu' }).spec.region).toBe('eu');
  });

  test.each([
    ['KALTURA_PARTNER_ID', '1', 'KALTURA_PARTNER', '2'],
    ['KALTURA_USER_ID', 'a', 'KALTURA_USER', 'b'],
    ['KALTURA_SERVICE_URL', 'https://a.example/api_v3', 'KALTURA_URL', 'https://b.example'],
    ['KALTURA_SERVICE_URL', 'https://a.example', 'KALTURA_REGION', 'eu'],
    ['KALTURA_URL', 'https://a.example', 'KALTURA_ENV', 'EU'],
  ])('%s=%s and %s=%s are an error that names both', (first, one, second, other) => {
    const read = () => validSpec(null, {}, { [first]: one, [second]: other });
    expect(read).toThrow(new RegExp(`^${first} and ${second} .*Unset one of them`));
    expect(() => validSpec(null, {}, { [first]: one, [second]: '' })).not.toThrow();
  });

  test.each([
    ['token', '--no-input'],
    ['check', '--no-input'],
    ['call', 'system.ping', '--no-input'],
  ])('two different partner IDs are not reported as missing: %s', async (...args) => {
    const sandbox = await openSandbox();
    const env = { ...OFFICIAL, KALTURA_PARTNER: '99' };
    const { code, stderr } = await sandbox.run(args, { env });
    expect(code).toBe(2);
    expect(stderr).toContain('KALTURA_PARTNER_ID and KALTURA_PARTNER differ. Unset one of them.');
    expect(stderr).not.toContain('the partner ID');
  });

  test('two variables for the same server do not conflict', () => {
    const env = {
      KALTURA_SERVICE_URL: 'https://api.eu.kaltura.com/api_v3',
      KALTURA_URL: 'api.eu.kaltura.com',
      KALTURA_ENV: 'EU',
    };
    expect(serverInVariables(env, true)).toMatchObject({ name: 'region', text: 'eu' });
    const own = { KALTURA_SERVICE_URL: 'https://a.example/api_v3', KALTURA_URL: 'https://a.example/' };
    expect(validSpec(null, {}, own).spec.serviceUrl).toBe('https://a.example');
  });

  test('two different secrets are an error that names both variables, but no secret', async () => {
    const sandbox = await openSandbox();
    const env = { ...OFFICIAL, KALTURA_SECRET: OTHER_SECRET };
    const { code, stderr } = await sandbox.run(['token', NO_CLOCK], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('KALTURA_ADMIN_SECRET and KALTURA_SECRET have different secrets');
    for (const secret of [SECRET, OTHER_SECRET]) expect(stderr).not.toContain(secret);
  });

  test('-v says how KALTURA_SECRET is used', async () => {
    const sandbox = await openSandbox();
    const env = { ...OFFICIAL, KALTURA_ADMIN_SECRET: '', KALTURA_SECRET: SECRET };
    const { stderr } = await sandbox.run(['token', NO_CLOCK, '-v'], { env });
    expect(stderr).toContain('KALTURA_SECRET is used as the Administrator Secret');
  });
});

describe('the official names describe one account', () => {
  const ELSEWHERE = {
    KALTURA_PARTNER_ID: '99',
    KALTURA_SERVICE_URL: 'https://a.example/api_v3',
    KALTURA_URL: 'https://a.example',
  };

  test('a profile ignores them, as in the command of exec', () => {
    const profile = sampleProfile();
    const { spec } = validSpec(profile, {}, { ...ELSEWHERE, KALTURA_USER_ID: 'other' });
    expect(spec).toMatchObject({ region: profile.region, userId: profile.userId });
    expect(spec.signIn.partnerId).toBe(profile.partnerId);
  });

  test('a flag for another account ignores all of them', async () => {
    expect(validSpec(null, { partner: '5' }, ELSEWHERE).hasServer).toBe(false);
    const sandbox = await openSandbox();
    const env = { ...ELSEWHERE, KALTURA_ADMIN_SECRET: OTHER_SECRET };
    const { code, stderr } = await sandbox.run(['token', '--partner', PARTNER, '--region', 'us'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('Missing: the account secret');
  });
});

test('check and call create a key for the account in variables', async () => {
  const sandbox = await openSandbox();
  const env = {
    KALTURA_PARTNER_ID: PARTNER,
    KALTURA_ADMIN_SECRET: PRACTICE_CREDENTIALS.adminSecret,
    KALTURA_REGION: 'practice',
    KALTURA_TYPE: 'admin',
  };
  const called = await sandbox.run(['call', 'session.get', '--field', 'partnerId'], { env });
  expect(called.stdout.trim()).toBe(PARTNER);
  expect(called.stderr).toBe('kaltura-ks: No key was given. Created a new one with the account in variables.\n');
  const checked = await sandbox.run(['check'], { env });
  expect(checked.code).toBe(0);
});

test('KALTURA_ENV can be practice, as KALTURA_REGION can', async () => {
  const sandbox = await openSandbox();
  const { code } = await sandbox.run(['token'], { env: { KALTURA_ENV: 'practice' } });
  expect(code).toBe(0);
});

test('exec replaces variables that name another account or server', async () => {
  const sandbox = await openSandbox();
  const script = 'console.log(JSON.stringify(process.env))';
  const args = ['exec', '--region', 'us', '--partner', PARTNER, '--method', 'local', NO_CLOCK];
  const env = { KALTURA_SECRET: SECRET, KALTURA_REGION: 'eu', KALTURA_ENV: 'NVP', KALTURA_PARTNER: '99' };
  const { stdout } = await sandbox.spawn([...args, '--', process.execPath, '-e', script], { env });
  const passed = JSON.parse(stdout) as Record<string, string>;
  expect(passed['KALTURA_REGION']).toBeUndefined();
  expect(passed['KALTURA_PARTNER']).toBeUndefined();
  expect(passed).toMatchObject({ KALTURA_ENV: 'NVP', KALTURA_PARTNER_ID: PARTNER });
});
