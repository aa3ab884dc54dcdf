import type { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { Secret } from '../../kaltura/secret.js';
import { firstLineText } from '../../secrets/describe.js';
import type { SecretSource } from '../../secrets/source.js';
import { SecretSourceError, secretLine } from '../../secrets/source-error.js';
import { childEnvironment, runProcess } from './run-process.js';

/** Why a command returned no secret. */
type CommandTrouble =
  | { readonly kind: 'not-started'; readonly code: string }
  | { readonly kind: 'timed-out'; readonly limit: number }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'not-text' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null };

/** Explains the exit codes with which a shell reports an error of its own. */
const exitCodeText = (code: number | null): string =>
  code === 127 ? ' (the shell did not find it)' : code === 126 ? ' (the shell is not allowed to run it)' : '';

/**
 * Describes the failure. Only the program is named, because the arguments can be private. The output of the program is never shown,
 * because it can contain the secret.
 */
function commandError(trouble: CommandTrouble, source: string): SecretSourceError {
  const by = 'To see its error message, run the command yourself in this terminal.';
  switch (trouble.kind) {
    case 'not-started':
      if (trouble.code === 'ENOENT') {
        const remedy =
          'Install it, or give its full path. If it needs a shell (an alias, a .cmd file), use a shell command in the profile.';
        return new SecretSourceError('not-found', `${source} was not found.`, remedy);
      }
      if (trouble.code === 'EACCES' || trouble.code === 'EPERM') {
        return new SecretSourceError(
          'denied',
          `${source} can’t be run: permission denied.`,
          'Make the file executable for your user.',
        );
      }
      return new SecretSourceError('failed', `${source} could not be started (${trouble.code}).`, by);
    case 'timed-out': {
      const message = `${source} did not finish within ${trouble.limit / 1000} seconds and was stopped.`;
      const remedy = 'It may be waiting for a touch, an unlock or a sign-in. Do that first, then try again.';
      return new SecretSourceError('timed-out', message, remedy);
    }
    case 'too-much':
      return new SecretSourceError('too-long', `${source} printed too much text for a secret.`, by);
    case 'not-text':
      return new SecretSourceError('failed', `${source} printed something that is not UTF-8 text.`, by);
    case 'cancelled':
      return new SecretSourceError('cancelled', `${source} was stopped.`, 'Try again.');
    case 'exit': {
      const end = trouble.signal === null ? `exit code ${trouble.code}${exitCodeText(trouble.code)}` : trouble.signal;
      return new SecretSourceError('failed', `${source} failed with ${end}.`, by);
    }
  }
}

export interface CommandDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly spawn: typeof spawn;
  /** Milliseconds; long, because the command may ask for a touch or a passphrase. */
  readonly limit: number;
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
 * now it fails at once. Never shows its standard error, which would be drawn over the wizard and can contain the secret. Nothing else is
 * written while it runs, because it may ask on the terminal.
 * @throws {SecretSourceError}
 */
export async function readCommand(
  place: CommandPlace,
  deps: CommandDeps,
  signal: AbortSignal | undefined,
): Promise<Secret> {
  const [program = '', ...args] = place.command;
  const source = place.usesShell ? 'The shell command' : `The command “${basename(program)}”`;
  const outcome = await runProcess({
    command: program,
    args,
    usesShell: place.usesShell,
    env: childEnvironment(deps.env),
    input: null,
    limit: deps.limit,
    signal,
    spawn: deps.spawn,
  });
  const fail = (trouble: CommandTrouble) => commandError(trouble, source);
  if (outcome.kind !== 'ended') throw fail(outcome);
  const printed = textOf(outcome.stdout);
  if (outcome.code !== 0) throw fail({ kind: 'exit', code: outcome.code, signal: outcome.signal });
  if (printed === null) throw fail({ kind: 'not-text' });
  return new Secret(secretLine(printed, 'command', source, firstLineText(place)));
}
