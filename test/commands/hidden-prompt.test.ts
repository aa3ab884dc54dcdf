import { describe, expect, test } from 'vitest';
import { openKs } from '../../source/kaltura/ks/open.js';
import { Secret } from '../../source/kaltura/secret.js';
import { first } from '../sizes.js';
import { openTerminal, type TerminalOptions } from '../terminal/terminal.js';
import { LOCAL, PARTNER, SECRET } from './program.js';

const ask = (options: TerminalOptions = {}) =>
  openTerminal({ args: ['token', ...LOCAL], stdout: 'pipe', columns: 100, ...options });

const QUESTION = `Administrator Secret of partner ${PARTNER} (US), not shown:`;

describe('the question for a secret', () => {
  test('stands on standard error, is not shown, and the key alone is on standard output', async () => {
    const terminal = await ask();
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
    const terminal = await ask({ args: ['token', '--method', 'local', '--partner', PARTNER] });
    await terminal.waitFor(`Administrator Secret of partner ${PARTNER}, not shown:`);
    await terminal.press('ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });

  test('edits as a line does: Backspace, Ctrl-U, arrows that mean nothing, all in one chunk', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    await terminal.press('up');
    terminal.write(`wrong\x15xx\x7f\x7f\x1b[D${SECRET}y\x7f\r`);
    expect((await terminal.exit).code).toBe(0);
    expect(openKs(terminal.stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
  });

  test('takes a paste whole, with blanks and the line end around it', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    await terminal.paste(` ${SECRET}\n`);
    await terminal.press('enter');
    expect((await terminal.exit).code).toBe(0);
    expect(openKs(terminal.stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
  });

  test('is asked again when nothing was typed, and when a paste was too long for a secret', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    await terminal.press('enter');
    await terminal.waitFor('The Administrator Secret is missing.');
    await terminal.paste('x'.repeat(5_000));
    await terminal.press('enter');
    await terminal.waitFor('The Administrator Secret can have at most 4,096 characters.');
    await terminal.type(SECRET);
    await terminal.press('enter');
    expect((await terminal.exit).code).toBe(0);
  });

  test('ignores what the terminal reports on its own, whole or in pieces', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    const reports = '\x1b]11;rgb:ff/ff/ff\x07\x1bP1$r0m\x1b\\\x1b[5;9R\x1b[O\x1b[M !!\x1b[<0;5;5M\x1b[97;1:3u';
    terminal.write(`${SECRET.slice(0, 9)}${reports}`);
    for (const character of reports) terminal.write(character);
    terminal.write(`${SECRET.slice(9)}\x1b[13u`);
    expect((await terminal.exit).code).toBe(0);
    expect(openKs(terminal.stdout.trim(), [new Secret(SECRET)]).partnerId).toBe(Number(PARTNER));
  });

  test('ends at Ctrl+C in every encoding', async () => {
    const encodings = ['\x1b[200~half\x1b[99;5u', '\x1b]0;never ended\x03', '\x1b[99;5u', '\x1b[27;5;99~'];
    for (const sent of first(2, encodings)) {
      const terminal = await ask();
      await terminal.waitFor(QUESTION);
      terminal.write(sent);
      expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    }
  });

  test('takes 4,096 characters, more than the kernel’s line', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    await terminal.paste('01234567'.repeat(512));
    await terminal.press('enter');
    await terminal.waitFor('4096 characters');
    expect((await terminal.exit).code).toBe(0);
  });

  test('stays hidden with TERM=dumb, and sends no escape sequence there', async () => {
    const terminal = await ask({ env: { TERM: 'dumb' } });
    await terminal.waitFor(QUESTION);
    await terminal.type(SECRET);
    await terminal.press('enter');
    expect((await terminal.exit).code).toBe(0);
    expect(terminal.raw).not.toContain(SECRET);
    expect(terminal.raw).not.toContain('\x1b');
  });

  test.each(['ctrl+c', 'ctrl+d'] as const)(
    '%s gives up: 130, nothing on standard output, the terminal as it was',
    async (key) => {
      const terminal = await ask();
      await terminal.waitFor(QUESTION);
      await terminal.press(key);
      expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
      expect(terminal.stdout).toBe('');
      expect(terminal.modes.changed).toEqual([]);
    },
  );

  test('Ctrl-C gives up inside a paste that never ends too', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    terminal.write('\x1b[200~half');
    terminal.write('\x03');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.stdout).toBe('');
  });

  test('a signal leaves the terminal as it was too', async () => {
    const terminal = await ask();
    await terminal.waitFor(QUESTION);
    await terminal.type('half');
    terminal.kill('SIGTERM');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.modes.changed).toEqual([]);
  });
});

test.each([
  ['Enter', '\r'],
  ['a line end of two signs', '\r\n'],
])('what is typed ahead after %s answers the next question', async (_what, end) => {
  const args = ['profiles', 'add', 'p', ...LOCAL.slice(0, -1), '--store', 'file'];
  const terminal = await openTerminal({ args, columns: 100 });
  await terminal.waitFor(QUESTION);
  terminal.write(`${SECRET}${end}pass words, some${end}pass words, some${end}`);
  await terminal.waitFor('Saved in');
  expect(await terminal.exit).toEqual({ code: 0, lineRestored: true });
});

test('exec hands the terminal on after the question: the command reads what is typed then', async () => {
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

test('the word that forget wants', async () => {
  const add = ['profiles', 'add', 'one', '--region', 'practice'];
  const program = ['/bin/sh', '-c', '"$0" "$1" "$2" "$3" "$4" "$5" "$6" && "$0" "$1" forget'] as const;
  const start = () =>
    openTerminal({ program: [...program, process.execPath, `${process.cwd()}/dist/cli.js`], args: add, columns: 100 });
  const yes = await start();
  await yes.waitFor('Type the word forget');
  await yes.type('Forget');
  await yes.press('enter');
  await yes.waitFor('Nothing is left');
  expect((await yes.exit).code).toBe(0);
  const no = await start();
  await no.waitFor('Type the word forget');
  await no.type('no');
  await no.press('enter');
  await no.waitFor('Nothing was removed');
  expect((await no.exit).code).toBe(1);
});
