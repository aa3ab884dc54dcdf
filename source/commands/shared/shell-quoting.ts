const SHELLS = ['sh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** A text as one word of that shell, whatever is in it. */
export function quoted(text: string, shell: Shell): string {
  switch (shell) {
    case 'sh':
      return `'${text.replaceAll("'", "'\\''")}'`;
    case 'fish':
      return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
    case 'powershell':
      // It takes the typographic quotes for the straight one.
      return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
  }
}

/** A line that sets a variable for the programs that the shell starts. */
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

/** Shells that read what `sh` reads. */
const ALIASES: Readonly<Record<string, Shell>> = { bash: 'sh', zsh: 'sh', dash: 'sh', ksh: 'sh', pwsh: 'powershell' };

/** The shell that a name means; undefined where it is none that is known. */
export const shellNamed = (name: string): Shell | undefined => SHELLS.find((shell) => shell === name) ?? ALIASES[name];

/** The shell of the person, as far as the environment tells. */
export function shellOf(env: Readonly<Record<string, string | undefined>>): Shell {
  const shell = (env['SHELL'] ?? '').split(/[\\/]/).at(-1) ?? '';
  if (shell.startsWith('fish')) return 'fish';
  if (/^(pwsh|powershell)/.test(shell)) return 'powershell';
  return shell === '' && env['PSModulePath'] !== undefined ? 'powershell' : 'sh';
}
