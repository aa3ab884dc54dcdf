import type { spawn as spawnProcess } from 'node:child_process';
import { faultCode } from '../files/file-fault.js';
import { findProgram, systemShell, withAbsolutePath } from '../find-program.js';

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly usesShell: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** The text for its standard input; null for none. */
  readonly input: string | null;
  /** Milliseconds after which it is killed. */
  readonly limit: number;
  /** Called once if it runs longer than `after` milliseconds. */
  readonly onSlow?: { readonly after: number; readonly call: () => void };
  readonly signal?: AbortSignal | undefined;
  /** Aborts at the program's exit: the process continues alone, and the program doesn't wait for it. */
  readonly leaving?: AbortSignal | undefined;
  readonly spawn: typeof spawnProcess;
}

export type ProcessOutcome =
  | { readonly kind: 'not-started'; readonly code: string }
  | { readonly kind: 'timed-out'; readonly limit: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'too-much' }
  | {
      readonly kind: 'ended';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The caller should zero it after use. */
      readonly stdout: Buffer;
    };

/** Bytes; far above any secret. */
const MOST_OUTPUT = 1024 * 1024;

/** Milliseconds to wait for remaining output after the process has exited. */
const LEFT_OPEN = 1000;

/** Describes an error, which Node throws or emits, depending on the reason. */
const notStarted = (error: unknown): ProcessOutcome => ({ kind: 'not-started', code: faultCode(error) || 'unknown' });

/**
 * Runs a program until it exits. Keeps it in this program's process group, so that it can use the terminal and Ctrl-C reaches it. Never
 * rejects. Doesn't wait for its output streams to close, because a background process may keep them open.
 */
export function runProcess(options: ProcessOptions): Promise<ProcessOutcome> {
  return new Promise<ProcessOutcome>((resolve) => {
    if (options.signal?.aborted === true) {
      resolve({ kind: 'cancelled' });
      return;
    }
    const program = options.usesShell ? options.command : findProgram(options.command, options.env);
    if (program === null) {
      resolve({ kind: 'not-started', code: 'ENOENT' });
      return;
    }
    const child = options.spawn(program, [...options.args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env,
      shell: options.usesShell ? systemShell(options.env) : false,
      windowsHide: true,
    });
    const output: Buffer[] = [];
    let size = 0;
    let leftOpen: NodeJS.Timeout | undefined;

    const settle = (outcome: ProcessOutcome): void => {
      clearTimeout(waiting);
      clearTimeout(limit);
      clearTimeout(leftOpen);
      options.signal?.removeEventListener('abort', onAbort);
      options.leaving?.removeEventListener('abort', letGo);
      for (const chunk of output) chunk.fill(0);
      resolve(outcome);
    };
    const stop = (outcome: ProcessOutcome): void => {
      child.kill('SIGKILL');
      // Killing the process doesn't kill what a shell has started, but its output is ignored.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      child.unref();
      settle(outcome);
    };
    const onAbort = () => stop({ kind: 'cancelled' });
    const letGo = (): void => {
      const streams = [child.stdin, child.stdout, child.stderr] as readonly { unref?: () => void }[];
      for (const held of [child, waiting, limit, leftOpen, ...streams]) held?.unref?.();
    };
    const waiting = options.onSlow === undefined ? undefined : setTimeout(options.onSlow.call, options.onSlow.after);
    const limit = setTimeout(() => stop({ kind: 'timed-out', limit: options.limit }), options.limit);
    options.signal?.addEventListener('abort', onAbort);
    options.leaving?.addEventListener('abort', letGo);
    if (options.leaving?.aborted === true) letGo();

    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      output.push(chunk);
      if (size > MOST_OUTPUT) stop({ kind: 'too-much' });
    });
    // Read it so that the program doesn't block, but drop it: it can contain the secret.
    child.stderr.resume();
    // The program may not read its input.
    child.stdin.on('error', () => {});
    child.once('error', (error) => settle(notStarted(error)));
    const ended = (code: number | null, signal: NodeJS.Signals | null) =>
      settle({ kind: 'ended', code, signal, stdout: Buffer.concat(output) });
    child.once('close', ended);
    child.once('exit', (code, signal) => {
      leftOpen = setTimeout(() => {
        ended(code, signal);
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
      }, LEFT_OPEN);
    });
    child.stdin.end(options.input ?? '');
  }).catch(notStarted);
}

/**
 * Returns the environment for programs that read or store a secret. They need their own settings. Our variables are removed, because they
 * can contain secrets.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return withAbsolutePath(Object.fromEntries(Object.entries(env).filter(([name]) => !/^kaltura_/i.test(name))));
}
