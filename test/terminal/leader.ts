import { join } from 'node:path';

/** Where the program's three streams go: to the terminal by default. */
export type Redirects = {
  /** empty: `</dev/null`. silent: an open pipe without input. text: `printf … | program`. */
  readonly stdin?: 'terminal' | 'empty' | 'silent' | { readonly text: string };
  /** pipe: as in `KS=$(program)`. file: `>file`. Both are captured. */
  readonly stdout?: 'terminal' | 'pipe' | 'file';
  /** file: `2>file`, captured. */
  readonly stderr?: 'terminal' | 'file';
};

/** An unused OSC number. With it, the shell below reports to the harness, in order with the program's output. */
export const reportCode = 7770;
export const reports = new RegExp(`\\x1b\\]${reportCode};[^\\x07]*\\x07`, 'g');

export const capturePath = (folder: string, name: 'stdin' | 'stdout' | 'stderr') => join(folder, name);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const report = (text: string) => `printf '\\033]${reportCode};${text}\\007'`;
const system = 'PATH=/usr/bin:/bin';

/**
 * Returns the script of the shell that is the session leader. It runs the program with its arguments ("$@"), and outlives it for two
 * reasons: when a session leader ends, the kernel discards unread output (measured: 3 of 4 runs lost the end of 20 kB) and resets the
 * terminal settings, which the harness compares. The shell reports the program's process ID and the terminal's name, the exit code, and
 * whether the terminal settings are unchanged. Then it stops itself, and the harness kills it.
 */
export function leaderScript(
  { stdin = 'terminal', stdout = 'terminal', stderr = 'terminal' }: Redirects,
  folder: string,
) {
  const path = (name: 'stdin' | 'stdout' | 'stderr') => quoted(capturePath(folder, name));
  const code = quoted(join(folder, 'code'));
  const input = { terminal: '', empty: '</dev/null', silent: '<&8', text: '' }[
    typeof stdin === 'string' ? stdin : 'text'
  ];
  const output = stdout === 'file' ? `>${path('stdout')}` : '';
  const errors = stderr === 'file' ? `2>${path('stderr')}` : '2>&9';
  const reportPid = `${report('pid %s %s')} "$$" "$(${system} tty <&9)" >&9`;
  const run = `/bin/sh -c ${quoted(`${reportPid}; exec "$0" "$@" 8<&- 9>&-`)} "$@" ${input} ${output} ${errors}`;
  const command = typeof stdin === 'string' ? run : `${system} cat ${path('stdin')} | ${run}`;
  return [
    'exec 9<&0 2>/dev/null',
    'trap : INT QUIT',
    stdin === 'silent' ? `${system} mkfifo ${path('stdin')}; exec 8<>${path('stdin')}` : '',
    `before=$(${system} stty -g)`,
    stdout === 'pipe'
      ? `{ ${command}; echo $? >${code}; } | ${system} cat >${path('stdout')}; read code <${code}`
      : `${command}; code=$?`,
    `${report('end %s')} "$code" >&9`,
    `if [ "$(${system} stty -g)" = "$before" ]; then line=restored; else line=changed; fi`,
    `${report('line %s')} "$line" >&9`,
    'kill -STOP $$',
  ].join('\n');
}
