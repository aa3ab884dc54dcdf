import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, vi } from 'vitest';
import { main } from '../../source/cli/main.js';
import type { KsFields } from '../../source/kaltura/ks/fields.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { createNodeRuntime, type Host } from '../../source/platform/node-runtime.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createIsolation, type Isolation } from '../terminal/isolation.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const FOLDER = process.cwd();

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The content of standard input, which is a pipe; empty by default. */
  readonly input?: string;
}

/** Options of a command that runs in this process. */
export interface InProcessOptions extends RunOptions {
  /** What is typed at each question, in one chunk. If it is given, standard input and standard error are a terminal. */
  readonly typed?: readonly (string | (() => string))[];
  /** Whether standard output is a terminal too. */
  readonly isStdoutTerminal?: boolean;
}

export interface SpawnOptions extends RunOptions {
  /** A file for standard output, which is a pipe by default. */
  readonly stdoutFile?: string;
  readonly onStart?: (child: ChildProcess) => void;
  /** Is called with the whole text on standard error so far. */
  readonly onStderr?: (written: string, child: ChildProcess) => void;
}

/** A home folder and an environment for one test. They are removed after the test. */
export interface Sandbox extends Isolation {
  /** Runs a command in this process, with pipes as its streams unless something is typed. It uses real files, servers on free ports, and child processes. */
  run(args: readonly string[], options?: InProcessOptions): Promise<Outcome>;
  /** Runs the built program, for tests of the process itself: streams, signals, environment. */
  spawn(args: readonly string[], options?: SpawnOptions): Promise<Outcome>;
}

export async function openSandbox(): Promise<Sandbox> {
  const isolation = await createIsolation({ PATH: '/usr/bin:/bin' });
  onTestFinished(async () => {
    process.chdir(FOLDER);
    await isolation.remove();
  });
  return {
    ...isolation,
    run: (args, options) => runInProcess(isolation, args, options),
    spawn: (args, options) => runProgram(isolation, args, options),
  };
}

/** A cost of scrypt that makes encryption take a millisecond. */
const LOW_COST = { N: 2 ** 10, r: 8, p: 1 };

function collect(isTTY = false, onText: (text: string) => void = () => {}) {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      onText(chunk.toString('utf8'));
      done();
    },
  });
  const terminal = Object.assign(stream, isTTY ? { isTTY, columns: 100, getColorDepth: () => 8 } : {});
  return { stream: terminal as NodeJS.WriteStream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Opens the keyboard of a terminal. `answer` types the next text. */
function openKeyboard(typed: NonNullable<InProcessOptions['typed']>) {
  const texts = typed.values();
  let isRaw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isOn: boolean) => {
      isRaw = isOn;
      return stdin;
    },
  });
  const answer = () => {
    const { value } = texts.next();
    if (value !== undefined) stdin.write(typeof value === 'string' ? value : value());
  };
  return { stdin, answer, isRaw: () => isRaw };
}

async function runInProcess(
  sandbox: Isolation,
  args: readonly string[],
  options: InProcessOptions = {},
): Promise<Outcome> {
  const { input, typed, isStdoutTerminal } = options;
  const keyboard = typed === undefined ? null : openKeyboard(typed);
  const stdout = collect(isStdoutTerminal);
  const stderr = collect(keyboard !== null || isStdoutTerminal, (text) => {
    if (text.endsWith(': ')) keyboard?.answer();
  });
  const stdin = keyboard?.stdin ?? Readable.from(input ? [Buffer.from(input)] : [], { objectMode: false });
  const env = Object.fromEntries(
    Object.entries({ ...sandbox.env, ...options.env }).filter(([, value]) => value !== undefined),
  );
  const host = {
    env,
    platform: process.platform,
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    scryptCost: LOW_COST,
    practicePort: 0,
  };
  // Commands resolve paths against the working directory.
  process.chdir(sandbox.home);
  const code = await main(args, createNodeRuntime('1.2.3', host as unknown as Host), '1.2.3');
  expect(keyboard?.isRaw() ?? false, 'the terminal is still in raw mode').toBe(false);
  return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() };
}

function runProgram(sandbox: Isolation, args: readonly string[], options: SpawnOptions = {}): Promise<Outcome> {
  const { env = {}, input = '', stdoutFile, onStart, onStderr } = options;
  return new Promise((done, fail) => {
    const file = stdoutFile === undefined ? null : openSync(stdoutFile, 'w');
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: sandbox.home,
      env: { ...sandbox.env, ...env },
      stdio: ['pipe', file ?? 'pipe', 'pipe'],
    }) as ChildProcessByStdio<Writable, Readable | null, Readable>;
    if (file !== null) closeSync(file);
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      onStderr?.(stderr, child);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
    // A program that does not read its input may exit before all of it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    onStart?.(child);
  });
}

/** Starts a practice server on a free port, which stops after the test. */
export async function openServer(now: () => number = Date.now): Promise<string> {
  const server = await startPracticeServerOn({ now, randomBytes: (length) => randomBytes(length) }, 0);
  onTestFinished(() => server.close());
  return server.url;
}

/** Starts a server that accepts connections and never answers. It stops after the test. */
export async function openSilentServer(onRequest = (): void => {}): Promise<{
  readonly url: string;
  readonly onConnection: (act: () => void) => void;
}> {
  const server = createServer((socket) => socket.on('error', () => {}).on('data', onRequest));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, onConnection: (act) => void server.once('connection', act) };
}

/** Starts a silent server for commands in this process with `--timeout 1s`: a request moves the fake clock by one second. */
export function openTimeoutServer(): ReturnType<typeof openSilentServer> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return openSilentServer(() => void vi.advanceTimersByTime(1_000));
}

/** Presses Ctrl+C for a command that runs in this process. */
export const interrupt = (): void => void process.emit('SIGINT', 'SIGINT');

export const SECRET: string = PRACTICE_CREDENTIALS.adminSecret;
export const PARTNER = String(PRACTICE_CREDENTIALS.partnerId);

/** Signs a key that is valid for an hour. A practice server accepts it with the default account and secret. */
export function signKey(fields: Partial<KsFields> = {}, secret = SECRET): string {
  const { partnerId } = PRACTICE_CREDENTIALS;
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const all = { partnerId, type: 0, expiresAt, userId: '', privileges: '', ...fields };
  return signKsV2(all, new Secret(secret), randomBytes(16));
}

/** Arguments for a key that is signed on this computer, without a server. */
export const LOCAL = ['--method', 'local', '--region', 'us', '--partner', PARTNER, '--no-clock-check'] as const;

/** Arguments for the account of a practice server at this URL. */
export const accountAt = (url: string): readonly string[] => ['--url', url, '--partner', PARTNER];
