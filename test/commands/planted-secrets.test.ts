import childProcess, { type SpawnOptions as SpawnProcessOptions } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { currentCode, PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { everythingIn } from '../platform/profiles/temp-store.js';
import { first, isFull } from '../sizes.js';
import {
  accountAt,
  type Outcome,
  openSandbox,
  openServer,
  openTimeoutServer,
  PARTNER,
  type RunOptions,
  type Sandbox,
  type SpawnOptions,
} from './program.js';

/** What must not be found anywhere, in every form in which it could have been written. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replaceAll('=', ''),
  Buffer.from(secret).toString('hex'),
];

interface StartedProcess {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

interface Watched extends Outcome {
  /** Arguments and environment of the program, if it had a process of its own, and of all that it started. */
  readonly processes: readonly StartedProcess[];
  /** Every byte of every file below the program's home. */
  readonly files: string;
}

const HOOK = resolve('test/commands/fixtures/watch-children.cjs');

/** What the tests themselves put there apart, the folder for temporary files stays empty. */
const expectNothingTemporary = (sandbox: Sandbox): void =>
  expect(readdirSync(sandbox.harnessFolder).filter((name) => name !== 'children' && name !== 'secret')).toEqual([]);

async function watch(sandbox: Sandbox, args: readonly string[], options: SpawnOptions = {}): Promise<Watched> {
  const log = join(sandbox.harnessFolder, 'children');
  writeFileSync(log, '');
  const env = { ...options.env, NODE_OPTIONS: `--require=${HOOK}`, WATCH_CHILDREN: log };
  const outcome = await sandbox.spawn(args, { ...options, env });
  const processes = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expectNothingTemporary(sandbox);
  return { ...outcome, processes, files: everythingIn(sandbox.home) };
}

/** The same in this process, where a stored secret is encrypted in a millisecond. */
async function watchHere(sandbox: Sandbox, args: readonly string[], options: RunOptions = {}): Promise<Watched> {
  const processes: StartedProcess[] = [];
  const { spawn } = childProcess;
  const noted = (command: string, argv: readonly string[] = [], started: SpawnProcessOptions = {}) => {
    processes.push({ argv: [command, ...argv], env: started.env ?? process.env });
    return spawn(command, argv, started);
  };
  childProcess.spawn = noted as typeof spawn;
  syncBuiltinESMExports();
  vi.stubEnv('TMPDIR', sandbox.harnessFolder);
  try {
    const outcome = await sandbox.run(args, options);
    expectNothingTemporary(sandbox);
    return { ...outcome, processes, files: everythingIn(sandbox.home) };
  } finally {
    vi.unstubAllEnvs();
    childProcess.spawn = spawn;
    syncBuiltinESMExports();
  }
}

/** Searches everything but standard output for these secrets; that too, unless it is where the key was asked for. */
function expectNowhere(secrets: readonly string[], { stdout, stderr, processes, files }: Watched): void {
  const places = {
    stdout,
    stderr,
    files,
    argv: JSON.stringify(processes.map(({ argv }) => argv)),
    env: JSON.stringify(processes.map(({ env }) => env)),
  };
  for (const [name, text] of Object.entries(places)) {
    for (const form of secrets.flatMap(formsOf)) expect(text, name).not.toContain(form);
  }
}

const { adminSecret: SECRET, password: PASSWORD, token: TOKEN } = PRACTICE_CREDENTIALS;
const PASSPHRASE = 'planted passphrase 7';

