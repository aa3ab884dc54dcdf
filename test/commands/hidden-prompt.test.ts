import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { bracketed } from '../terminal/keys.js';
import { openTerminal, type TerminalOptions } from '../terminal/terminal.js';
import { LOCAL, openSandbox, PARTNER, SECRET } from './program.js';

const TOKEN = ['token', ...LOCAL];

/** Runs a command in this process, and types one of these texts at each question. */
const typeAt = async (args: readonly string[], ...typed: readonly string[]) =>
  (await openSandbox()).run(args, { typed });

/** Makes sure that these texts are read as the secret. Returns what was written to standard error. */
async function expectKey(...typed: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await typeAt(TOKEN, ...typed);
  expect(code, stderr).toBe(0);
  expect(openKs(stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
  return stderr;
}

const openPrompt = (options: TerminalOptions = {}) =>
  openTerminal({ args: TOKEN, stdout: 'pipe', columns: 100, ...options });

const QUESTION = `Administrator Secret of partner ${PARTNER} (US), not shown:`;

describe('the prompt for a secret', () => {
  test('is on standard error and hides the secret, while standard output has only the key', async () => {
    const terminal = await openPrompt();
    await terminal.waitFor(QUESTION);
    await terminal.type(SECRET);
    await terminal.press('enter');
    expect(await terminal.exit).toEqual({ code: 0, lineRestored: true });
    expect(terminal.stdout).toMatch(/^\S+\n$/);
    expect(openKs(terminal.stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
    expect(terminal.raw).not.toContain(SECRET);
    expect(terminal.frame()).toContain(`32 characters, ends in …${SECRET.slice(-4)}`);
    expect(terminal.modes.changed).toEqual([]);
  });

  test('names no region if none was given, because signing on this computer needs none', async () => {
    const { code, stderr } = await typeAt(['token', '--method', 'local', '--partner', PARTNER], '\x03');
    expect(stderr).toContain(`Administrator Secret of partner ${PARTNER}, not shown:`);
    expect(code).toBe(130);
  });

  test('handles Backspace and Ctrl+U and ignores arrows, also in one chunk', async () => {
    await expectKey(`\x1b[Awrong\x15xx\x7f\x7f\x1b[D${SECRET}y\x7f\r`);
  });

  test('accepts a paste with spaces and a line break around it', async () => {
    await expectKey(`${bracketed(` ${SECRET}\n`)}\r`);
  });

  test('asks again after an empty line, and after a paste that is too long', async () => {
    const stderr = await expectKey('\r', `${bracketed('x'.repeat(5_000))}\r`, `${SECRET}\r`);
    expect(stderr).toContain('The Administrator Secret is missing.');
    expect(stderr).toContain('The Administrator Secret can have at most 4,096 characters.');
  });

  test('ignores reports of the terminal, whole or in pieces', async () => {
    const terminal = await openPrompt();
    await terminal.waitFor(QUESTION);
    const reports = '\x1b]11;rgb:ff/ff/ff\x07\x1bP1$r0m\x1b\\\x1b[5;9R\x1b[O\x1b[M !!\x1b[<0;5;5M\x1b[97;1:3u';
    terminal.write(`${SECRET.slice(0, 9)}${reports}`);
    for (const character of reports) terminal.write(character);
    terminal.write(`${SECRET.slice(9)}\x1b[13u`);
    expect((await terminal.exit).code).toBe(0);
    expect(openKs(terminal.stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
  });

  test.each(['\x1b[200~half\x1b[99;5u', '\x1b[200~half\x03', '\x1b]0;never ended\x03', '\x1b[99;5u', '\x1b[27;5;99~'])(
    'ends at Ctrl+C in every encoding, also inside a paste that never ends: %j',
    async (sent) => {
      expect(await typeAt(TOKEN, sent)).toMatchObject({ code: 130, stdout: '' });
    },
  );

  test('ends at Ctrl+D in an empty line', async () => {
    expect(await typeAt(TOKEN, '\x04')).toMatchObject({ code: 130, stdout: '' });
  });

  test('accepts 4,096 characters, more than a line of the kernel', async () => {
    const terminal = await openPrompt();
    await terminal.waitFor(QUESTION);
    await terminal.paste('01234567'.repeat(512));
    await terminal.press('enter');
    await terminal.waitFor('4096 characters');
    expect((await terminal.exit).code).toBe(0);
  });

  test('hides the secret with TERM=dumb, without escape sequences', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(TOKEN, { env: { TERM: 'dumb' }, typed: [`${SECRET}\r`] });
    expect(code).toBe(0);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain('\x1b');
  });

  test('exits with 130 on Ctrl+C, prints nothing on standard output, and restores the terminal', async () => {
    const terminal = await openPrompt();
    await terminal.waitFor(QUESTION);
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.stdout).toBe('');
    expect(terminal.modes.changed).toEqual([]);
  });

  test('restores the terminal after a signal', async () => {
    const terminal = await openPrompt();
    await terminal.waitFor(QUESTION);
    await terminal.type('half');
    terminal.kill('SIGTERM');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.modes.changed).toEqual([]);
  });
});

test.each([
  ['Enter', '\r'],
  ['a line break of two characters', '\r\n'],
])('text that is typed ahead after %s answers the next question', async (_what, end) => {
  const args = ['profiles', 'add', 'p', ...LOCAL.slice(0, -1), '--store', 'file'];
  const { code, stderr } = await typeAt(args, `${SECRET}${end}pass words, some${end}pass words, some${end}`);
  expect(code).toBe(0);
  expect(stderr).toContain('Saved in');
});

test('exec gives the terminal to the command after the prompt', async () => {
  const args = ['exec', ...LOCAL, '--', '/bin/sh', '-c', 'echo ready; read line; echo "read: $line"'];
  const terminal = await openTerminal({ args, columns: 100 });
  await terminal.waitFor(QUESTION);
  await terminal.type(SECRET);
  await terminal.press('enter');
  await terminal.waitFor('ready');
  terminal.write('hello\r');
  await terminal.waitFor('read: hello');
  expect(await terminal.exit).toEqual({ code: 0, lineRestored: true });
});

test('forget removes everything only after the word forget', async () => {
  const sandbox = await openSandbox();
  expect((await sandbox.run(['profiles', 'add', 'one', '--region', 'practice'])).code).toBe(0);
  const no = await sandbox.run(['forget'], { typed: ['no\r'] });
  expect(no.stderr).toContain('Type the word forget');
  expect(no.stderr).toContain('Nothing was removed');
  expect(no.code).toBe(1);
  const yes = await sandbox.run(['forget'], { typed: ['Forget\r'] });
  expect(yes.stderr).toContain('Nothing is left');
  expect(yes.code).toBe(0);
});
