import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSandbox, SECRET } from './program.js';

const TOKEN = ['token', '--json', '--region', 'practice', '--privilege', 'sview:0_abc12345'];

test.each([
  'KALTURA_PROFILE',
  'KALTURA_PARTNER',
  'KALTURA_PARTNER_ID',
  'KALTURA_REGION',
  'KALTURA_ENV',
  'KALTURA_URL',
  'KALTURA_SERVICE_URL',
  'KALTURA_TYPE',
  'KALTURA_USER',
  'KALTURA_EXPIRY',
  'KALTURA_METHOD',
  'KALTURA_SECRET',
  'KALTURA_ADMIN_SECRET',
])('a blank %s counts as not set', async (name) => {
  const sandbox = await openSandbox();
  for (const blank of ['', ' ', '\t \n']) {
    const { code, stdout, stderr } = await sandbox.run(TOKEN, { env: { [name]: blank } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ partnerId: 1234567, userId: '', type: 'USER' });
  }
});

const LOCAL = ['token', '--method', 'local', '--no-clock-check'];

test.each([
  [['KALTURA_PARTNER_ID=$(id)', `KALTURA_ADMIN_SECRET=${SECRET}`], LOCAL, 'KALTURA_PARTNER_ID: A partner ID'],
  [['PARTNER_ID=12\u00003', `ADMIN_SECRET=${SECRET}`], LOCAL, 'KALTURA_PARTNER_ID: A partner ID'],
  [['KALTURA_PARTNER_ID=__proto__', `KALTURA_ADMIN_SECRET=${SECRET}`], ['check'], 'KALTURA_PARTNER_ID: A partner ID'],
  [
    ['KALTURA_REGION=__proto__', 'PARTNER_ID=1234567', `ADMIN_SECRET=${SECRET}`],
    ['token'],
    'KALTURA_REGION must be one of us, eu',
  ],
])('the invalid value in the .env file %j is named without printing the secret', async (lines, args, message) => {
  const sandbox = await openSandbox();
  const path = join(sandbox.home, 'kaltura.env');
  writeFileSync(path, lines.join('\n'), { mode: 0o600 });
  const { code, stdout, stderr } = await sandbox.run([...args, '--dotenv', path]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('secret');
});

test('exec and --export pass on no other user or account, and no variable of the .env file', async () => {
  const sandbox = await openSandbox();
  const path = join(sandbox.home, 'kaltura.env');
  const file = ['KALTURA_USER=jo', 'KALTURA_TYPE=user', 'PARTNER_ID=1234567', `ADMIN_SECRET=${SECRET}`];
  writeFileSync(path, file.join('\n'), { mode: 0o600 });
  const env = { KALTURA_USER: 'other' };
  const options = ['--dotenv', path, '--method', 'local', '--user', 'jo', '--partner', '1234567'];
  const { stdout } = await sandbox.spawn(['exec', ...options, '--', 'env'], { env });
  const names = stdout.split('\n').flatMap((line) => /^(KALTURA_\w+)=/.exec(line)?.[1] ?? []);
  expect(names.toSorted()).toEqual(['KALTURA_KS', 'KALTURA_PARTNER_ID']);
  const exported = await sandbox.run(['token', ...options, '--export=sh'], { env });
  expect(exported.stdout).toContain('unset KALTURA_USER');
});
