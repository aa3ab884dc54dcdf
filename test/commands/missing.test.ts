import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTerminal } from '../terminal/terminal.js';
import { openSandbox } from './program.js';

const US = ['--region', 'us'];
const ACCOUNT = [...US, '--partner', '2345678'];

/** The missing answer, arguments without it, and everything that the error must name. */
const MISSING: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['region', ['--partner', '2345678'], ['the region', '--region', 'KALTURA_ENV', '--url']],
  ['partner ID', US, ['the partner ID', '--partner', 'KALTURA_PARTNER']],
  ['login', [...US, '--method', 'login'], ['the login', '--login-id', 'KALTURA_LOGIN_ID']],
  [
    'app token ID',
    [...ACCOUNT, '--method', 'app-token'],
    ['the app token ID', '--app-token-id', 'KALTURA_APP_TOKEN_ID'],
  ],
  ['account secret', ACCOUNT, ['the account secret', '--secret-stdin', '--secret-file', 'KALTURA_ADMIN_SECRET']],
  [
    'Administrator Secret',
    [...ACCOUNT, '--method', 'local'],
    ['the Administrator Secret', '--secret-stdin', '--secret-file', 'KALTURA_ADMIN_SECRET'],
  ],
  ['password', [...US, '--login-id', 'a@b.c'], ['the password', '--secret-stdin', '--secret-file', 'KALTURA_PASSWORD']],
  [
    'app token',
    [...ACCOUNT, '--app-token-id', '0_ab12cd34'],
    ['the app token', '--secret-stdin', '--secret-file', 'KALTURA_APP_TOKEN'],
  ],
];

/** Arguments with several mistakes, and what each line of the error starts with. */
const SEVERAL: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'missing and invalid values',
    ['--partner', 'abc', '--type', 'boss', '--expiry', 'soon'],
    [
      'kaltura-ks: Missing:',
      '  the region: ',
      '  the account secret: ',
      'To save such',
      '--type must be',
      '--expiry: give a length',
      '--partner:',
    ],
  ],
  [
    'the secret beside an invalid value',
    [...ACCOUNT, '--expiry', 'soon', '--privilege', 'sview:'],
    ['kaltura-ks: Missing: the account secret', '--expiry: give a length', '--privilege:'],
  ],
  [
    'an invalid region, which is not missing',
    ['--region', 'moon'],
    ['kaltura-ks: Missing:', '  the partner ID: ', '  the account secret: ', 'To save such', '--region must be'],
  ],
  [
    'a region that resembles practice, which needs nothing else',
    ['--region', 'practise'],
    ['kaltura-ks: --region must be one of .*Did you mean practice\\?'],
  ],
  [
    'an empty address, and the secret',
    ['--partner', '2345678', '--url', ''],
    ['kaltura-ks: Missing: the account secret', '--url:'],
  ],
  [
    'an invalid method, which leaves the other values unknown',
    ['--method', 'magic'],
    ['kaltura-ks: --method must be one of'],
  ],
  [
    'flags that do not fit the method',
    [
      ...US,
      '--method',
      'login',
      '--user',
      'jo',
      '--app-token-id',
      '0_ab12cd34',
      '--login-id',
      'a@b.c',
      '--partner',
      'abc',
    ],
    [
      'kaltura-ks: Missing: the password',
      '--user can’t be used here',
      '--app-token-id can’t be used here',
      '--partner:',
    ],
  ],
];