describe('a planted secret is found nowhere', () => {
  test.each(first(1, ['-v', '--json', '--export']))('that makes a key, with %s', async (flag) => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const code = currentCode(Date.now());
    const ways: readonly (readonly [readonly string[], Record<string, string>, readonly string[]])[] = [
      [accountAt(url), { KALTURA_SECRET: SECRET }, [SECRET]],
      [[...accountAt(url), '--method', 'local'], { KALTURA_SECRET: SECRET }, [SECRET]],
      [['--url', url, '--login-id', PRACTICE_CREDENTIALS.loginId], { KALTURA_PASSWORD: PASSWORD }, [PASSWORD]],
      [
        ['--url', url, '--login-id', PRACTICE_CREDENTIALS.otpLoginId],
        { KALTURA_PASSWORD: PASSWORD, KALTURA_CODE: code },
        [PASSWORD],
      ],
      [[...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.tokenId], { KALTURA_APP_TOKEN: TOKEN }, [TOKEN]],
    ];
    for (const [index, [args, env, secrets]] of ways.entries()) {
      // One process shows the arguments and the environment. The sign-in changes neither.
      const run = isFull || index === 0 ? watch : watchHere;
      const watched = await run(sandbox, ['token', ...args, flag], { env });
      expect(watched.code).toBe(0);
      expectNowhere(secrets, watched);
      if (args.includes(PRACTICE_CREDENTIALS.otpLoginId)) expect(watched.stderr).not.toContain(code);
    }
  });

  test('that comes by standard input, or by a file which it stays in', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    expectNowhere(
      [SECRET],
      await watchHere(sandbox, ['token', ...accountAt(url), '--secret-stdin', '-v'], { input: SECRET }),
    );
    const file = join(sandbox.harnessFolder, 'secret');
    writeFileSync(file, SECRET, { mode: 0o600 });
    expectNowhere([SECRET], await watchHere(sandbox, ['token', ...accountAt(url), '--secret-file', file, '-v']));
  });

  test('that is wrong, whatever the server says', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const wrong = 'wr0ng-Secret/+&é';
    const ways: readonly (readonly [readonly string[], Record<string, string>])[] = [
      [accountAt(url), { KALTURA_SECRET: wrong }],
      [['--url', url, '--login-id', PRACTICE_CREDENTIALS.loginId], { KALTURA_PASSWORD: wrong }],
      [
        ['--url', url, '--login-id', PRACTICE_CREDENTIALS.otpLoginId],
        { KALTURA_PASSWORD: PASSWORD, KALTURA_CODE: wrong },
      ],
      [[...accountAt(url), '--app-token-id', PRACTICE_CREDENTIALS.tokenId], { KALTURA_APP_TOKEN: wrong }],
      [['--url', 'http://127.0.0.1:9', '--partner', PARTNER], { KALTURA_SECRET: wrong }],
      [['--url', (await openTimeoutServer()).url, '--partner', PARTNER, '--timeout', '1'], { KALTURA_SECRET: wrong }],
    ];
    for (const [args, env] of ways) {
      const watched = await watchHere(sandbox, ['token', ...args, '-v'], { env });
      expect(watched.code).toBe(1);
      expectNowhere([wrong], watched);
    }
  });

  test('that is stored encrypted: not in the file, nor its passphrase, nor in any process', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: PASSPHRASE };
    const secrets = [SECRET, PASSPHRASE];
    expectNowhere(
      secrets,
      await watchHere(sandbox, ['profiles', 'add', 'p', ...accountAt(url), '--store', 'file'], { env }),
    );
    const alone = { env: { KALTURA_PASSPHRASE: PASSPHRASE } };
    const made = await watchHere(sandbox, ['token', 'p', '-v'], alone);
    expect(made.code).toBe(0);
    expectNowhere(secrets, made);
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['profiles', 'show', 'p'],
      ['profiles', 'export'],
      ['token', 'p', '--method', 'local', '--no-clock-check', '-v'],
    ]) {
      const watched = await watchHere(sandbox, args, alone);
      expect(watched.code).toBe(0);
      expectNowhere(secrets, watched);
    }
    expectNowhere(
      [...secrets, 'wrong one'],
      await watchHere(sandbox, ['token', 'p', '-v'], { env: { KALTURA_PASSPHRASE: 'wrong one' } }),
    );
  });

  test('that a command prints: only on its way from there', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const file = join(sandbox.harnessFolder, 'secret');
    writeFileSync(file, SECRET);
    await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--from-command', `cat ${file}`]);
    // Others of ours, which that command does not need.
    const env = { KALTURA_PASSWORD: PASSWORD, KALTURA_APP_TOKEN: TOKEN, KALTURA_PASSPHRASE: PASSPHRASE };
    const watched = await watchHere(sandbox, ['token', 'p', '-v'], { env });
    expect(watched.code).toBe(0);
    expect(watched.processes).toHaveLength(1);
    expectNowhere([SECRET, PASSWORD, TOKEN, PASSPHRASE], watched);
  });

  test('while a command runs with a key: it has the key, in its environment alone', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const env = {
      KALTURA_SECRET: SECRET,
      KALTURA_PASSWORD: PASSWORD,
      KALTURA_CODE: '135790',
      KALTURA_PASSPHRASE: PASSPHRASE,
    };
    const watched = await watch(sandbox, ['exec', ...accountAt(url), '-v', '--', '/bin/sh', '-c', 'exit 3'], { env });
    expect(watched.code).toBe(3);
    expect(watched.processes).toHaveLength(2);
    expectNowhere([SECRET, PASSWORD, PASSPHRASE, '135790'], watched);
    const ks = watched.processes[1]?.env['KALTURA_KS'] ?? '';
    expect(ks).not.toBe('');
    expect(JSON.stringify(watched.processes.map(({ argv }) => argv))).not.toContain(ks);
    expect(watched.stderr + watched.stdout + watched.files).not.toContain(ks);
    // The search finds what is there.
    expect(() => expectNowhere([ks], watched)).toThrow();
  });
});
