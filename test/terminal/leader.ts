import { join } from 'node:path';

/** Where the program's three streams go. Everything that is not said stays on the terminal. */
export type Redirects = {
  /** nothing: `</dev/null`. silence: a pipe on which nothing ever comes, and which does not end. text: `printf … | program`. */
  readonly stdin?: 'terminal' | 'nothing' | 'silence' | { readonly text: string };
  /** pipe: as in `KS=$(program)`. file: `>file`. Both are captured. */
  readonly stdout?: 'terminal' | 'pipe' | 'file';
  /** file: `2>file`, captured. */
  readonly stderr?: 'terminal' | 'file';
};

/** An OSC number that nobody uses: how the shell below talks to the harness, in order with the program's own output. */
export const reportCode = 7770;
export const reports = new RegExp(`\\x1b\\]${reportCode};[^\\x07]*\\x07`, 'g');

export const capturePath = (folder: string, name: 'stdin' | 'stdout' | 'stderr') => join(folder, name);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const report = (text: string) => `printf '\\033]${reportCode};${text}\\007'`;
const system = 'PATH=/usr/bin:/bin';

/**
 * The shell that leads the terminal's session, started with the program and its arguments as "$@". It outlives the program, as
 * a person's shell does, for two reasons: when the leader of a session ends, the kernel throws away what the terminal has not
 * yet read (measured: 3 of 4 runs lost the end of 20 kB), and resets the line, so that nobody can see how the program left it.
 * It tells the program's process id and the terminal's name, the exit status, and whether the line is as before. Then it stops
 * itself, for the harness to end.
 */
export function leaderScript(
  { stdin = 'terminal', stdout = 'terminal', stderr = 'terminal' }: Redirects,
  folder: string,
) {
  const path = (name: 'stdin' | 'stdout' | 'stderr') => quoted(capturePath(folder, name));
  const code = quoted(join(folder, 'code'));
  const input = { terminal: '', nothing: '</dev/null', silence: '<&8', text: '' }[
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
    stdin === 'silence' ? `${system} mkfifo ${path('stdin')}; exec 8<>${path('stdin')}` : '',
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
