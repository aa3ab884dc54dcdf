import { describe, expect, test } from 'vitest';
import { inputWarnings } from '../../source/commands/answers/input-warnings.js';
import type { KeySpec, SignInSpec } from '../../source/kaltura/sign-in/key-spec.js';
import { sampleProfile } from '../profiles/sample-profile.js';
import { LOCAL, openSandbox, SECRET } from './program.js';
import { validSpec } from './valid-spec.js';

const PROFILES = {
  server: sampleProfile(),
  local: sampleProfile({ method: 'local', ksVersion: 2 }),
  login: sampleProfile({ method: 'login', loginId: 'profile@example.com', userId: '' }),
  token: sampleProfile({ method: 'app-token', tokenId: '0_profile1' }),
};

interface Row {
  readonly flag: string;
  readonly variable: string;
  readonly profile: keyof typeof PROFILES;
  readonly read: (spec: KeySpec) => unknown;
  /** The text of the flag, and the value that `read` returns. */
  readonly byFlag: readonly [string, unknown];
  /** The same for the variable. */
  readonly byVariable: readonly [string, unknown];
  /** The value from the profile. */
  readonly saved: unknown;
}

const serviceUrlOf = ({ serviceUrl }: KeySpec): string => serviceUrl;

/** Reads an ID that only one sign-in method has. */
const idIn =
  (name: 'loginId' | 'tokenId' | 'ksVersion') =>
  ({ signIn }: KeySpec): unknown =>
    (signIn as Partial<Record<typeof name, unknown>> & SignInSpec)[name];

const ROWS: readonly Row[] = [
  {
    flag: 'region',
    variable: 'KALTURA_REGION',
    profile: 'server',
    read: (spec) => spec.region,
    byFlag: ['sg', 'sg'],
    byVariable: ['CA', 'ca'],
    saved: 'eu',
  },
  {
    flag: 'url',
    variable: 'KALTURA_URL',
    profile: 'server',
    read: serviceUrlOf,
    byFlag: ['a.example/api_v3', 'https://a.example'],
    byVariable: ['b.example', 'https://b.example'],
    saved: 'https://api.eu.kaltura.com',
  },
  {
    flag: 'method',
    variable: 'KALTURA_METHOD',
    profile: 'server',
    read: ({ signIn }) => signIn.method,
    byFlag: ['local', 'local'],
    byVariable: ['app-token', 'app-token'],
    saved: 'server',
  },
  {
    flag: 'partner',
    variable: 'KALTURA_PARTNER',
    profile: 'server',
    read: ({ signIn }) => signIn.partnerId,
    byFlag: ['11', 11],
    byVariable: ['22', 22],
    saved: 1_234_567,
  },
  {
    flag: 'login-id',
    variable: 'KALTURA_LOGIN_ID',
    profile: 'login',
    read: idIn('loginId'),
    byFlag: ['a@b.c', 'a@b.c'],
    byVariable: ['d@e.f', 'd@e.f'],
    saved: 'profile@example.com',
  },
  {
    flag: 'app-token-id',
    variable: 'KALTURA_APP_TOKEN_ID',
    profile: 'token',
    read: idIn('tokenId'),
    byFlag: ['0_flag1234', '0_flag1234'],
    byVariable: ['0_env12345', '0_env12345'],
    saved: '0_profile1',
  },
  {
    flag: 'ks-version',
    variable: 'KALTURA_KS_VERSION',
    profile: 'local',
    read: idIn('ksVersion'),
    byFlag: ['1', 1],
    byVariable: ['1', 1],
    saved: 2,
  },
  {
    flag: 'holder',
    variable: 'KALTURA_HOLDER',
    profile: 'server',
    read: (spec) => spec.holder,
    byFlag: ['vendor', 'vendor'],
    byVariable: ['browser', 'browser'],
    saved: 'server',
  },
  {
    flag: 'type',
    variable: 'KALTURA_TYPE',
    profile: 'server',
    read: (spec) => spec.type,
    byFlag: ['USER', 'USER'],
    byVariable: ['user', 'USER'],
    saved: 'ADMIN',
  },
  {
    flag: 'user',
    variable: 'KALTURA_USER',
    profile: 'server',
    read: (spec) => spec.userId,
    byFlag: ['flag', 'flag'],
    byVariable: ['env', 'env'],
    saved: 'editor@example.com',
  },
  {
    flag: 'expiry',
    variable: 'KALTURA_EXPIRY',
    profile: 'server',
    read: (spec) => spec.lifetime,
    byFlag: ['90m', 5400],
    byVariable: ['1h', 3600],
    saved: 86_400,
  },
  {
    flag: 'privilege',
    variable: 'KALTURA_PRIVILEGE',
    profile: 'server',
    read: (spec) => spec.privileges,
    byFlag: ['sview:0_a', 'sview:0_a'],
    byVariable: ['sview:0_b,setrole:5', 'sview:0_b,setrole:5'],
    saved: 'list:*,disableentitlement',
  },
];

