import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { openSandbox, openServer, PARTNER, type Sandbox, SECRET } from './program.js';

const PASSPHRASE = { KALTURA_PASSPHRASE: 'correct horse battery' };
const { cappedPartnerId, blockedPartnerId } = PRACTICE_CREDENTIALS;
const DATABASE_PASSWORD = 'dbdbdbdbdbdbdbdbdbdbdbdbdbdbdbdb';

const config = (url: string): string => `[general]
ipSalt = salt
apiHost = "${url}"
; a comment
[presetRepository]
class = KalturaPresetSecretRepository
${PARTNER} = ${SECRET}
${cappedPartnerId} = "${SECRET}" ; capped
${blockedPartnerId}=${SECRET}
[databaseRepository]
class = KalturaDatabaseSecretRepository
password = ${DATABASE_PASSWORD}
99 = ${DATABASE_PASSWORD}
`;

async function importing(sandbox: Sandbox, name: string, text: string, ...flags: string[]) {
  await writeFile(join(sandbox.home, name), text, { mode: 0o600 });
  const outcome = await sandbox.run(['profiles', 'import', name, ...flags], { env: PASSPHRASE });
  expect(outcome.stdout + outcome.stderr).not.toContain(SECRET);
  expect(outcome.stdout + outcome.stderr).not.toContain(DATABASE_PASSWORD);
  return outcome;
}

const token = (sandbox: Sandbox, name: string) =>
  sandbox.run(['token', name, '--json', '--no-input'], { env: PASSPHRASE });

test('imports the three accounts of config.ini with their secrets, and no database line', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await importing(sandbox, 'config.ini', config(await openServer()), '--store', 'file');
  expect(stderr).toContain('3 imported, 0 not imported.');
  expect(code).toBe(0);
  for (const partnerId of [Number(PARTNER), cappedPartnerId]) {
    const { stdout } = await token(sandbox, `partner-${partnerId}`);
    expect(JSON.parse(stdout)).toMatchObject({ partnerId, type: 'USER' });
  }
  // The server refuses keys of this account, and only after it has checked the secret.
  const blocked = await token(sandbox, `partner-${blockedPartnerId}`);
  expect(blocked.stderr).toContain('blocked');
  const names = JSON.parse((await sandbox.run(['profiles', 'list', '--json'])).stdout);
  expect(names.map(({ name }: { name: string }) => name)).not.toContain('partner-99');
});

test('warns about a config.ini that others can read', async () => {
  const sandbox = await openSandbox();
  const file = join(sandbox.home, 'config.ini');
  await writeFile(file, config(await openServer()), { mode: 0o600 });
  await chmod(file, 0o644);
  const { stderr } = await sandbox.run(['profiles', 'import', 'config.ini'], { env: PASSPHRASE });
  expect(stderr).toContain('caution: other users of this computer can read the file');
});

test('replaces nothing without --replace, and says what is not imported', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text);
  const again = await importing(sandbox, 'config.ini', text);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('0 imported, 3 not imported.');
  expect(again.stderr.match(/--replace/g)).toHaveLength(1);
  expect((await importing(sandbox, 'config.ini', text, '--replace')).code).toBe(0);
});

test('imports an .env file, and no value of the environment', async () => {
  const sandbox = await openSandbox();
  const text = `KALTURA_PARTNER_ID=${PARTNER}\nKALTURA_ADMIN_SECRET=${SECRET}\nKALTURA_SERVICE_URL=${await openServer()}/api_v3\nKALTURA_USER_ID=jo\n`;
  await writeFile(join(sandbox.home, '.env'), text, { mode: 0o600 });
  const env = { ...PASSPHRASE, KALTURA_USER: 'other', KALTURA_REGION: 'eu' };
  expect((await sandbox.run(['profiles', 'import', '.env', '--store', 'file'], { env })).code).toBe(0);
  expect(JSON.parse((await token(sandbox, `partner-${PARTNER}`)).stdout)).toMatchObject({ userId: 'jo' });
});

test('stores no secret by default', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await importing(sandbox, 'config.ini', config('www.kaltura.com'));
  expect(stderr).toContain('--store keychain');
  const shown = JSON.parse((await sandbox.run(['profiles', 'show', `partner-${PARTNER}`, '--json'])).stdout);
  expect(shown).toMatchObject({ region: 'us', secretPlace: { kind: 'ask' } });
});

test.each([
  ['video.example.com', 'https://video.example.com'],
  ['localhost:8080', 'http://localhost:8080'],
])('reads the host %s of config.ini as %s', async (host, serviceUrl) => {
  const sandbox = await openSandbox();
  await importing(sandbox, 'config.ini', config(host), '--no-input');
  const shown = JSON.parse((await sandbox.run(['profiles', 'show', `partner-${PARTNER}`, '--json'])).stdout);
  expect(shown.serviceUrl).toBe(serviceUrl);
});

test('warns about a host that can be taken for another one', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await importing(sandbox, 'config.ini', config('www.k\u0430ltura.com'));
  expect(stderr).toContain('In ASCII, it is www.xn--kltura-3nf.com.');
});

test('replaces a profile with a stored secret, and stores the new secret in the same way', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text, '--store', 'file');
  expect((await importing(sandbox, 'config.ini', text, '--replace')).code).toBe(0);
  expect(JSON.parse((await token(sandbox, `partner-${PARTNER}`)).stdout)).toMatchObject({ partnerId: Number(PARTNER) });
});

test('says why a replaced profile needs a passphrase, and how to go on without it', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text, '--store', 'file');
  const { stderr } = await sandbox.run(['profiles', 'import', 'config.ini', '--replace']);
  expect(stderr).toContain('To store no secret, add --store ask.');
});

test('says that an account has different secrets in the file', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await importing(
    sandbox,
    'config.ini',
    `${config('www.kaltura.com')}[more]
class = KalturaPresetSecretRepository
${PARTNER} = ${'ab'.repeat(16)}
`,
  );
  expect(stderr).toContain(`different secrets for partner ${PARTNER}`);
});

test('says what it looked for in a file that it does not know, and quotes nothing of it', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await importing(sandbox, 'config.ini', `[accounts]\n${PARTNER} = ${SECRET}\n`);
  expect(code).toBe(1);
  for (const text of ['JSON', 'KALTURA_PARTNER_ID', 'PARTNER_ID', 'class = KalturaPresetSecretRepository'])
    expect(stderr).toContain(text);
  expect(stderr).toContain('in other sections: 1');
  expect(stderr).not.toContain('[accounts]');
});
