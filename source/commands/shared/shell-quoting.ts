const SHELLS = ['sh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** Quotes any text as one word of that shell. */
export function quoted(text: string, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return `'${text.replaceAll("'", "'\\''")}'`;
    case 'fish':
      return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
    case 'powershell':
      // PowerShell treats typographic quotes like the straight one.
      return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
  }
}

/** Returns a line that sets a variable for programs started by the shell. */
export function exportLine(name: string, value: string, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return `export ${name}=${quoted(value, shell)}`;
    case 'fish':
      return `set -gx ${name} ${quoted(value, shell)}`;
    case 'powershell':
      return `$env:${name} = ${quoted(value, shell)}`;
  }
}

/** Returns a line that removes a variable. */
export function unsetLine(name: string, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return `unset ${name}`;
    case 'fish':
      return `set -e ${name}`;
    case 'powershell':
      return `Remove-Item Env:${name}`;
  }
}

/** Shells with the syntax of `sh` or PowerShell. */
const ALIASES: ReadonlyMap<string, Shell> = new Map(
  Object.entries<Shell>({ bash: 'sh', zsh: 'sh', dash: 'sh', ksh: 'sh', pwsh: 'powershell' }),
);

/** Returns the shell of a name; undefined if it is unknown. */
export const shellNamed = (name: string): Shell | undefined =>
  SHELLS.find((shell) => shell === name) ?? ALIASES.get(name);

/** Detects the user's shell from the environment. */
export function shellOf(env: Readonly<Record<string, string | undefined>>): Shell {
  const shell = (env['SHELL'] ?? '').split(/[\\/]/).at(-1) ?? '';
  if (shell.startsWith('fish')) return 'fish';
  if (/^(pwsh|powershell)/.test(shell)) return 'powershell';
  return shell === '' && env['PSModulePath'] !== undefined ? 'powershell' : 'sh';
}

/** Returns a text as an argument that can be pasted into the user's shell: quoted only if it needs quotes. */
export const argumentFor = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  /^[\w.@-]+$/.test(text) ? text : quoted(text, shellOf(env));
