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

test('profiles import reads the three accounts of config.ini with their secrets, and no line of the database', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await importing(sandbox, 'config.ini', config(await openServer()), '--store', 'file');
  expect(stderr).toContain('3 imported, 0 not imported.');
  expect(code).toBe(0);
  for (const partnerId of [Number(PARTNER), cappedPartnerId]) {
    const { stdout } = await token(sandbox, `partner-${partnerId}`);
    expect(JSON.parse(stdout)).toMatchObject({ partnerId, type: 'USER' });
  }
  // The server reports that the account is blocked only if the secret is correct.
  const blocked = await token(sandbox, `partner-${blockedPartnerId}`);
  expect(blocked.stderr).toContain('blocked');
  const names = JSON.parse((await sandbox.run(['profiles', 'list', '--json'])).stdout);
  expect(names.map(({ name }: { name: string }) => name)).not.toContain('partner-99');
});

test('profiles import warns about a config.ini that other users can read', async () => {
  const sandbox = await openSandbox();
  const file = join(sandbox.home, 'config.ini');
  await writeFile(file, config(await openServer()), { mode: 0o600 });
  await chmod(file, 0o644);
  const { stderr } = await sandbox.run(['profiles', 'import', 'config.ini'], { env: PASSPHRASE });
  expect(stderr).toContain('caution: other users of this computer can read the file');
});

test('profiles import replaces nothing without --replace, and names what is not imported', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text);
  const again = await importing(sandbox, 'config.ini', text);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('0 imported, 3 not imported.');
  expect(again.stderr.match(/--replace/g)).toHaveLength(1);
  expect((await importing(sandbox, 'config.ini', text, '--replace')).code).toBe(0);
});

test('profiles import reads an .env file, and ignores the environment', async () => {
  const sandbox = await openSandbox();
  const text = `KALTURA_PARTNER_ID=${PARTNER}\nKALTURA_ADMIN_SECRET=${SECRET}\nKALTURA_SERVICE_URL=${await openServer()}/api_v3\nKALTURA_USER_ID=jo\n`;
  await writeFile(join(sandbox.home, '.env'), text, { mode: 0o600 });
  const env = { ...PASSPHRASE, KALTURA_USER: 'other', KALTURA_REGION: 'eu' };
  expect((await sandbox.run(['profiles', 'import', '.env', '--store', 'file'], { env })).code).toBe(0);
  expect(JSON.parse((await token(sandbox, `partner-${PARTNER}`)).stdout)).toMatchObject({ userId: 'jo' });
});

test('profiles import stores no secret by default', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await importing(sandbox, 'config.ini', config('www.kaltura.com'));
  expect(stderr).toContain('--store keychain');
  const shown = JSON.parse((await sandbox.run(['profiles', 'show', `partner-${PARTNER}`, '--json'])).stdout);
  expect(shown).toMatchObject({ region: 'us', secretPlace: { kind: 'ask' } });
});

test.each([
  ['video.example.com', 'https://video.example.com'],
  ['localhost:8080', 'http://localhost:8080'],
])('profiles import reads the host %s of config.ini as %s', async (host, serviceUrl) => {
  const sandbox = await openSandbox();
  await importing(sandbox, 'config.ini', config(host), '--no-input');
  const shown = JSON.parse((await sandbox.run(['profiles', 'show', `partner-${PARTNER}`, '--json'])).stdout);
  expect(shown.serviceUrl).toBe(serviceUrl);
});

test('profiles import warns about a host that resembles another one', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await importing(sandbox, 'config.ini', config('www.k\u0430ltura.com'));
  expect(stderr).toContain('In ASCII, it is www.xn--kltura-3nf.com.');
});

test('profiles import --replace stores the new secret in the same secret source', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text, '--store', 'file');
  expect((await importing(sandbox, 'config.ini', text, '--replace')).code).toBe(0);
  expect(JSON.parse((await token(sandbox, `partner-${PARTNER}`)).stdout)).toMatchObject({ partnerId: Number(PARTNER) });
});

test('profiles import --replace says how to continue without a passphrase', async () => {
  const sandbox = await openSandbox();
  const text = config(await openServer());
  await importing(sandbox, 'config.ini', text, '--store', 'file');
  const { stderr } = await sandbox.run(['profiles', 'import', 'config.ini', '--replace']);
  expect(stderr).toContain('To store no secret, add --store ask.');
});

test('profiles import reports an account with different secrets in the file', async () => {
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

test('profiles import lists the supported formats for an unknown file, and does not quote the file', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await importing(sandbox, 'config.ini', `[accounts]\n${PARTNER} = ${SECRET}\n`);
  expect(code).toBe(1);
  for (const text of ['JSON', 'KALTURA_PARTNER_ID', 'PARTNER_ID', 'class = KalturaPresetSecretRepository'])
    expect(stderr).toContain(text);
  expect(stderr).toContain('in other sections: 1');
  expect(stderr).not.toContain('[accounts]');
});
