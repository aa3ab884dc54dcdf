import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import {
  accountAt,
  LOCAL,
  type Outcome,
  openSandbox,
  openServer,
  openSilentServer,
  openTimeoutServer,
  PARTNER,
  SECRET,
} from './program.js';

const PLANTED = 'Planted5ecretValue';

interface ErrorOutput {
  readonly error: {
    readonly code: string;
    readonly headline: string;
    readonly causes: readonly string[];
    readonly fixes: readonly { readonly action: string; readonly text: string; readonly option: string | null }[];
  };
  readonly exit: number;
}

/** Parses standard output, and makes sure that it is one error object with the documented keys and without a secret. */
function errorIn({ code, stdout, stderr }: Outcome): ErrorOutput['error'] {
  const output = JSON.parse(stdout) as ErrorOutput;
  expect(Object.keys(output)).toEqual(['error', 'exit']);
  expect(Object.keys(output.error)).toEqual(['code', 'headline', 'causes', 'fixes']);
  for (const fix of output.error.fixes) expect(Object.keys(fix)).toEqual(['action', 'text', 'option']);
  expect(output.exit).toBe(code);
  for (const secret of [SECRET, PLANTED]) expect(stdout + stderr).not.toContain(secret);
  return output.error;
}

describe('with --json, a usage error is one JSON object', () => {
  test.each<[code: string, args: readonly string[]]>([
    ['unknown-option', ['token', '--json', '--expriy', '2h']],
    ['unknown-option', ['profiles', 'list', '--json', `--${PLANTED}`]],
    ['unknown-option', ['exec', '--json', '--', 'true']],
    ['too-many-arguments', ['token', 'one', PLANTED, '--json']],
    ['missing-argument', ['regions', '--json']],
    ['missing-argument', ['token', '--json', '--url']],
    ['secret-in-arguments', ['token', '--json', `--secret=${PLANTED}`]],
    ['invalid-value', ['token', ...LOCAL, '--json', '--expiry', PLANTED]],
    ['invalid-value', ['token', ...LOCAL, '--json', '--type', PLANTED]],
    ['invalid-value', ['app-tokens', 'create', '--json', '--user', 'web', '--expires', PLANTED]],
    ['invalid-value', ['status', '--json', '--timeout', PLANTED]],
    ['conflicting-options', ['token', ...LOCAL, '--json', '--export', 'sh']],
    [
      'conflicting-options',
      ['token', '--region', 'us', '--url', 'https://video.example', '--partner', PARTNER, '--json'],
    ],
    ['missing-input', ['token', '--json']],
    ['missing-input', ['token', ...LOCAL, '--json', '--no-input']],
    ['missing-input', ['end', '--json']],
    ['missing-input', ['check', '--json']],
    ['insecure-url', ['token', '--url', 'http://video.example', '--partner', PARTNER, '--json']],
    ['risk-not-accepted', ['token', ...LOCAL, '--type', 'admin', '--privilege', 'disableentitlement', '--json']],
  ])('%s: %j', async (code, args) => {
    const sandbox = await openSandbox();
    // With a secret, the tested problem is the first one.
    const env = code === 'missing-input' ? {} : { KALTURA_SECRET: PRACTICE_CREDENTIALS.adminSecret };
    const outcome = await sandbox.run(args, { env });
    expect(outcome.code).toBe(2);
    expect(errorIn(outcome).code).toBe(code);
    expect(outcome.stderr).toMatch(/^kaltura-ks: /);
  });

  test('with a similar option as the fix', async () => {
    const { fixes } = errorIn(await (await openSandbox()).run(['token', '--json', '--expriy', '2h']));
    expect(fixes).toEqual([{ action: 'correct-spelling', text: 'Did you mean --expiry?', option: '--expiry' }]);
  });

  test('with the flag of each missing answer', async () => {
    const { fixes } = errorIn(await (await openSandbox()).run(['token', '--json']));
    expect(fixes.map(({ option }) => option)).toEqual(['--region', '--partner']);
  });

  test('with each risk and the flag that accepts it', async () => {
    const args = ['token', ...LOCAL, '--type', 'admin', '--privilege', 'disableentitlement', '--json'];
    const { causes, fixes } = errorIn(await (await openSandbox()).run(args));
    expect(causes).toHaveLength(fixes.length);
    for (const { option } of fixes) expect(option).toMatch(/^--accept-risk [a-z-]+$/);
  });
});

