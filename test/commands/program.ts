import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { createIsolation, type Isolation } from '../terminal/isolation.js';

const PROGRAM = resolve('dist/cli.js');

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A file that takes standard output, which is a pipe else. */
  readonly stdoutFile?: string;
  /** What standard input holds; nothing unless told. */
  readonly input?: string;
  readonly onStart?: (child: ChildProcess) => void;
  /** Hears all that was written to standard error so far. */
  readonly onStderr?: (said: string, child: ChildProcess) => void;
}

/** A home of its own, and the built program in it, with pipes for streams. Gone when the test is over. */
export interface Place extends Isolation {
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>;
}

export async function openPlace(): Promise<Place> {
  const isolation = await createIsolation({ PATH: '/usr/bin:/bin' });
  onTestFinished(() => isolation.remove());
  return { ...isolation, run: (args, options) => runIn(isolation, args, options) };
}

function runIn(place: Isolation, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { env = {}, input = '', stdoutFile, onStart, onStderr } = options;
  return new Promise((done, fail) => {
    const file = stdoutFile === undefined ? null : openSync(stdoutFile, 'w');
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: place.home,
      env: { ...place.env, ...env },
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
    // A program that does not read leaves before all is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    onStart?.(child);
  });
}

/** A practice server on a free port, until the test is over. */
export async function openServer(now: () => number = Date.now): Promise<string> {
  const server = await startPracticeServerOn({ now, randomBytes: (length) => randomBytes(length) }, 0);
  onTestFinished(() => server.close());
  return server.url;
}

/** A server that takes connections and says nothing, until the test is over. */
export async function openSilence(): Promise<{
  readonly url: string;
  readonly onConnection: (act: () => void) => void;
}> {
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, onConnection: (act) => void server.once('connection', act) };
}

export const SECRET = PRACTICE_CREDENTIALS.adminSecret;
export const PARTNER = String(PRACTICE_CREDENTIALS.partnerId);

/** A key that is signed here, without a server. */
export const LOCAL = ['--method', 'local', '--region', 'us', '--partner', PARTNER, '--no-clock-check'] as const;

/** Answers of the practice server's account. */
export const at = (url: string): readonly string[] => ['--url', url, '--partner', PARTNER];
