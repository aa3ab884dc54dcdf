import { expect, test } from 'vitest';
import { openTerminal } from '../terminal/terminal.js';
import { accountAt, openSandbox, openServer, SECRET } from './program.js';

async function setUp(args: readonly string[] = []) {
  const [sandbox, url] = [await openSandbox(), await openServer()];
  const { stdout } = await sandbox.run(['token', ...accountAt(url), ...args], { env: { KALTURA_SECRET: SECRET } });
  return { sandbox, url, ks: stdout.trim() };
}

test('check and end read a key from a pipe', async () => {
  const { sandbox, url, ks } = await setUp();
  const checked = await sandbox.run(['check', '--url', url, '--json'], { input: `${ks}\n` });
  expect(checked.code).toBe(0);
  const ended = await sandbox.run(['end', '--url', url, '--yes', '--json'], { input: ks });
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'ended' });
  const again = await sandbox.run(['check', '--url', url], { input: ks });
  expect(again.code).toBe(1);
});

test('KALTURA_KS comes before the pipe, and an empty pipe has no key', async () => {
  const { sandbox, url, ks } = await setUp();
  const named = await sandbox.run(['check', '--url', url], { input: 'no key', env: { KALTURA_KS: ks } });
  expect(named.code).toBe(0);
  const none = await sandbox.run(['check', '--url', url]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Missing: the key (a profile, --ks-stdin') });
  const wrong = await sandbox.run(['check', '--url', url], { input: 'hello' });
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Standard input contains no key') });
});

test.each([['check'], ['call', 'baseEntry.count'], ['end', '--yes'], ['use', 'curl']])(
  '%s does not send a secret that was given as a key',
  async (...command) => {
    const sandbox = await openSandbox();
    // No server listens at this URL, so a request would be a connection error.
    const args = [...command, '--url', 'https://localhost:1'];
    const { code, stderr } = await sandbox.run(args, { input: '0123456789abcdef0123456789abcdef' });
    expect(code).toBe(1);
    expect(stderr).toContain('Standard input has what looks like a secret, not a session key. Nothing was sent.');
    expect(stderr).not.toContain('0123456789abcdef');
  },
);

test.each([['check'], ['call', 'baseEntry.count'], ['app-tokens', 'list'], ['use', 'curl'], ['end', '--yes']])(
  '%s uses the practice server for a practice key if nothing names a server',
  async (...command) => {
    const { sandbox, ks } = await setUp(['--type', 'admin']);
    expect(await sandbox.run(command, { input: ks })).toMatchObject({ code: 0 });
  },
);

test('use takes the type from a key in a pipe and does not print the key', async () => {
  const { sandbox, url, ks } = await setUp(['--type', 'admin', '--accept-risk', 'all']);
  const ran = await sandbox.run(['use', 'curl', '--url', url], { input: ks });
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('/service/baseEntry/action/list');
  expect(ran.stdout).not.toContain(ks);
  const user = await sandbox.run(['use', 'curl', '--url', url, '--type', 'user'], { input: ks });
  expect(user.stdout).toContain('/service/baseEntry/action/count');
});

test('use takes the region from the saved profile of the account of the key', async () => {
  const { sandbox, ks } = await setUp();
  await sandbox.run(['profiles', 'add', 'demo', '--region', 'eu', '--partner', '1234567']);
  const ran = await sandbox.run(['use', 'curl'], { input: ks });
  expect(ran.stdout).toContain('https://api.eu.kaltura.com/api_v3');
});

test.each([
  ['check', 'other'],
  ['end', 'other', '--yes'],
  ['call', 'baseEntry.count', '--profile', 'other'],
])('a given key is not sent to the server of a profile of another account: %s', async (...args) => {
  const { sandbox, url, ks } = await setUp();
  await sandbox.run(['profiles', 'add', 'other', '--region', 'eu', '--partner', '2345678']);
  const { code, stderr } = await sandbox.run([...args, '--ks-stdin'], { input: ks });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('for partner 1234567, but profile “other” is for partner'),
  ]);
  const named = await sandbox.run(['check', 'other', '--ks-stdin', '--url', url], { input: ks });
  expect(named.code).toBe(0);
});

test('a given key is not sent to the server of a profile that names no account', async () => {
  const { sandbox, ks } = await setUp();
  const login = ['--method', 'login', '--login-id', 'jo@example.com'];
  expect((await sandbox.run(['profiles', 'add', 'login', '--region', 'eu', ...login])).code).toBe(0);
  const { code, stderr } = await sandbox.run(['check', 'login', '--ks-stdin'], { input: ks });
  expect([code, stderr]).toEqual([2, expect.stringContaining('but profile “login” doesn’t name its account, so')]);
});

test('a yes-or-no question shows what is typed', async () => {
  const { url, ks } = await setUp();
  const terminal = await openTerminal({ args: ['end', '--url', url], env: { KALTURA_KS: ks }, columns: 100 });
  await terminal.waitFor('Type y for yes:');
  terminal.write('nox\x7f');
  await terminal.waitFor(/Type y for yes: no *$/m);
  await terminal.press('enter');
  expect((await terminal.exit).code).toBe(1);
});