describe('with --json, a failure is one JSON object', () => {
  test('with the error code of the server, and flags that may help', async () => {
    const [sandbox, url] = [await openSandbox(), await openServer()];
    const args = ['token', ...accountAt(url), '--type', 'admin', '--accept-risk', 'all', '--json'];
    const outcome = await sandbox.run(args, { env: { KALTURA_SECRET: PRACTICE_CREDENTIALS.userSecret } });
    const error = errorIn(outcome);
    expect(error.code).toBe('START_SESSION_ERROR');
    expect(error.headline).toContain('would not start a session');
    expect(error.causes.length).toBeGreaterThan(1);
    expect(error.fixes).toContainEqual({
      action: 'change-type',
      text: 'Create a USER key instead',
      option: '--type user',
    });
    expect(outcome.stderr).toContain('would not start a session');
  });

  test('for a key that the server cannot read', async () => {
    const [sandbox, url] = [await openSandbox(), await openServer()];
    const ks = Buffer.from(`v2|${PARTNER}|nonsense of some length`).toString('base64');
    const error = errorIn(
      await sandbox.run(['app-tokens', 'list', '--ks-stdin', '--url', url, '--json'], { input: ks }),
    );
    expect(error.code).toBe('INVALID_KS');
  });

  test('for a server that cannot be reached', async () => {
    const sandbox = await openSandbox();
    const args = ['token', '--url', 'http://127.0.0.1:9', '--partner', PARTNER, '--json'];
    expect(errorIn(await sandbox.run(args, { env: { KALTURA_SECRET: SECRET } })).code).toBe('connection-refused');
  });

  test('for a server that does not answer', async () => {
    const [sandbox, { url }] = [await openSandbox(), await openTimeoutServer()];
    const args = ['token', ...accountAt(url), '--timeout', '1', '--json'];
    expect(errorIn(await sandbox.run(args, { env: { KALTURA_SECRET: SECRET } })).code).toBe('connection-timeout');
  });

  test('after Ctrl+C', async () => {
    const [sandbox, silentServer] = [await openSandbox(), await openSilentServer()];
    const outcome = await sandbox.spawn(['token', ...accountAt(silentServer.url), '--json'], {
      env: { KALTURA_SECRET: SECRET },
      onStart: (child) => silentServer.onConnection(() => child.kill('SIGINT')),
    });
    expect(errorIn(outcome).code).toBe('cancelled');
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toBe('');
  });

  test('for an unknown profile name', async () => {
    expect(errorIn(await (await openSandbox()).run(['token', 'nothing', '--json'])).code).toBe('profile-not-found');
  });

  test('for a text without a key', async () => {
    expect(errorIn(await (await openSandbox()).run(['inspect', '--json'], { input: 'hello' })).code).toBe(
      'no-key-found',
    );
  });

  test('for a secret source that fails', async () => {
    const sandbox = await openSandbox();
    const add = ['profiles', 'add', 'broken', '--region', 'us', '--partner', PARTNER, '--from-command'];
    await sandbox.run([...add, 'no-such-command-here']);
    const error = errorIn(await sandbox.run(['token', 'broken', '--json']));
    expect(error.code).toBe('secret-source-not-found');
    expect(error.fixes).toMatchObject([{ action: 'check-secret-source' }]);
  });

  test('for an unusable profile folder', async () => {
    const sandbox = await openSandbox();
    writeFileSync(join(sandbox.home, '.config', 'kaltura-ks'), 'a file with the name of the folder');
    expect(errorIn(await sandbox.run(['profiles', 'list', '--json'])).code).toMatch(/^profile-store-/);
  });
});

test('without --json, or with --json after --, an error prints nothing on standard output', async () => {
  const sandbox = await openSandbox();
  for (const args of [['token'], ['exec', 'nothing', '--', 'true', '--json']]) {
    expect((await sandbox.run(args)).stdout).toBe('');
  }
});
