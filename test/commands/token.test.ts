import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { peekKs } from '../../source/kaltura/ks/peek.js';
import { Secret } from '../../source/kaltura/secret.js';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import {
  accountAt,
  LOCAL,
  openSandbox,
  openServer,
  openSilentServer,
  openTimeoutServer,
  PARTNER,
  SECRET,
} from './program.js';

const opened = (ks: string) => openKs(ks, [new Secret(SECRET)]);
const withSecret = { env: { KALTURA_SECRET: SECRET } };

describe('standard output of token', () => {
  test('is the key and one line break', async () => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(['token', ...LOCAL, '--user', 'jo'], withSecret);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[A-Za-z0-9_=-]+\n$/);
    expect(opened(stdout.trim())).toMatchObject({ type: 0, userId: 'jo', privileges: '' });
  });

  test('comes with a caution on standard error for an ADMIN key, unless a profile asks for ADMIN', async () => {
    const sandbox = await openSandbox();
    const admin = [...LOCAL, '--type', 'admin'];
    const { stderr } = await sandbox.run(['token', ...admin], withSecret);
    expect(stderr).toMatch(
      /^kaltura-ks: caution: an ADMIN key can read, change and delete everything in partner .*\n$/,
    );
    await sandbox.run(['profiles', 'add', 'demo', ...admin.filter((word) => word !== '--no-clock-check')]);
    const ofProfile = await sandbox.run(['token', 'demo', '--no-clock-check'], withSecret);
    expect(ofProfile).toMatchObject({ code: 0, stderr: '' });
  });

  test('has no line break with --no-newline', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['token', ...LOCAL, '--no-newline'], withSecret);
    expect(stdout).toMatch(/^[A-Za-z0-9_=-]+$/);
  });

  test('is JSON with exactly these keys, in this order', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const args = ['token', ...accountAt(url), '--type', 'admin', '--user', 'jo', '--privilege', 'list:*', '--json'];
    const { code, stdout } = await sandbox.run(args, withSecret);
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual([
      'ks',
      'version',
      'partnerId',
      'userId',
      'type',
      'privileges',
      'expiresAt',
      'expiresAtIso',
      'serviceUrl',
      'profile',
    ]);
    const fields = opened(String(answer['ks']));
    expect(answer).toMatchObject({
      version: 2,
      partnerId: PRACTICE_CREDENTIALS.partnerId,
      userId: 'jo',
      type: 'ADMIN',
      privileges: 'list:*',
      expiresAt: fields.expiresAt,
      expiresAtIso: new Date(fields.expiresAt * 1000).toISOString(),
      serviceUrl: url,
      profile: null,
    });
  });

  test('has no server for a key that is signed on this computer without a region', async () => {
    const sandbox = await openSandbox();
    const args = ['token', '--method', 'local', '--partner', PARTNER, '--json', '-v'];
    const { code, stdout, stderr } = await sandbox.run(args, withSecret);
    expect(code).toBe(0);
    expect(stderr).not.toContain('region');
    expect(JSON.parse(stdout)).toMatchObject({ serviceUrl: null, partnerId: PRACTICE_CREDENTIALS.partnerId });
  });

  test('has the version of a version 1 key', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['token', ...LOCAL, '--ks-version', '1', '--json'], withSecret);
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({ version: 1, type: 'USER' });
    expect(peekKs(String(answer['ks'])).version).toBe(1);
  });
});

describe('answers for token', () => {
  test('join repeated privileges, as the wizard does', async () => {
    const sandbox = await openSandbox();
    const args = [
      'token',
      ...LOCAL,
      '--privilege',
      'sview:0_a',
      '--privilege',
      'sview:0_b',
      '--privilege',
      ' urirestrict:/x ',
    ];
    const { stdout } = await sandbox.run(args, withSecret);
    expect(opened(stdout.trim()).privileges).toBe('sview:0_a/0_b,urirestrict:/x');
  });

  test.each([
    ['privacycontext:my portal', 'privacycontext: “my portal” has a space.'],
    ['all:*,list:*', 'all:* next to other privileges does nothing'],
  ])('with the privilege %s print the caution of the wizard', async (privilege, caution) => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(
      ['token', ...LOCAL, '--privilege', privilege, '--accept-risk', 'all'],
      withSecret,
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`caution: ${caution}`);
  });

  test('take the lifetime from --holder, but never the type ADMIN', async () => {
    const sandbox = await openSandbox();
    for (const [holder, seconds] of [
      ['browser', 3600],
      ['me', 86_400],
    ] as const) {
      const before = Math.floor(Date.now() / 1000);
      const { stdout } = await sandbox.run(['token', ...LOCAL, '--holder', holder], withSecret);
      const { type, expiresAt } = opened(stdout.trim());
      expect(type).toBe(0);
      expect(expiresAt - before - seconds).toBeLessThan(30);
    }
  });

  test('need nothing but --region practice, which ignores real secrets', async () => {
    const sandbox = await openSandbox();
    const { code, stdout } = await sandbox.run(['token', '--region', 'practice'], {
      env: { KALTURA_SECRET: 'f'.repeat(32) },
    });
    expect(code).toBe(0);
    expect(opened(stdout.trim()).partnerId).toBe(PRACTICE_CREDENTIALS.partnerId);
  });
});

