import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LOCAL } from '../commands/program.js';
import { first } from '../sizes.js';
import { deferred } from './deferred.js';
import { createIsolation } from './isolation.js';
import { isLineRaw } from './raw-line.js';
import type { TerminalOptions } from './terminal.js';
import { openWizard, type Wizard } from './wizard.js';

const PROGRAM = resolve('dist/cli.js');
const TYPED = 'c0ffee-c0ffee';

/** Each place where the user types a secret: the arguments, a part of the question, and how to reach it. */
const PROMPTS = {
  'a command': { args: ['token', ...LOCAL], question: 'not shown:', goTo: async (_wizard: Wizard) => {} },
  'the wizard': {
    args: [],
    question: 'Secret',
    goTo: async (wizard: Wizard) => {
      await wizard.chooseByPrefix('Self-hosted server');
      await wizard.fill('URL', 'https://kaltura.example');
      await wizard.chooseByPrefix('Account secret, sent');
      await wizard.fill('Partner ID', '2345678');
      await wizard.atField('Secret');
    },
  },
  'the wizard with --accessible': {
    args: ['--accessible'],
    question: 'not shown',
    goTo: async (wizard: Wizard) => {
      let readTo = 0;
      for (const [question, answer] of [
        ['? help.', '3'],
        ['? help.', '1'],
        ['Partner ID:', '2345678'],
      ] as const) {
        await wizard.waitFor(() => wizard.raw.includes(question, readTo));
        readTo = wizard.raw.indexOf(question, readTo) + question.length;
        await wizard.type(answer);
        await wizard.press('enter');
      }
    },
  },
} as const;

type Prompt = keyof typeof PROMPTS;
const ALL = Object.keys(PROMPTS) as Prompt[];

/** Starts the program as a shell job. The shell records the terminal settings while the program is stopped, and then continues it. */
async function startAsJob(prompt: Prompt, { stty }: { readonly stty: string }): Promise<Wizard> {
  const script = [
    'PATH=/usr/bin:/bin; set -m; tty >tty',
    `sh -c 'echo $$ >pid; exec "$0" "$@"' "$0" "$@"`,
    `stty -a >line; ${stty}; printf '\\r\\nstopped\\r\\n'; fg >fg; exit $?`,
  ].join('\n');
  const program = ['/bin/sh', '-c', script, process.execPath] as const;
  const options: TerminalOptions = { program, args: [PROGRAM, ...PROMPTS[prompt].args], columns: 100 };
  const wizard = await openWizard(options);
  await PROMPTS[prompt].goTo(wizard);
  await wizard.waitFor(PROMPTS[prompt].question);
  return wizard;
}

const STOPS = ['SIGTSTP', 'SIGSTOP'] as const;

/** Stops the program while it waits for a secret, continues it, and types the secret. */
async function stopAndContinue(prompt: (typeof ALL)[number], stop: (typeof STOPS)[number] | 'ctrl+z'): Promise<void> {
  const wizard = await startAsJob(prompt, { stty: stop === 'SIGSTOP' ? 'stty sane' : ':' });
  const readReport = async (file: string) => (await readFile(join(wizard.home, file), 'utf8')).trim();
  const tty = await readReport('tty');
  while (!(await isLineRaw(tty)));
  const before = wizard.raw.length;
  if (stop === 'ctrl+z') await wizard.press(stop);
  else process.kill(Number(await readReport('pid')), stop);
  await wizard.waitFor(() => wizard.raw.slice(before).includes('stopped'));
  // While the program is stopped, the terminal echoes input, and bracketed paste is off.
  if (stop !== 'SIGSTOP') {
    expect(await readReport('line')).toMatch(/ icanon .* echo /s);
    expect(wizard.raw.slice(before, wizard.raw.indexOf('stopped', before))).toContain('\x1b[?2004l');
  }
  let hasEnded = false;
  void wizard.exit.then(() => {
    hasEnded = true;
  });
  while (!(await isLineRaw(tty))) if (hasEnded) throw new Error('The program ended without reading keys again');
  await wizard.waitFor(() =>
    wizard.raw.slice(wizard.raw.indexOf('stopped', before)).includes(PROMPTS[prompt].question),
  );
  await wizard.waitFor(() => wizard.modes.bracketedPaste);
  await wizard.type(TYPED);
  await wizard.press('ctrl+c');
  expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
  expect(wizard.raw).not.toContain(TYPED.slice(0, 6));
  expect(wizard.modes.changed).toEqual([]);
}

describe.each(ALL)('typing a secret in %s', (prompt) => {
  test.each(first(prompt === 'the wizard' ? 2 : 1, prompt === 'a command' ? STOPS.toReversed() : STOPS))(
    'keeps it hidden after %s and SIGCONT',
    (signal) => stopAndContinue(prompt, signal),
  );
});

test('typing a secret in a command keeps it hidden after Ctrl+Z and fg', () => stopAndContinue('a command', 'ctrl+z'));

/** Signals that users send, and signals that Ink and Node don't handle. */
const SIGNALS = ['SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGUSR2', 'SIGALRM', 'SIGXCPU', 'SIGABRT'] as const;

describe.each(ALL)('a signal in %s', (prompt) => {
  test.each(first(prompt === 'the wizard' ? 3 : 1, SIGNALS))('restores the terminal on %s', async (signal) => {
    const wizard = await openWizard({ args: PROMPTS[prompt].args, columns: 100, stdout: 'pipe' });
    await wizard.waitFor(prompt === 'a command' ? 'not shown:' : 'region is your account in?');
    await wizard.waitFor(() => wizard.modes.bracketedPaste);
    wizard.kill(signal);
    // A cancelled command ends with 130, as after Ctrl+C.
    const code = prompt === 'a command' ? 130 : 128 + constants.signals[signal];
    expect(await wizard.exit).toEqual({ code, lineRestored: true });
    expect(wizard.modes.changed).toEqual([]);
    expect(wizard.stdout).toBe('');
  });

  test('is ignored if it is SIGUSR1, and opens no debugger', async () => {
    const wizard = await openWizard({ args: PROMPTS[prompt].args, columns: 100 });
    await wizard.waitFor(prompt === 'a command' ? 'not shown:' : 'region is your account in?');
    await wizard.waitFor(() => wizard.modes.bracketedPaste);
    wizard.kill('SIGUSR1');
    await wizard.press('ctrl+c');
    expect(await wizard.exit).toEqual({ code: 130, lineRestored: true });
    expect(wizard.raw).not.toContain('Debugger');
  });
});

test('a command exits with 129 if its terminal is closed', async () => {
  const { home, env, remove } = await createIsolation({ PATH: '/usr/bin:/bin' });
  onTestFinished(remove);
  const script = `ulimit -c unlimited; trap '' HUP; "$0" "$@" 2>&1; echo $? >code`;
  const pty = spawn('/bin/sh', ['-c', script, process.execPath, PROGRAM, 'token', ...LOCAL], { cwd: home, env });
  const [hasStarted, ended] = [deferred<void>(), deferred<void>()];
  let seen = '';
  pty.onData((data) => {
    seen += data;
    if (seen.includes('not shown:')) hasStarted.resolve();
  });
  pty.onExit(() => ended.resolve());
  await hasStarted.promise;
  // Not `kill`, which would send a signal of its own.
  (pty as unknown as { _socket: { destroy(): void } })._socket.destroy();
  await ended.promise;
  expect(await readFile(join(home, 'code'), 'utf8')).toBe('129\n');
});