describe('a flag comes before a variable, and a variable before the profile', () => {
  test.each(ROWS)('--$flag, $variable', ({ flag, variable, profile, read, byFlag, byVariable, saved }) => {
    const value = flag === 'privilege' ? [byFlag[0]] : byFlag[0];
    const fill = (flags: Record<string, string | string[]>, env: Record<string, string>) =>
      validSpec(PROFILES[profile], flags, env);
    const all = fill({ [flag]: value }, { [variable]: byVariable[0] });
    expect(read(all.spec)).toBe(byFlag[1]);
    expect(all.sources[flag as keyof typeof all.sources]).toBe(`--${flag}`);
    const both = fill({}, { [variable]: byVariable[0] });
    expect(read(both.spec)).toBe(byVariable[1]);
    expect(both.sources[flag as keyof typeof both.sources]).toBe(variable);
    const alone = fill({}, { [variable]: '' });
    expect(read(alone.spec)).toBe(saved);
    expect(alone.sources[flag as keyof typeof alone.sources]).toBe('the profile');
  });

  test('a flag for the region or the URL overrides the variables of both', () => {
    const filled = validSpec(null, { url: 'https://a.example' }, { KALTURA_REGION: 'eu' });
    expect(serviceUrlOf(filled.spec)).toBe('https://a.example');
    const other = validSpec(null, { region: 'eu' }, { KALTURA_URL: 'https://a.example' });
    expect(serviceUrlOf(other.spec)).toBe('https://api.eu.kaltura.com');
    expect(() => validSpec(null, { region: 'eu', url: 'a.example' }, {})).toThrow('not both');
  });

  test('a variable does not change the sign-in method of a profile', () => {
    const filled = validSpec(PROFILES.server, {}, { KALTURA_LOGIN_ID: 'a@b.c' });
    expect(filled.spec.signIn.method).toBe('server');
    expect(validSpec(null, {}, { KALTURA_LOGIN_ID: 'a@b.c' }).spec.signIn.method).toBe('login');
  });

  test('flags that repeat the answers of the profile keep its accepted risks', () => {
    const profile = sampleProfile({ acceptedRisks: ['admin-disableentitlement'] });
    const flags = { type: 'admin', expiry: '24h', privilege: ['list:*', 'disableentitlement'], partner: '1234567' };
    expect(validSpec(profile, flags, {}).acceptedRisks).toEqual(['admin-disableentitlement']);
    expect(validSpec(profile, { ...flags, expiry: '2d' }, {}).acceptedRisks).toEqual([]);
  });
});

test('-v prints the source of each answer on standard error', async () => {
  const sandbox = await openSandbox();
  const args = ['token', ...LOCAL, '--user', 'jo', '-v'];
  const { stdout, stderr } = await sandbox.run(args, {
    env: { KALTURA_SECRET: SECRET, KALTURA_EXPIRY: '1h', KALTURA_USER: 'env' },
  });
  expect(stdout).toMatch(/^\S+\n$/);
  const lines = stderr.split('\n');
  for (const line of [
    'region us (--region)',
    'user jo (--user)',
    'expiry 1 hour (KALTURA_EXPIRY)',
    'type USER (by default)',
    'Administrator Secret (KALTURA_SECRET)',
  ]) {
    expect(lines).toContain(`kaltura-ks: ${line}`);
  }
  expect(stderr).not.toContain(SECRET);
});

