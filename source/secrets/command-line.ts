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