describe('token signs in', () => {
  test('with a login, and the password from a file', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const file = join(sandbox.home, 'password');
    writeFileSync(file, `${PRACTICE_CREDENTIALS.password}\n`, { mode: 0o600 });
    const { code, stdout, stderr } = await sandbox.run([
      'token',
      '--url',
      url,
      '--login-id',
      PRACTICE_CREDENTIALS.loginId,
      '--secret-file',
      file,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\S+\n$/);
  });

  test('with a one-time code from KALTURA_CODE, which the error names if it is missing', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const args = ['token', '--url', url, '--login-id', PRACTICE_CREDENTIALS.otpLoginId];
    const env = { KALTURA_PASSWORD: PRACTICE_CREDENTIALS.password };
    const without = await sandbox.run(args, { env });
    expect(without).toMatchObject({ code: 2, stdout: '' });
    expect(without.stderr).toContain('KALTURA_CODE');
    const { code } = await sandbox.run(args, { env: { ...env, KALTURA_CODE: currentCode(Date.now()) } });
    expect(code).toBe(0);
    const wrong = await sandbox.run(args, { env: { ...env, KALTURA_CODE: '000000' } });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('INVALID_OTP');
  });

  test('with an app token from standard input, and warns if the key can do more than requested', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const token = { input: `${PRACTICE_CREDENTIALS.token}\n` };
    const plain = await sandbox.run(
      ['token', ...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.tokenId, '--secret-stdin', '--user', 'jo'],
      token,
    );
    expect(plain).toMatchObject({ code: 0, stderr: '' });
    const fixed = await sandbox.run(
      ['token', ...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.fixedTokenId, '--secret-stdin'],
      token,
    );
    expect(fixed.code).toBe(0);
    expect(fixed.stderr).toContain('danger: this key can do more than you asked for');
    expect(fixed.stdout).toMatch(/^\S+\n$/);
  });
});

