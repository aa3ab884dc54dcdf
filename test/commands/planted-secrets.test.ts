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

/** Returns the forms in which a secret could be written. */
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
  /** Arguments and environment of the program, if it has its own process, and of all processes that it starts. */
  readonly processes: readonly StartedProcess[];
  /** Every byte of every file below the program's home. */
  readonly files: string;
}

const HOOK = resolve('test/commands/fixtures/watch-children.cjs');

/** Makes sure that the folder for temporary files has only the files of the tests. */
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

/** Does the same in this process, where encryption takes a millisecond. */
async function watchInProcess(sandbox: Sandbox, args: readonly string[], options: RunOptions = {}): Promise<Watched> {
  const processes: StartedProcess[] = [];
  const { spawn } = childProcess;
  const recorded = (command: string, argv: readonly string[] = [], started: SpawnProcessOptions = {}) => {
    processes.push({ argv: [command, ...argv], env: started.env ?? process.env });
    return spawn(command, argv, started);
  };
  childProcess.spawn = recorded as typeof spawn;
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

/** Makes sure that none of these secrets is in the output, the files, or the arguments and environments of processes. */
function expectNowhere(secrets: readonly string[], { stdout, stderr, processes, files }: Watched): void {
  const texts = {
    stdout,
    stderr,
    files,
    argv: JSON.stringify(processes.map(({ argv }) => argv)),
    env: JSON.stringify(processes.map(({ env }) => env)),
  };
  for (const [name, text] of Object.entries(texts)) {
    for (const form of secrets.flatMap(formsOf)) expect(text, name).not.toContain(form);
  }
}

const { adminSecret: SECRET, password: PASSWORD, token: TOKEN } = PRACTICE_CREDENTIALS;
const PASSPHRASE = 'planted passphrase 7';

describe('a secret is written nowhere', () => {
  test.each(first(1, ['-v', '--json', '--export']))('when it creates a key with %s', async (flag) => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const code = currentCode(Date.now());
    const signIns: readonly (readonly [readonly string[], Record<string, string>, readonly string[]])[] = [
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
    for (const [index, [args, env, secrets]] of signIns.entries()) {
      // One separate process is enough: arguments and environment do not depend on the sign-in method.
      const run = isFull || index === 0 ? watch : watchInProcess;
      const watched = await run(sandbox, ['token', ...args, flag], { env });
      expect(watched.code).toBe(0);
      expectNowhere(secrets, watched);
      if (args.includes(PRACTICE_CREDENTIALS.otpLoginId)) expect(watched.stderr).not.toContain(code);
    }
  });

  test('when it comes from standard input or a file', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    expectNowhere(
      [SECRET],
      await watchInProcess(sandbox, ['token', ...accountAt(url), '--secret-stdin', '-v'], { input: SECRET }),
    );
    const file = join(sandbox.harnessFolder, 'secret');
    writeFileSync(file, SECRET, { mode: 0o600 });
    expectNowhere([SECRET], await watchInProcess(sandbox, ['token', ...accountAt(url), '--secret-file', file, '-v']));
  });

  test('when it is wrong, for every answer of the server', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const wrong = 'wr0ng-Secret/+&é';
    const signIns: readonly (readonly [readonly string[], Record<string, string>])[] = [
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
    for (const [args, env] of signIns) {
      const watched = await watchInProcess(sandbox, ['token', ...args, '-v'], { env });
      expect(watched.code).toBe(1);
      expectNowhere([wrong], watched);
    }
  });

  test('when it is stored encrypted, and neither is its passphrase', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const env = { KALTURA_SECRET: SECRET, KALTURA_PASSPHRASE: PASSPHRASE };
    const secrets = [SECRET, PASSPHRASE];
    expectNowhere(
      secrets,
      await watchInProcess(sandbox, ['profiles', 'add', 'p', ...accountAt(url), '--store', 'file'], { env }),
    );
    const onlyPassphrase = { env: { KALTURA_PASSPHRASE: PASSPHRASE } };
    const made = await watchInProcess(sandbox, ['token', 'p', '-v'], onlyPassphrase);
    expect(made.code).toBe(0);
    expectNowhere(secrets, made);
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['profiles', 'show', 'p'],
      ['profiles', 'export'],
      ['token', 'p', '--method', 'local', '--no-clock-check', '-v'],
    ]) {
      const watched = await watchInProcess(sandbox, args, onlyPassphrase);
      expect(watched.code).toBe(0);
      expectNowhere(secrets, watched);
    }
    expectNowhere(
      [...secrets, 'wrong one'],
      await watchInProcess(sandbox, ['token', 'p', '-v'], { env: { KALTURA_PASSPHRASE: 'wrong one' } }),
    );
  });

  test('when a command prints it', async () => {
    const sandbox = await openSandbox();
    const url = await openServer();
    const file = join(sandbox.harnessFolder, 'secret');
    writeFileSync(file, SECRET);
    await sandbox.run(['profiles', 'add', 'p', ...accountAt(url), '--from-command', `cat ${file}`]);
    // Other secrets of the program, which the command does not need.
    const env = { KALTURA_PASSWORD: PASSWORD, KALTURA_APP_TOKEN: TOKEN, KALTURA_PASSPHRASE: PASSPHRASE };
    const watched = await watchInProcess(sandbox, ['token', 'p', '-v'], { env });
    expect(watched.code).toBe(0);
    expect(watched.processes).toHaveLength(1);
    expectNowhere([SECRET, PASSWORD, TOKEN, PASSPHRASE], watched);
  });

  test('when exec runs a command, which gets only the key, in its environment', async () => {
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
    // Makes sure that the search itself works: the key is in the environment.
    expect(() => expectNowhere([ks], watched)).toThrow();
  });
});
