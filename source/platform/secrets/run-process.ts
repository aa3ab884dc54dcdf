import type { ChildProcessWithoutNullStreams, spawn as spawnProcess } from 'node:child_process';
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
export async function runProcess(options: ProcessOptions): Promise<ProcessOutcome> {
  if (options.signal?.aborted === true) return { kind: 'cancelled' };
  try {
    const program = options.usesShell ? options.command : findProgram(options.command, options.env);
    if (program === null) return { kind: 'not-started', code: 'ENOENT' };
    return await outcomeOf(start(program, options), options);
  } catch (error) {
    return notStarted(error);
  }
}

const start = (program: string, { args, env, usesShell, spawn }: ProcessOptions): ChildProcessWithoutNullStreams =>
  spawn(program, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
    shell: usesShell ? systemShell(env) : false,
    windowsHide: true,
  });

function outcomeOf(child: ChildProcessWithoutNullStreams, options: ProcessOptions): Promise<ProcessOutcome> {
  const { onSlow, signal, leaving } = options;
  return new Promise((resolve) => {
    const output = collectOutput(child, () => stop({ kind: 'too-much' }));
    let leftOpen: NodeJS.Timeout | undefined;
    const settle = (outcome: ProcessOutcome): void => {
      for (const timer of [waiting, limit, leftOpen]) clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      leaving?.removeEventListener('abort', letGo);
      output.clear();
      resolve(outcome);
    };
    const stop = (outcome: ProcessOutcome): void => {
      kill(child);
      settle(outcome);
    };
    const cancel = () => stop({ kind: 'cancelled' });
    const letGo = () => unref([child, waiting, limit, leftOpen, child.stdin, child.stdout, child.stderr]);
    const waiting = onSlow === undefined ? undefined : setTimeout(onSlow.call, onSlow.after);
    const limit = setTimeout(() => stop({ kind: 'timed-out', limit: options.limit }), options.limit);
    signal?.addEventListener('abort', cancel);
    leaving?.addEventListener('abort', letGo);
    if (leaving?.aborted === true) letGo();

    child.once('error', (error) => settle(notStarted(error)));
    const ended = (code: number | null, bySignal: NodeJS.Signals | null) =>
      settle({ kind: 'ended', code, signal: bySignal, stdout: output.all() });
    child.once('close', ended);
    child.once('exit', (code, bySignal) => {
      leftOpen = setTimeout(() => {
        ended(code, bySignal);
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
      }, LEFT_OPEN);
    });
    // The program may not read its input.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Collects standard output. */
function collectOutput({ stdout, stderr }: ChildProcessWithoutNullStreams, onTooMuch: () => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MOST_OUTPUT) onTooMuch();
  });
  // Read it so that the program doesn't block, but drop it: it can contain the secret.
  stderr.resume();
  return {
    all: (): Buffer => Buffer.concat(chunks),
    clear: (): void => {
      for (const chunk of chunks) chunk.fill(0);
    },
  };
}

function kill(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  // Killing the process doesn't kill what a shell has started, but its output is ignored.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  child.unref();
}

/** Lets Node exit while these handles are open. Some streams can't be released. */
function unref(handles: readonly (object | undefined)[]): void {
  for (const handle of handles as readonly { unref?: () => void }[]) handle?.unref?.();
}

/**
 * Returns the environment for programs that read or store a secret. They need their own settings. Our variables are removed, because they
 * can contain secrets.
 */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return withAbsolutePath(Object.fromEntries(Object.entries(env).filter(([name]) => !/^kaltura_/i.test(name))));
}