describe('a failure of token', () => {
  test('is explained in a few lines, without a stack trace, and leaves standard output empty', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const { code, stdout, stderr } = await sandbox.run(['token', ...accountAt(url)], {
      env: { KALTURA_SECRET: 'a'.repeat(32) },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('START_SESSION_ERROR');
    expect(stderr).toContain('  · ');
    expect(stderr).not.toMatch(/\n\s+at |node:|file:/);
  });

  test('names the error of the connection', async () => {
    const sandbox = await openSandbox();
    const { code, stdout, stderr } = await sandbox.run(
      ['token', '--url', 'http://127.0.0.1:9', '--partner', PARTNER],
      withSecret,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('ECONNREFUSED');
  });

  test('by SIGINT during a request is exit code 130, with nothing on standard output', async () => {
    const sandbox = await openSandbox();
    const silentServer = await openSilentServer();
    const outcome = sandbox.spawn(['token', '--url', silentServer.url, '--partner', PARTNER], {
      ...withSecret,
      onStart: (child) => silentServer.onConnection(() => child.kill('SIGINT')),
    });
    expect(await outcome).toMatchObject({ code: 130, stdout: '', stderr: '' });
  });

  test('comes after the time of --timeout', async () => {
    const sandbox = await openSandbox();
    const silentServer = await openTimeoutServer();
    const args = ['token', '--url', silentServer.url, '--partner', PARTNER, '--timeout', '1'];
    const { code, stderr } = await sandbox.run(args, withSecret);
    expect(code).toBe(1);
    expect(stderr).toContain('ETIMEDOUT');
  });
});

test.each(['--expiry', '--min-ttl', '--timeout'])('%s with a decimal comma says how to write it', async (flag) => {
  const sandbox = await openSandbox();
  const { code, stderr } = await sandbox.run(['token', '--region', 'practice', flag, '1,5h']);
  expect([code, stderr]).toEqual([2, `kaltura-ks: ${flag}: Use a point instead of the comma: 1.5h.\n`]);
});

test('a key that can list nothing gets a caution, unless a profile or recipe asks for it', async () => {
  const sandbox = await openSandbox();
  const caution = 'caution: this key can list nothing: it has no user and no privileges. Add --user,';
  const plain = await sandbox.run(['token', '--region', 'practice', '--json']);
  expect(plain.stderr).toContain(caution);
  expect(JSON.parse(plain.stdout)).toMatchObject({ type: 'USER', userId: '', privileges: '' });
  for (const more of [
    ['--user', 'jo'],
    ['--type', 'admin'],
    ['--recipe', 'play-entry', '--entry', '0_staffday'],
  ]) {
    expect((await sandbox.run(['token', '--region', 'practice', ...more])).stderr).not.toContain('list nothing');
  }
  const saved = await sandbox.run(['profiles', 'add', 'demo', '--region', 'practice']);
  expect(saved.stderr).toContain(caution);
  expect((await sandbox.run(['token', 'demo'])).stderr).toBe('');
  const list = await sandbox.run(['call', 'baseEntry.list', '--profile', 'demo']);
  expect([list.code, list.stderr]).toEqual([0, 'kaltura-ks: The profile has no valid saved key. Created a new one.\n']);
});

test('a wrong clock is reported for a key that is signed on this computer', async () => {
  const sandbox = await openSandbox();
  const url = await openServer(() => Date.now() + 3_600_000);
  const args = ['token', '--method', 'local', '--user', 'jo', ...accountAt(url)];
  const { code, stdout, stderr } = await sandbox.run(args, withSecret);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+\n$/);
  expect(stderr).toContain('behind the server’s');
  expect((await sandbox.run([...args, '--no-clock-check'], withSecret)).stderr).toBe('');
});

test('token warns about a secret file that other users can read', async () => {
  const sandbox = await openSandbox();
  const file = join(sandbox.home, 'secret');
  writeFileSync(file, SECRET);
  chmodSync(file, 0o644);
  const { code, stderr } = await sandbox.run(['token', ...LOCAL, '--secret-file', file]);
  expect(code).toBe(0);
  expect(stderr).toContain('caution: other users of this computer may read');
});

test('a reader that closes the pipe early causes no error', async () => {
  const sandbox = await openSandbox();
  const script = '{ "$0" "$1" completion bash; echo "code $?" >&2; } | exec true';
  const { status, stderr } = spawnSync('/bin/sh', ['-c', script, process.execPath, resolve('dist/cli.js')], {
    env: sandbox.env,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'code 0\n' });
});

describe('a secret in the format of another program', () => {
  const args = ['token', '--method', 'local', '--partner', PARTNER];

  test.each([
    ['in UTF-16, as PowerShell writes files', Buffer.from(`\uFEFF${SECRET}\r\n`, 'utf16le'), ''],
    ['in quotes', Buffer.from(`"${SECRET}"\n`), 'was in quotes'],
    ['with its name', Buffer.from(`export KALTURA_SECRET=${SECRET}\n`), 'came with its name'],
    ['as base64', Buffer.from(`${btoa(SECRET)}\n`), 'was base64'],
  ])('%s is read from a file', async (_what, content, message) => {
    const sandbox = await openSandbox();
    const path = join(sandbox.home, 'secret.txt');
    writeFileSync(path, content, { mode: 0o600 });
    const { code, stdout, stderr } = await sandbox.run([...args, '--secret-file', path]);
    expect(code).toBe(0);
    expect(opened(stdout.trim())).toMatchObject({ partnerId: Number(PARTNER) });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(SECRET);
  });

  test('in UTF-16 is read from standard input', async () => {
    const sandbox = await openSandbox();
    const input = Buffer.from(`${SECRET}\r\n`, 'utf16le').toString('latin1');
    const { code, stdout } = await sandbox.run([...args, '--secret-stdin'], { input });
    expect(code).toBe(0);
    expect(opened(stdout.trim())).toMatchObject({ partnerId: Number(PARTNER) });
  });
});

test.each([
  [['--privilege', 'setroles:PLAYBACK_BASE_ROLE'], 'Did you mean setrole?'],
  [['--privilege', 'CONTENT_MANAGE_BASE'], 'is a permission, not a privilege'],
  [['--privilege', 'PLAYBACK_BASE_ROLE'], 'is a role, not a privilege'],
  [['--privilege', 'actionslimit:-1'], 'the API refuses every call with this key'],
  [['--privilege', 'setrole:UPLOAD_BASE_ROLE'], 'forbids media.add and media.addContent'],
  [['--expiry', '86400000'], 'Did you mean 86400 seconds?'],
  [['--expiry', '60d'], 'The key is valid for 60 days'],
  [['--user=undefined'], 'the user ID is “undefined”: that looks like what code prints for a missing value'],
  [['--user=-1'], 'the user ID is “-1”: that looks like what code prints for a missing value'],
  [['--user', 'jo%40example.com'], 'that looks like percent-encoded text'],
])('%j always prints a warning on standard error', async (flags, warning) => {
  const sandbox = await openSandbox();
  const args = ['token', '--method', 'local', '--partner', PARTNER, '--accept-risk', 'all', ...flags];
  const { code, stdout, stderr } = await sandbox.run(args, withSecret);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^[\w=-]+\n$/);
  expect(stderr).toContain(warning);
});

test.each(['0_aaaaaaaa|0_bbbbbbbb', '0_aaaaaaaa;0_bbbbbbbb', '0_aaaaaaaa 0_bbbbbbbb'])(
  'the IDs in sview:%s are refused, with the right separator',
  async (ids) => {
    const sandbox = await openSandbox();
    const args = ['token', '--method', 'local', '--partner', PARTNER, '--privilege', `sview:${ids}`];
    const { code, stderr } = await sandbox.run(args, withSecret);
    expect(code).toBe(2);
    expect(stderr).toContain('join values with /');
  },
);
