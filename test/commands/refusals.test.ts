import { describe, expect, test } from 'vitest';
import { LOCAL, openSandbox, SECRET } from './program.js';

const withSecret = { env: { KALTURA_SECRET: SECRET } };

/** A secret in the wrong argument, which must not be printed. */
const PLANTED = 'Planted5ecretValue';

describe('a secret among the arguments is refused, and not repeated', () => {
  const flags = [
    'secret',
    'admin-secret',
    'user-secret',
    'password',
    'token',
    'app-token',
    'code',
    'otp',
    'passphrase',
    'ks',
    'Secret',
  ];
  test.each(flags.flatMap((flag) => [[`--${flag}`, PLANTED], [`--${flag}=${PLANTED}`]]).map((args) => [args]))(
    '%j',
    async (args) => {
      const sandbox = await openSandbox();
      const { code, stdout, stderr } = await sandbox.run(['token', ...LOCAL, ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).not.toContain(PLANTED);
      expect(stderr).toMatch(/other users of this computer/);
      expect(stderr.split('\n')).toHaveLength(2);
    },
  );
});

test.each([[['check', '--profile']], [['app-tokens', 'list', '--profile']], [['--dotenv']]])(
  'a refused secret gets the same advice if a value of %j is the name of a command',
  async (args) => {
    const sandbox = await openSandbox();
    const refused = (value: string) => sandbox.run([...args, value, '--ks', PLANTED]);
    const plain = await refused('demo');
    expect(plain.code).toBe(2);
    for (const name of ['token', 'call', 'delete']) expect(await refused(name)).toEqual(plain);
  },
);

describe('an invalid argument is refused, and not repeated', () => {
  const wrong: readonly (readonly string[])[] = [
    [PLANTED],
    [`--${PLANTED}`],
    ['token', `--${PLANTED}`],
    ['token', `--bogus=${PLANTED}`],
    ['token', PLANTED, PLANTED],
    ['token', ...LOCAL, '--region', PLANTED],
    ['token', ...LOCAL, '--type', PLANTED],
    ['token', ...LOCAL, '--expiry', `5${PLANTED}`],
    ['token', ...LOCAL, '--expiry', '-5'],
    ['token', ...LOCAL, '--expiry', '0'],
    ['token', ...LOCAL, '--partner', PLANTED],
    ['token', ...LOCAL, '--ks-version', PLANTED],
    ['token', ...LOCAL, '--privilege', `${PLANTED};x[`],
    ['token', ...LOCAL, '--privilege', `setrole:${PLANTED}/x`],
    ['token', ...LOCAL, '--min-ttl', PLANTED],
    ['token', ...LOCAL, '--timeout', PLANTED],
    ['token', ...LOCAL, '--accept-risk', PLANTED],
    ['token', ...LOCAL, `--export=${PLANTED}`],
    ['token', ...LOCAL, '--login-id', PLANTED],
    ['token', '--url', `${PLANTED}://x`, '--partner', '5'],
    ['token', '--region'],
    ['token', '--', PLANTED],
    ['exec', PLANTED],
    ['exec', '--'],
    ['profiles', PLANTED],
    ['profiles', 'show'],
    ['completion', PLANTED],
    ['practice', '--port', PLANTED],
  ];
  test.each(wrong.map((args) => [args]))('%j', async (args) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(args, withSecret);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain(PLANTED);
    expect(stderr).toMatch(/^kaltura-ks: /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('an unknown profile name is a failure, and is not repeated', async () => {
    const sandbox = await openSandbox();
    for (const args of [
      ['token', PLANTED],
      ['profiles', 'show', PLANTED],
      ['profiles', 'export', PLANTED],
    ]) {
      const { code, stdout, stderr } = await sandbox.run(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).not.toContain(PLANTED);
    }
  });
});

describe('--accept-risk', () => {
  const DANGEROUS = ['token', ...LOCAL, '--type', 'admin', '--expiry', '7d', '--privilege', 'disableentitlement'];
  const IDS = ['admin-disableentitlement', 'admin-over-24-hours'];

  test('is suggested with the ID of each danger', async () => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(DANGEROUS, withSecret);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(IDS.map((id) => `--accept-risk ${id}`).join(' '));
  });

  test('accepts each ID, or all', async () => {
    const sandbox = await openSandbox();
    const each = IDS.flatMap((id) => ['--accept-risk', id]);
    expect((await sandbox.run([...DANGEROUS, ...each], withSecret)).code).toBe(0);
    expect((await sandbox.run([...DANGEROUS, '--accept-risk', 'all'], withSecret)).code).toBe(0);
    const one = await sandbox.run([...DANGEROUS, ...each.slice(0, 2)], withSecret);
    expect(one.code).toBe(2);
    expect(one.stderr).toContain(IDS[1]);
    expect(one.stderr).not.toContain(`${IDS[0]}:`);
  });

  test('is not needed for risks that were accepted with the profile', async () => {
    const sandbox = await openSandbox();
    const [, ...answers] = DANGEROUS;
    const saved = answers.filter((answer) => answer !== '--no-clock-check');
    await sandbox.run(['profiles', 'add', 'bold', ...saved, '--accept-risk', 'all']);
    const token = (...more: string[]) => sandbox.run(['token', 'bold', '--no-clock-check', ...more], withSecret);
    expect((await token()).code).toBe(0);
    expect((await token('--expiry', '7d')).code).toBe(0);
    expect(await token('--expiry', '8d')).toMatchObject({ code: 2, stdout: '' });
    // ADMIN was accepted only for the account of the profile.
    const other = await token('--partner', '2345678', '--accept-risk', 'all');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('--type admin');
  });
});

test('plain http is refused, except for keys that are signed on this computer', async () => {
  const sandbox = await openSandbox();
  const args = ['token', '--url', 'http://video.example.com', '--partner', '5'];
  const sent = await sandbox.run(args, withSecret);
  expect(sent).toMatchObject({ code: 2, stdout: '' });
  expect(sent.stderr).toContain('The URL uses http');
  expect((await sandbox.run([...args, '--method', 'local'], withSecret)).code).toBe(0);
});

test('the help of each command has examples', async () => {
  const sandbox = await openSandbox();
  for (const command of ['token', 'exec', 'completion', 'profiles add', 'profiles export']) {
    const { code, stdout, stderr } = await sandbox.run([...command.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain(`kaltura-ks ${command}`);
  }
  expect((await sandbox.run(['--help'])).stdout).toContain('Exit codes: 0 success, 1 failure, 2 wrong usage');
});

describe('an internal partner ID', () => {
  const env = { KALTURA_SECRET: SECRET };

  test.each(['0', '-1', '-2', '-5'])(
    '%s is signed for a self-hosted server, and refused for a hosted region',
    async (id) => {
      const sandbox = await openSandbox();
      const args = ['token', '--method', 'local', '--no-clock-check', '--json', '--partner', id];
      for (const server of [[], ['--url', 'https://video.example.com']]) {
        const { code, stdout, stderr } = await sandbox.run([...args, ...server], { env });
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ partnerId: Number(id) });
        expect(stderr).toContain('internal to a Kaltura server');
      }
      for (const server of [
        ['--region', 'us'],
        ['--region', 'practice'],
        ['--url', 'https://www.kaltura.com'],
      ]) {
        const { code, stderr } = await sandbox.run([...args, ...server], { env });
        expect({ code, refused: stderr.includes('Only a self-hosted server') }).toEqual({ code: 2, refused: true });
      }
    },
  );

  test('is saved with a profile', async () => {
    const sandbox = await openSandbox();
    const add = [
      'profiles',
      'add',
      'console',
      '--url',
      'https://video.example.com',
      '--partner',
      '-2',
      '--method',
      'local',
    ];
    expect((await sandbox.run(add)).code).toBe(0);
    const { code, stdout } = await sandbox.run(['token', 'console', '--no-clock-check', '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ partnerId: -2 });
  });
});