test('KALTURA_PROFILE names a profile, but a name in the arguments overrides it', async () => {
  const sandbox = await openSandbox();
  for (const [name, user] of [
    ['one', '1'],
    ['two', '2'],
  ] as const) {
    const added = await sandbox.run(['profiles', 'add', name, '--region', 'practice', '--user', user]);
    expect(added.code).toBe(0);
  }
  const env = { KALTURA_PROFILE: 'one' };
  const ofVariable = await sandbox.run(['token', '--json'], { env });
  const ofName = await sandbox.run(['token', 'TWO', '--json'], { env });
  expect([ofVariable.stderr, ofName.stderr]).toEqual(['', '']);
  expect(JSON.parse(ofVariable.stdout)).toMatchObject({ userId: '1', profile: 'one' });
  expect(JSON.parse(ofName.stdout)).toMatchObject({ userId: '2', profile: 'two' });
});

describe('the URL of a server', () => {
  const KMC = 'https://kmc.kaltura.com/index.php/kmcng/content/entries/list';

  test.each<[flags: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>, region: string]>([
    [{ url: 'https://api.irp2.ovp.kaltura.com/api_v3' }, {}, 'eu'],
    [{ region: KMC }, {}, 'us'],
    [{}, { KALTURA_URL: 'http://www.kaltura.com' }, 'us'],
    [{}, { KALTURA_REGION: 'https://kmc.cap2.ovp.kaltura.com/' }, 'ca'],
    [{ url: 'https://video.example.com' }, { KALTURA_REGION: 'eu' }, 'own'],
  ])('%j %j has the region %s', (flags, env, region) => {
    const { spec, hasServer } = validSpec(null, flags, env);
    expect([spec.region, hasServer]).toEqual([region, true]);
  });

  test('names its flag as the source, and is refused together with another region', () => {
    expect(validSpec(null, { url: KMC }, {}).sources.region).toBe('--url');
    expect(() => validSpec(null, { url: KMC, region: 'eu' }, {})).toThrow('not both');
    expect(() => validSpec(null, { region: 'https://video.example.com' }, {})).toThrow('must be one of');
  });

  test('without a known region is used unchanged, with a caution that does not repeat it', () => {
    const given = validSpec(null, { url: 'https://2345678.mediaspace.kaltura.com' }, {});
    expect(given.spec.region).toBe('own');
    expect(inputWarnings(given)).toEqual([expect.stringMatching(/^caution: --url: this host belongs to Kaltura/)]);
  });

  test.each([
    ['https://api.eu.k\u0430ltura.com', 'the host name has non-ASCII letters'],
    ['www.kaltura.com.example.com', 'this host doesn’t belong to Kaltura'],
  ])('that resembles another one gets a caution: %s', (url, caution) => {
    expect(inputWarnings(validSpec(null, {}, { KALTURA_SERVICE_URL: url }))).toEqual([
      expect.stringContaining(`caution: KALTURA_SERVICE_URL: ${caution}`),
    ]);
  });
});

/** An invalid value in a variable, and a command that doesn't use it. */
const UNUSED: readonly (readonly [string, string, readonly string[]])[] = [
  ...['METHOD', 'HOLDER', 'EXPIRY', 'KS_VERSION', 'PARTNER', 'PRIVILEGE', 'USER'].map(
    (name) => [`KALTURA_${name}`, '?', ['use', 'curl', '--region', 'eu']] as const,
  ),
  ['KALTURA_REGION', 'moon', ['use', 'curl', '--url', 'https://video.example.com']],
  ['KALTURA_TYPE', 'none', ['use', 'curl', '--region', 'eu', '--type', 'user']],
  ['KALTURA_KS_VERSION', '9', ['token', '--region', 'practice']],
  ['KALTURA_LOGIN_ID', '', ['token', '--region', 'practice']],
  ['KALTURA_REGION', 'moon', ['profiles', 'list']],
  ['KALTURA_EXPIRY', 'soon', ['status', '--timeout', '1s']],
];

test.each(UNUSED)('an invalid %s (%j) is ignored by %j', async (name, value, args) => {
  const sandbox = await openSandbox();
  expect(await sandbox.run(args, { env: { [name]: value } })).toMatchObject({ code: 0 });
});

test('an invalid variable that is used is named', async () => {
  const sandbox = await openSandbox();
  for (const [name, args] of [
    ['KALTURA_KS_VERSION', ['token', '--region', 'practice', '--method', 'local']],
    ['KALTURA_REGION', ['use', 'curl']],
    ['KALTURA_TYPE', ['use', 'curl', '--region', 'eu']],
  ] as const) {
    const { code, stderr } = await sandbox.run(args, { env: { [name]: '9' } });
    expect(code).toBe(2);
    expect(stderr).toContain(name);
  }
});
