import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { openSandbox } from '../commands/program.js';
import { openTerminal, type PseudoTerminal } from '../terminal/terminal.js';

const SHELLS = {
  bash: { file: 'rc', command: (home: string) => ['--rcfile', join(home, 'rc'), '-i'] },
  zsh: { file: '.zshrc', command: () => ['-i'] },
  fish: { file: '.config/fish/config.fish', command: () => ['-i'] },
} as const;

type Shell = keyof typeof SHELLS;

const START: Readonly<Record<Shell, string>> = {
  bash: `PS1='> '; bind 'set bell-style none'; source <(kaltura-ks completion bash)`,
  zsh: `PROMPT='> '; unsetopt beep list_ambiguous; autoload -Uz compinit; compinit -u -D; source <(kaltura-ks completion zsh)`,
  fish: `function fish_prompt; printf '> '; end; set fish_greeting; kaltura-ks completion fish | source`,
};

const PROGRAM = resolve('dist/cli.js');

const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['--version']).error === undefined;

/** Starts an interactive shell with its completion script, four profiles and a file. */
async function openShell(shell: Shell): Promise<{ readonly terminal: PseudoTerminal; readonly home: string }> {
  const { home, env, run } = await openSandbox();
  for (const name of ['prod', 'staging eu', `it's $(touch pwned)`, 'a@b:c=d e']) {
    await run(['profiles', 'add', name, '--region', 'practice']);
  }
  const { file, command } = SHELLS[shell];
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'kaltura-ks'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(home, 'bin', 'kaltura-ks'), 0o755);
  writeFileSync(join(home, 'secret file.txt'), '');
  mkdirSync(join(home, '.config', 'fish'), { recursive: true });
  writeFileSync(join(home, file), `${START[shell]}\n`);
  const terminal = await openTerminal({
    program: ['/usr/bin/env', shell, ...command(home)],
    cwd: home,
    columns: 100,
    rows: 40,
    env: { ...env, ZDOTDIR: home, PATH: `${join(home, 'bin')}:/usr/bin:/bin` },
  });
  await terminal.waitFor(/^>$/m);
  return { terminal, home };
}

/** Types a line, presses Tab, and waits for the completed line. */
async function expectLine(terminal: PseudoTerminal, typed: string, completed: string): Promise<void> {
  await terminal.type(typed);
  await terminal.waitFor((rows) => rows.some((row) => row.trimEnd() === `> ${typed}`.trimEnd()));
  await terminal.press('tab');
  await terminal.waitFor((rows) => rows.some((row) => row.trimEnd() === `> ${completed}`));
  await terminal.press('ctrl+u', 'ctrl+l');
  await terminal.waitFor((rows) => rows.join('\n').trim() === '>');
}

/** Lines that each shell completes in the same way. completion.test.ts tests the words themselves. */
const COMMON: readonly (readonly [string, string])[] = [
  ['kaltura-ks use py', 'kaltura-ks use python'],
  ['kaltura-ks use python pr', 'kaltura-ks use python prod'],
  ['kaltura-ks token --region=pr', 'kaltura-ks token --region=practice'],
  [String.raw`kaltura-ks token staging\ e`, String.raw`kaltura-ks token staging\ eu`],
  ['kaltura-ks token "staging e', 'kaltura-ks token "staging eu"'],
  ['kaltura-ks token it', String.raw`kaltura-ks token it\'s\ \$\(touch\ pwned\)`],
  ['kaltura-ks token --secret-file=sec', String.raw`kaltura-ks token --secret-file=secret\ file.txt`],
  ['kaltura-ks exec prod -- sha256s', 'kaltura-ks exec prod -- sha256sum'],
  ['kaltura-ks exec prod -- cat sec', String.raw`kaltura-ks exec prod -- cat secret\ file.txt`],
];

/** Words that only bash splits: at COMP_WORDBREAKS and at an open quote. */
const IN_BASH: readonly (readonly [string, string])[] = [
  [`kaltura-ks token 'staging e`, `kaltura-ks token 'staging eu'`],
  ['kaltura-ks token "it', String.raw`kaltura-ks token "it's \$(touch pwned)"`],
  ['kaltura-ks token a@b:c=', String.raw`kaltura-ks token a@b:c=d\ e`],
  ['kaltura-ks token --region="pr', 'kaltura-ks token --region="practice"'],
];

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  test.skipIf(!isInstalled(shell))(
    `completes in an interactive ${shell} (skipped if it is not installed)`,
    async () => {
      const { terminal, home } = await openShell(shell);
      const cases = shell === 'bash' ? [...COMMON, ...IN_BASH] : COMMON;
      for (const [typed, completed] of cases) await expectLine(terminal, typed, completed);
      if (shell !== 'bash') {
        await terminal.type('kaltura-ks token --e');
        await terminal.press('tab');
        // This description contains a colon.
        await terminal.waitFor('the lifetime: 90m');
      }
      expect(existsSync(join(home, 'pwned'))).toBe(false);
    },
  );
}