describe('one error names everything that is missing or invalid', () => {
  test.each(SEVERAL)('%s', async (_what, args, starts) => {
    const sandbox = await openSandbox();
    for (const command of [
      ['token', ...args],
      ['exec', ...args, '--', 'true'],
      ['env-file', '--file', 'new.env', ...args],
    ]) {
      const { code, stdout, stderr } = await sandbox.run(command);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const lines = stderr.trimEnd().split('\n').slice(-starts.length);
      expect(lines).toEqual(starts.map((start) => expect.stringMatching(new RegExp(`^${start}`))));
    }
  });

  test('of token, with the flags that are no answers and the fixes in JSON', async () => {
    const sandbox = await openSandbox();
    const args = ['token', '--json', '--export', 'sh', '--min-ttl', 'x', '--timeout', 'y', '--accept-risk', 'z'];
    const { code, stdout, stderr } = await sandbox.run(args);
    expect(code).toBe(2);
    for (const flag of ['--json or --export', '--min-ttl', '--timeout', '--accept-risk'])
      expect(stderr).toContain(flag);
    const { error } = JSON.parse(stdout);
    expect(error).toMatchObject({ code: 'missing-input', headline: expect.stringContaining('the region') });
    // Three missing values and four invalid flags.
    expect(error.headline).toBe('Missing: the region, the partner ID, the account secret');
    expect(error.causes).toHaveLength(7);
    expect(error.fixes.map(({ option }: { option: string }) => option)).toEqual(['--region', '--partner']);
  });

  test('of profiles add', async () => {
    const sandbox = await openSandbox();
    const args = ['profiles', 'add', ' ', '--store', 'moon', '--accept-risk', 'z', '--partner', 'abc'];
    const { code, stderr } = await sandbox.run(args);
    expect(code).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('Missing: the region');
    for (const text of ['name', '--store must be', '--accept-risk', '--partner:']) expect(stderr).toContain(text);
  });

  test('a saved key does not hide an invalid flag', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
    await sandbox.run(['token', 'demo']);
    const { code, stderr } = await sandbox.run(['token', 'demo', '--type', 'boss', '--expiry', 'soon']);
    expect(code).toBe(2);
    for (const flag of ['--type', '--expiry']) expect(stderr).toContain(flag);
  });
});

describe('without a terminal, the error names what is missing: exit code 2, standard output empty', () => {
  test.each(MISSING)('%s', async (_what, args, named) => {
    const sandbox = await openSandbox();
    for (const command of [
      ['token', ...args],
      ['exec', ...args, '--', 'true'],
    ]) {
      const { code, stdout, stderr } = await sandbox.run(command);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      // exec has no --secret-stdin.
      for (const name of named) expect(stderr.includes(name)).toBe(command[0] !== 'exec' || name !== '--secret-stdin');
    }
  });

  test('region, partner ID and secret at once', async () => {
    const sandbox = await openSandbox();
    const { stderr } = await sandbox.run(['token']);
    expect(stderr.split('\n')).toEqual([
      'kaltura-ks: Missing:',
      '  the region: --region, KALTURA_ENV or --url',
      '  the partner ID: --partner or KALTURA_PARTNER_ID',
      '  the account secret: --secret-stdin, --secret-file or KALTURA_ADMIN_SECRET',
      'To save such answers in a profile: kaltura-ks profiles add.',
      '',
    ]);
  });

  test('and the .env file of the folder, unless it is already read or has no known name', async () => {
    const sandbox = await openSandbox();
    const hint = 'This folder has a file .env. To read it, add --dotenv .env.';
    await writeFile(join(sandbox.home, '.env'), 'PORT=3000\n', { mode: 0o600 });
    expect((await sandbox.run(['token'])).stderr).not.toContain(hint);
    await writeFile(join(sandbox.home, '.env'), 'KALTURA_PARTNER_ID=2345678\n', { mode: 0o600 });
    expect((await sandbox.run(['token'])).stderr).toContain(hint);
    const { error } = JSON.parse((await sandbox.run(['token', '--json'])).stdout);
    expect(error.fixes.at(-1)).toMatchObject({ option: '--dotenv .env' });
    const { stderr } = await sandbox.run(['token', '--dotenv', '.env']);
    expect(stderr).not.toContain(hint);
    expect(stderr).toContain('Missing:');
  });

  test.each(['check', 'end'])('%s names the key and its server, and an invalid region', async (command) => {
    const sandbox = await openSandbox();
    const both = await sandbox.run([command]);
    expect(both).toMatchObject({ code: 2, stdout: '' });
    for (const name of ['the key', 'KALTURA_KS', '--region']) expect(both.stderr).toContain(name);
    const invalid = await sandbox.run([command, '--region', 'moon']);
    expect(invalid).toMatchObject({ code: 2, stdout: '' });
    for (const name of ['the key', '--region must be one of']) expect(invalid.stderr).toContain(name);
  });

  test('check and end name all invalid flags in one error', async () => {
    const sandbox = await openSandbox();
    const wrong = ['--region', 'moon', '--timeout', 'soon'];
    const check = await sandbox.run(['check', '--entry', '?', ...wrong]);
    expect(check).toMatchObject({ code: 2, stdout: '' });
    for (const name of ['--entry', '--timeout', '--region']) expect(check.stderr).toContain(name);
    const end = await sandbox.run(['end', ...wrong]);
    for (const name of ['--timeout', '--region']) expect(end.stderr).toContain(name);
  });

  test('a key that is signed on this computer needs no region, but its profile does', async () => {
    const sandbox = await openSandbox();
    const token = await sandbox.run(['token', '--method', 'local']);
    expect(token).toMatchObject({ code: 2, stdout: '' });
    expect(token.stderr).toContain('--partner');
    expect(token.stderr).not.toContain('region');
    const add = await sandbox.run(['profiles', 'add', 'ci', '--method', 'local', '--partner', '2345678']);
    expect(add).toMatchObject({ code: 2, stdout: '' });
    expect(add.stderr).toContain('--region');
  });

  test('--yes of forget', async () => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'one', '--region', 'practice']);
    const { code, stdout, stderr } = await sandbox.run(['forget']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--yes');
  });

  test('the wizard names the command for scripts', async () => {
    const sandbox = await openSandbox();
    for (const args of [[], ['--no-input']]) {
      const { code, stdout, stderr } = await sandbox.run(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('kaltura-ks token --help');
      expect(stderr.split('\n')).toHaveLength(2);
    }
  });
});

