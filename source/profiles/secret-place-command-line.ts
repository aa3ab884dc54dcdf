/** A typed line as the name of a program and its arguments, or why it is not one. */
export type CommandLine =
  | { readonly kind: 'command'; readonly command: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'open-quote' }
  /** It uses what only a shell understands, such as a pipe; `sign` is the first of these. */
  | { readonly kind: 'needs-shell'; readonly sign: string };

/** In this order: 'single', "double", \escaped, plain, blanks, and a quote or backslash that has no partner. */
const PIECES = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)|(['"\\])/gsu;
/** On Windows a backslash is a letter like any other. */
const WINDOWS_PIECES = /'([^']*)'|"([^"]*)"|(?!)(.)|([^\s'"]+)|(\s+)|(['"])/gsu;
const SHELL_SIGN = /[|&;<>$`()*?]|^[~#]/;
const SIGN_IN_QUOTES = /(?<!\\)[$`]/;

/** Takes a line apart at its blanks. Quotes and backslashes keep together what belongs together, as in a shell. */
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
    // Between double quotes a backslash counts only before these.
    const quoted = isWindows ? double : double?.replaceAll(/\\(["\\$`])/g, '$1');
    word = (word ?? '') + (single ?? quoted ?? escaped ?? plain ?? '');
  }
  if (word !== null) command.push(word);
  return command.length === 0 ? { kind: 'empty' } : { kind: 'command', command };
}
