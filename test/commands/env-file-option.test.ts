import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSandbox, PARTNER, type Sandbox, SECRET } from './program.js';

const OTHER_SECRET = '0123456789abcdef0123456789abcdef';
const TOKEN = ['token', '--json', '--method', 'local', '--no-clock-check'];

function write(sandbox: Sandbox, content: string | Buffer, mode = 0o600): string {
  const path = join(sandbox.home, 'kaltura.env');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const OFFICIAL = `# Kaltura
KALTURA_PARTNER_ID=${PARTNER}
export KALTURA_ADMIN_SECRET="${SECRET}"   # the admin secret
KALTURA_SERVICE_URL='https://api.eu.kaltura.com/api_v3'

KALTURA_USER_ID = jo
KALTURA_PLAYER_ID=12345
`;

const UNPREFIXED = `PARTNER_ID=${PARTNER}\nADMIN_SECRET=${SECRET}\nSERVICE_URL=https://api.eu.kaltura.com\nUSER_ID=jo\n`;

const MADE = { partnerId: Number(PARTNER), userId: 'jo', serviceUrl: 'https://api.eu.kaltura.com' };

describe('--dotenv', () => {
  test.each<[string, string | Buffer]>([
    ['the official names', OFFICIAL],
    ['the names of university scripts', UNPREFIXED],
    ['CRLF and a byte order mark', `\uFEFF${OFFICIAL.replaceAll('\n', '\r\n')}`],
    ['UTF-16', Buffer.from(`\uFEFF${OFFICIAL}`, 'utf16le')],
  ])('reads %s', async (_what, content) => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run([...TOKEN, '--dotenv', write(sandbox, content)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(MADE);
  });

  test('can also be written as --env-file, in both forms', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, OFFICIAL);
    for (const flag of [['--env-file', path], [`--env-file=${path}`]]) {
      const { code, stdout } = await sandbox.spawn([...TOKEN, ...flag]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(MADE);
    }
  });

  test('adds PRIVILEGES and PRIVACY_CONTEXT', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, `${UNPREFIXED}PRIVILEGES=enableentitlement\nPRIVACY_CONTEXT=MediaSpace\n`);
    const { stdout } = await sandbox.run([...TOKEN, '--dotenv', path]);
    expect(JSON.parse(stdout).privileges).toBe('enableentitlement,privacycontext:MediaSpace');
  });

  test('does not read the names of university scripts from the environment', async () => {
    const sandbox = await openSandbox();
    const env = { PARTNER_ID: PARTNER, ADMIN_SECRET: SECRET };
    expect((await sandbox.run(TOKEN, { env })).stderr).toContain('the partner ID');
  });

  test('comes after options and variables, and before the profile', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, OFFICIAL);
    const user = async (args: readonly string[], env = {}) =>
      JSON.parse((await sandbox.run([...TOKEN, '--dotenv', path, ...args], { env })).stdout).userId;
    expect(await user(['--user', 'flag'], { KALTURA_USER_ID: 'env' })).toBe('flag');
    expect(await user([], { KALTURA_USER_ID: 'env' })).toBe('env');
    await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice', '--user', 'profile']);
    expect(await user(['demo'], { KALTURA_USER_ID: 'env' })).toBe('jo');
  });

  test('is refused if the profile or --partner has another account', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, OFFICIAL);
    await sandbox.run(['profiles', 'add', 'other', '--region', 'us', '--partner', '2345678', '--method', 'local']);
    for (const [args, other] of [
      [['token', 'other', '--no-clock-check'], 'but profile “other” is for partner 2345678.'],
      [['call', 'baseEntry.count', '--profile', 'other'], 'but profile “other” is for partner 2345678.'],
      [['token', '--partner', '2345678'], 'but --partner names partner 2345678.'],
    ] as const) {
      const { code, stdout, stderr } = await sandbox.run([...args, '--dotenv', path]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`The .env file is for partner ${PARTNER}, ${other}`);
    }
  });

  test('is refused if KALTURA_PROFILE has another account, also if the file sets that variable', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'other', '--region', 'us', '--partner', '2345678', '--method', 'local']);
    for (const [content, env] of [
      [OFFICIAL, { KALTURA_PROFILE: 'other' }],
      [`${OFFICIAL}KALTURA_PROFILE=other\n`, {}],
      [OFFICIAL.replace(PARTNER, '-5'), { KALTURA_PROFILE: 'other' }],
    ] as const) {
      const { code, stdout, stderr } = await sandbox.run(['token', '--dotenv', write(sandbox, content)], { env });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('but profile “other” is for partner 2345678. Leave out --dotenv or KALTURA_PROFILE.');
    }
    const same = write(sandbox, OFFICIAL.replace(PARTNER, '02345678'));
    expect((await sandbox.run(['token', 'other', '--dotenv', same])).stderr).not.toContain('Leave out');
  });

  test.each([[['profiles', 'add', 'new']], [['check', '--ks-file', 'missing.txt']], [['inspect', 'x']]])(
    'is not compared with KALTURA_PROFILE by a command that doesn’t use it: %j',
    async (args) => {
      const sandbox = await openSandbox();
      await sandbox.run(['profiles', 'add', 'other', '--region', 'us', '--partner', '2345678', '--method', 'local']);
      const path = write(sandbox, OFFICIAL);
      const { stderr } = await sandbox.run([...args, '--dotenv', path], { env: { KALTURA_PROFILE: 'other' } });
      expect(stderr).not.toContain('Leave out');
    },
  );

  test('is not suggested for a missing secret of a profile', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'other', '--region', 'us', '--partner', '2345678', '--method', 'local']);
    writeFileSync(join(sandbox.home, '.env'), OFFICIAL);
    expect((await sandbox.run(['token', 'other'])).stderr).not.toContain('--dotenv');
    expect((await sandbox.run(['token'])).stderr).toContain('--dotenv .env');
  });

  test('uses the admin secret only for the account of the file', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, OFFICIAL.replace(PARTNER, '99'));
    const { code, stderr } = await sandbox.run([...TOKEN, '--dotenv', path], { env: { KALTURA_PARTNER_ID: PARTNER } });
    expect(code).toBe(2);
    expect(stderr).toContain('Missing: the Administrator Secret');
  });

  test('never sends the stored secret of a profile to the server of the file', async () => {
    const sandbox = await openSandbox();
    const env = { KALTURA_SECRET: OTHER_SECRET, KALTURA_PASSPHRASE: 'correct horse battery' };
    const add = ['profiles', 'add', 'prod', '--region', 'eu', '--partner', PARTNER, '--store', 'file'];
    expect((await sandbox.run(add, { env })).code).toBe(0);
    const path = write(sandbox, 'SERVICE_URL=https://evil.example.com\n');
    const run = ['token', 'prod', '--method', 'server', '--dotenv', path];
    const { code, stderr } = await sandbox.run(run, { env: { KALTURA_PASSPHRASE: env.KALTURA_PASSPHRASE } });
    expect(code).toBe(2);
    expect(stderr).toContain('Missing: the account secret');
  });

  test('warns about a file that other users can read, and reports two different values', async () => {
    const sandbox = await openSandbox();
    const open = await sandbox.run([...TOKEN, '--dotenv', write(sandbox, OFFICIAL, 0o644)]);
    expect(open.stderr).toContain('caution: other users of this computer can read the .env file');
    const path = write(sandbox, `${OFFICIAL}PARTNER_ID=99\n`);
    const { code, stderr } = await sandbox.run([...TOKEN, '--dotenv', path]);
    expect(code).toBe(2);
    expect(stderr).toContain('The .env file has different values for KALTURA_PARTNER_ID and PARTNER_ID');
    expect(stderr).not.toContain(SECRET);
    const secrets = await sandbox.run([
      ...TOKEN,
      '--dotenv',
      write(sandbox, `${OFFICIAL}ADMIN_SECRET=${'ab'.repeat(16)}\n`),
    ]);
    expect(secrets.code).toBe(2);
    expect(secrets.stderr).toContain('different values for KALTURA_ADMIN_SECRET and ADMIN_SECRET');
  });

  test.each([
    ['KALTURA_ADMIN_SECRET=$SECRET', 'KALTURA_ADMIN_SECRET'],
    ['SERVICE_URL="$\u007bBASE}/api_v3"', 'SERVICE_URL'],
  ])('refuses %j, because references are not replaced', async (line, name) => {
    const sandbox = await openSandbox();
    const path = write(sandbox, `KALTURA_PARTNER_ID=${PARTNER}\n${line}\n`);
    const { code, stderr } = await sandbox.run([...TOKEN, '--dotenv', path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${name} refers to another variable`)]);
  });

  test('keeps a reference in single quotes, and ignores references in other variables', async () => {
    const sandbox = await openSandbox();
    const path = write(sandbox, `${OFFICIAL}OTHER=$HOME\nKALTURA_USER_ID='$jo'\n`);
    const { stdout } = await sandbox.run([...TOKEN, '--dotenv', path]);
    expect(JSON.parse(stdout)).toMatchObject({ userId: '$jo' });
  });

  test('is an error if the file cannot be read', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run([...TOKEN, '--dotenv', join(sandbox.home, 'none')]);
    expect(code).toBe(1);
    expect(stderr).toContain('The .env file can’t be read: there is no such file');
  });
});

test('a mistyped variable in the .env file gets a caution, and other variables do not', async () => {
  const sandbox = await openSandbox();
  const path = write(sandbox, 'KALTURA_REGION=practice\nKALTURA_USERID=jo\nKALTURA_PLAYER_ID=1\nKALTURA_ID=2\n');
  const { code, stderr } = await sandbox.run(['token', '--privilege', 'sview:0_abc12345', '--dotenv', path]);
  expect([code, stderr]).toEqual([
    0,
    'kaltura-ks: caution: KALTURA_USERID in the .env file is ignored. Did you mean KALTURA_USER_ID?\n',
  ]);
});
