import type { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { Secret } from '../../kaltura/secret.js';
import { type CommandTrouble, commandError } from '../../secrets/command.js';
import type { SecretSource } from '../../secrets/source.js';
import { secretLine } from '../../secrets/source-error.js';
import { childEnvironment, runProcess } from './run-process.js';

export interface CommandDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly spawn: typeof spawn;
  /** Milliseconds; long, because the command may ask for a touch or a passphrase. */
  readonly limit: number;
  /** Milliseconds after which `onWaiting` is told. */
  readonly patience: number;
  onWaiting(source: string): void;
}

type CommandPlace = Extract<SecretSource, { kind: 'command' }>;

const textOf = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  } finally {
    bytes.fill(0);
  }
};

/**
 * Runs a command and returns its output as the secret. Its standard input is empty: a program that asks for a passphrase (gpg, op, ssh)
 * uses the terminal itself, which it keeps. A program that reads its input would take key presses from the wizard, or data from a script;
 * now it fails at once. Never shows its standard error, which would be drawn over the wizard and can contain the secret.
 * @throws {SecretSourceError}
 */
export async function readCommand(place: CommandPlace, deps: CommandDeps, signal?: AbortSignal): Promise<Secret> {
  const [program = '', ...args] = place.command;
  const source = place.usesShell ? 'The command for the shell' : `The command “${basename(program)}”`;
  const outcome = await runProcess({
    command: program,
    args,
    usesShell: place.usesShell,
    env: childEnvironment(deps.env),
    input: null,
    limit: deps.limit,
    patience: deps.patience,
    onWaiting: () => deps.onWaiting(source),
    signal,
    spawn: deps.spawn,
  });
  const fail = (trouble: CommandTrouble) => commandError(trouble, source);
  if (outcome.kind !== 'ended') throw fail(outcome);
  const printed = textOf(outcome.stdout);
  if (outcome.code !== 0) throw fail({ kind: 'exit', code: outcome.code, signal: outcome.signal });
  if (printed === null) throw fail({ kind: 'not-text' });
  return new Secret(secretLine(printed, 'command', source));
}