test('token does not wait if standard input never ends and is no terminal', async () => {
  const terminal = await openTerminal({ stdin: 'silent', args: ['token', ...ACCOUNT], stdout: 'pipe', columns: 200 });
  expect((await terminal.exit).code).toBe(2);
  expect(terminal.stdout).toBe('');
  expect(terminal.frame()).toContain('KALTURA_ADMIN_SECRET');
});

test('--no-input does not ask on a terminal either', async () => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(['token', ...ACCOUNT, '--no-input'], { typed: [] });
  expect([code, stderr]).toEqual([2, expect.stringContaining('with --no-input')]);
});

describe('--secret-stdin', () => {
  test('fails for empty standard input', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(['token', ...ACCOUNT, '--secret-stdin']);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a secret');
  });

  test('refuses a terminal', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(['token', ...ACCOUNT, '--secret-stdin'], { typed: [] });
    expect([code, stderr]).toEqual([2, expect.stringContaining('standard input is a terminal')]);
  });

  test('is refused with --secret-file, and for exec', async () => {
    const sandbox = await openSandbox();
    const both = await sandbox.run(['token', ...ACCOUNT, '--secret-stdin', '--secret-file', 'x']);
    expect(both).toMatchObject({ code: 2, stdout: '' });
    expect(both.stderr).toContain('not both');
    expect((await sandbox.run(['exec', ...ACCOUNT, '--secret-stdin', '--', 'true'])).code).toBe(2);
  });

  test('accepts one line: a second line is an error', async () => {
    const sandbox = await openSandbox();
    const args = ['token', ...ACCOUNT, '--secret-stdin'];
    const { code, stderr } = await sandbox.run(args, { input: 'first-half\nsecond-half\n' });
    expect(code).toBe(2);
    expect(stderr).toContain('line break inside');
    expect(stderr).not.toContain('half');
  });
});
