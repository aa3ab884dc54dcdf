import { expect, test } from 'vitest';
import { openSandbox } from '../commands/program.js';

test.each([
  [['token', '--expriy', '5m'], 'Unknown option --expriy for “token”. Did you mean --expiry?'],
  [['profiles', 'add', 'x', '--regoin=eu'], 'Unknown option --regoin for “profiles add”. Did you mean --region?'],
  [['--acessible'], 'Unknown option --acessible for kaltura-ks. Did you mean --accessible?'],
  [['check', '--file', 'key.txt'], 'Unknown option --file for “check”. Did you mean --ks-file?'],
  [['inspect', '--file', 'key.txt'], 'Unknown option --file for “inspect”. Did you mean --ks-file?'],
  [['inspct'], 'Unknown command “inspct”. Did you mean inspect?'],
  [['revoke', 'demo'], 'Unknown command “revoke”. Did you mean end?'],
  [['constructor'], 'Unknown command “constructor”. See kaltura-ks --help.'],
  [['generate'], 'Unknown command “generate”. Did you mean token?'],
  [['decode'], 'Unknown command “decode”. Did you mean inspect?'],
  [['profiles', 'delete', 'demo'], 'Unknown command “delete”. Did you mean remove?'],
  [['app-tokens', 'remove'], 'Unknown command “remove”. Did you mean delete?'],
  [['token', '-region', 'practice'], 'Unknown option -region for “token”. Did you mean --region?'],
  [['token', '--admin'], 'Unknown option --admin for “token”. Did you mean --type admin?'],
  [['inspct', '--region', 'eu'], 'Unknown command “inspct”. Did you mean inspect?'],
  [['inspct', '--help'], 'Unknown command “inspct”. Did you mean inspect?'],
  [['recipes', 'constructor'], 'Unknown command “constructor”. Commands: list, show. See kaltura-ks recipes --help.'],
  [['profiles', 'lst'], 'Unknown command “lst”. Did you mean list?'],
  [['exec', 'demo', 'env'], 'Missing: -- before the command. Usage: kaltura-ks exec [profile] -- command…'],
  [['exec', 'env'], 'Missing: -- before the command. Usage: kaltura-ks exec [profile] -- command…'],
  [['exec', 'demo', '--'], 'Missing: the command after --.'],
  [['token', 'a', 'b'], '“token” takes at most one argument.'],
  [['regions', '--partner', '2345678'], 'Give the value of --partner as an argument: kaltura-ks regions 2345678\n'],
  [['call', '--action=session.get'], 'Give the value of --action as an argument: kaltura-ks call session.get\n'],
  [
    ['profiles', 'show', '--profile', 'demo'],
    'Give the value of --profile as an argument: kaltura-ks profiles show demo',
  ],
  [['end', '--profile', 'demo'], 'Give the value of --profile as an argument: kaltura-ks end demo'],
  [
    ['use', '--profile', 'demo'],
    'Give the value of --profile as an argument: kaltura-ks use <language-or-recipe> demo',
  ],
  [['exec', '--profile', 'demo', '--', 'env'], 'Give the value of --profile as an argument: kaltura-ks exec demo -- '],
  [
    ['inspect', '--ks', 'djJ8'],
    '--ks is refused, because other users of this computer can see arguments and the shell saves them. Use --ks-file.',
  ],
  [
    ['check', '--ks=djJ8'],
    '--ks is refused, because other users of this computer can see arguments and the shell saves them. Use --ks-stdin or --ks-file.',
  ],
  [
    ['token', '--ks=djJ8'],
    '--ks is refused, because other users of this computer can see arguments and the shell saves them. To read a key, use kaltura-ks inspect.',
  ],
  [
    ['app-tokens', '--secret', 'x'],
    '--secret is refused, because other users of this computer can see arguments and the shell saves them. Use --secret-file or KALTURA_ADMIN_SECRET.',
  ],
  [['status', 'x'], '“status” takes no arguments.'],
  [['token', 'a', '--min-ttl', '5', 'm'], '--min-ttl 5 m has a space. Write --min-ttl 5m or --min-ttl "5 m".'],
  [['call', 'baseEntry.count', '--timeout', '5', 'sec'], '--timeout 5 sec has a space. Write --timeout 5s'],
])('%j is refused with the name of the mistake', async (args, expected) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(args);
  expect(code).toBe(2);
  expect(stderr).toContain(`kaltura-ks: ${expected}`);
});

test('a usage error does not repeat a text that could be a secret', async () => {
  const sandbox = await openSandbox();
  const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00';
  for (const args of [
    [secret],
    ['token', `--${secret}`],
    ['token', `--secrte=${secret}`],
    ['end', '--profile', secret],
    ['token', 'a', secret],
  ]) {
    const { code, stderr } = await sandbox.run(args);
    expect(code).toBe(2);
    expect(stderr).not.toContain(secret);
  }
});

test('the error for an unknown profile name suggests similar names', async () => {
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
  const { stderr } = await sandbox.run(['token', 'dmeo']);
  expect(stderr).toContain('Did you mean “demo”?');
});

test('all missing values are reported at once, including the secret', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await sandbox.run(['token', '--method', 'app-token']);
  for (const part of ['--region', '--partner', '--app-token-id', 'or KALTURA_APP_TOKEN\n'])
    expect(stderr).toContain(part);
});

test.each(['js', 'ts', 'py', 'cs', 'ps1', 'pwsh'])('use accepts %s', async (language) => {
  const sandbox = await openSandbox();
  expect((await sandbox.run(['use', language, '--region', 'eu'])).code).toBe(0);
});

test('a time with a space is reported as such, not as an unknown profile', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(['token', '--region', 'practice', '--expiry', '7', 'days']);
  expect([code, stderr]).toEqual([
    1,
    'kaltura-ks: --expiry 7 days has a space. Write --expiry 7d or --expiry "7 days".\n',
  ]);
});

test('an unknown profile named like a unit is reported as an unknown profile', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await sandbox.run(['token', 'd', '--expiry', '3600']);
  expect(stderr).toContain('No profile in');
  expect(stderr).not.toContain('has a space');
});
