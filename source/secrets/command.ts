import { SecretSourceError } from './source-error.js';

/** Why a command returned no secret. */
export type CommandTrouble =
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
export function commandError(trouble: CommandTrouble, source: string): SecretSourceError {
  const by = 'To see its error message, run the command yourself in this terminal.';
  switch (trouble.kind) {
    case 'not-started':
      if (trouble.code === 'ENOENT') {
        const remedy =
          'Install it, or give its full path. Where it needs a shell (an alias, a .cmd file), say so in the profile.';
        return new SecretSourceError('not-found', 'command', `${source} was not found.`, remedy);
      }
      if (trouble.code === 'EACCES' || trouble.code === 'EPERM') {
        return new SecretSourceError(
          'denied',
          'command',
          `${source} may not be run.`,
          'Make the file executable for you.',
        );
      }
      return new SecretSourceError('failed', 'command', `${source} could not be started (${trouble.code}).`, by);
    case 'timed-out': {
      const message = `${source} did not finish within ${trouble.limit / 1000} seconds and was stopped.`;
      const remedy = 'See whether it waits for a touch, an unlock or a sign-in; do that first, and try again.';
      return new SecretSourceError('timed-out', 'command', message, remedy);
    }
    case 'too-much':
      return new SecretSourceError('too-long', 'command', `${source} printed far more than a secret.`, by);
    case 'not-text':
      return new SecretSourceError('failed', 'command', `${source} printed what is no text (UTF-8).`, by);
    case 'cancelled':
      return new SecretSourceError('cancelled', 'command', `${source} was stopped.`, 'Try again when you like.');
    case 'exit': {
      const end = trouble.signal === null ? `exit code ${trouble.code}${exitCodeText(trouble.code)}` : trouble.signal;
      return new SecretSourceError('failed', 'command', `${source} failed with ${end}.`, by);
    }
  }
}

/** A parsed command line: the program and its arguments, or why it can't be run. */
export type CommandLine =
  | { readonly kind: 'command'; readonly command: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'open-quote' }
  /** It uses shell syntax, such as a pipe; `sign` is the first example. */
  | { readonly kind: 'needs-shell'; readonly sign: string };

/** In this order: 'single quotes', "double quotes", \escape, plain text, blanks, and an unmatched quote or backslash. */
const PIECES = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)|(['"\\])/gsu;
/** On Windows, a backslash is an ordinary character. */
const WINDOWS_PIECES = /'([^']*)'|"([^"]*)"|(?!)(.)|([^\s'"]+)|(\s+)|(['"])/gsu;
const SHELL_SIGN = /[|&;<>$`()*?]|^[~#]/;
const SIGN_IN_QUOTES = /(?<!\\)[$`]/;

/** Splits a line at its blanks. Quotes and backslashes work as in a shell. */
export function splitCommandLine(line: string, isWindows = false): CommandLine {
  const command: string[] = [];
  let word: string | null = null;
  for (const [, single, double, escaped, plain, blanks, stray] of line.matchAll(isWindows ? WINDOWS_PIECES : PIECES)) {
    if (stray !== undefined) return { kind: 'open-quote' };
    if (blanks !== undefined) {
      if (word !== null) command.push(word);
      word = null;
      continue;
    }
    const sign = SHELL_SIGN.exec(plain ?? '') ?? SIGN_IN_QUOTES.exec(double ?? '');
    if (sign !== null) return { kind: 'needs-shell', sign: sign[0] };
    // In double quotes, a backslash escapes only these characters.
    const quoted = isWindows ? double : double?.replaceAll(/\\(["\\$`])/g, '$1');
    word = (word ?? '') + (single ?? quoted ?? escaped ?? plain ?? '');
  }
  if (word !== null) command.push(word);
  return command.length === 0 ? { kind: 'empty' } : { kind: 'command', command };
}
