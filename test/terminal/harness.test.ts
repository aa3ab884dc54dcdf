import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFull } from '../sizes.js';
import { openTerminal } from './terminal.js';

const fixture = (name: string) => `test/terminal/fixtures/${name}.js`;
const openForm = (options = {}) =>
  openTerminal({ program: fixture('form'), env: { NODE_ENV: 'production' }, ...options });
const longLine = `${'k'.repeat(299)}$`;
/** Not one that was ended and that only waits for its parent to notice (Z). */
const isRunning = (pid: number) =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

describe.runIf(isFull)('reading the screen', () => {
  test.each([40, 80, 200])('a line that the terminal wraps at %i columns is read back as one', async (columns) => {
    const terminal = await openForm({ columns });
    await terminal.waitFor('end of form');
    await terminal.press('enter');
    await terminal.waitFor('$');
    expect(terminal.scrollback()[0]).toBe(longLine);
    expect(terminal.screen()[0]).toBe('k'.repeat(columns));

    terminal.resize(60, 24);
    await terminal.waitFor('form, 60 wide');
    expect(terminal.scrollback().filter((line) => line === longLine)).toHaveLength(1);

    await terminal.press('esc');
    expect(await terminal.exit).toEqual({ code: 0, lineRestored: true });
    expect(terminal.scrollback()).toContain(longLine);
  });

  test('looks, cells, cursor and modes', async () => {
    const terminal = await openForm();
    await terminal.waitFor('end of form');
    expect(terminal.cells(0)).toEqual([{ text: 'form, 80 wide', width: 13, style: { fg: 6, bold: true } }]);
    expect(terminal.cells(3)).toEqual([{ text: 'end of form', width: 11, style: { inverse: true } }]);
    expect(terminal.styles()).toEqual(new Set(['fg', 'bold', 'dim', 'inverse']));
    expect(terminal.cursor.visible).toBe(false);

    await terminal.press('esc');
    await terminal.exit;
    expect(terminal.cursor).toEqual({ column: 0, row: 4, visible: true });
    expect(terminal.modes).toMatchObject({ changed: [], alternateScreenUsed: false });
  });

  test('without colors nothing has a look but what is asked for', async () => {
    const terminal = await openForm({ env: { NODE_ENV: 'production', FORCE_COLOR: '0' } });
    await terminal.waitFor('end of form');
    expect(terminal.styles()).toEqual(new Set());
  });

  test('a terminal that a program left in disorder', async () => {
    const terminal = await openTerminal({ program: fixture('modes') });
    expect(await terminal.exit).toEqual({ code: 137, lineRestored: false });
    expect(terminal.modes).toMatchObject({ alternateScreen: true, cursorVisible: false, bracketedPaste: true });
    expect(terminal.modes.changed).toEqual(['?1049h', '?25l', '?2004h']);
    expect(terminal.screen()[0]).toBe('gone wild');
  });

  test('all output is read, even of a program that ends at once', async () => {
    const write = `process.stdout.write('x'.repeat(60_000) + 'end')`;
    const terminal = await openTerminal({ program: [process.execPath, '-e', write] });
    await terminal.exit;
    expect(terminal.raw).toBe(`${'x'.repeat(60_000)}end`);
    expect(terminal.scrollback()).toEqual([`${'x'.repeat(60_000)}end`]);
  });

  test('what goes to the clipboard by way of the terminal', async () => {
    const copy = "process.stdout.write('\\x1b]52;c;' + Buffer.from('schlüssel').toString('base64') + '\\x07')";
    const terminal = await openTerminal({ program: [process.execPath, '-e', copy] });
    await terminal.exit;
    expect(terminal.clipboard).toEqual(['schlüssel']);
    expect(terminal.frame()).toBe('');
  });

  test('what can no longer come fails with the screen', async () => {
    const terminal = await openTerminal({ program: fixture('streams'), args: ['3'] });
    await expect(terminal.waitFor('never')).rejects.toThrow(/ended with 3 before .*never[\s\S]*the result/);
    await terminal.waitFor(/^the\s+result$/m);
    await terminal.waitFor((rows) => rows[0] === 'the result');
  });
});

describe.runIf(isFull)('keys', () => {
  test('each arrives as the key it is', async () => {
    const terminal = await openForm({ columns: 120 });
    const keys = ['up', 'down', 'left', 'right', 'tab', 'shift+tab', 'backspace', 'home', 'end', 'pagedown'] as const;
    const names = 'upArrow downArrow leftArrow rightArrow tab shift+tab backspace home end pageDown'.split(' ');
    for (const [index, key] of keys.entries()) {
      await terminal.press(key);
      await terminal.waitFor(`keys ${names.slice(0, index + 1).join(' ')}`);
    }
    await terminal.type('söme text');
    await terminal.waitFor('value söme text');
  });

  test('Ctrl-C right at the start is a key, not a signal', async () => {
    const terminal = await openForm();
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.modes.changed).toEqual([]);
  });

  test('Ctrl-C for a program that reads no keys is a signal', async () => {
    const terminal = await openTerminal({ program: fixture('streams'), args: ['0', 'stay'] });
    await terminal.waitFor('waiting');
    terminal.write('\x03');
    expect((await terminal.exit).code).toBe(130);
  });

  test('Ctrl-C before the program has drawn anything ends it', async () => {
    const terminal = await openForm();
    terminal.write('\x03');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
  });

  test('keys written as one chunk arrive in order', async () => {
    const terminal = await openForm();
    await terminal.waitFor('end of form');
    await terminal.press('up', 'down', 'ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });

  test.each([10_000, 100_000])('a paste of %i characters arrives whole', async (length) => {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const terminal = await openForm();
    await terminal.waitFor('end of form');
    await terminal.paste(text);
    await terminal.waitFor(`length ${length}, hash ${hash}`);
    expect(terminal.modes.bracketedPaste).toBe(true);
  });
});

describe.runIf(isFull)('redirected streams', () => {
  const run = (options: Parameters<typeof openTerminal>[0], ...args: string[]) =>
    openTerminal({ program: fixture('streams'), args: ['5', ...args], ...options });

  test.each(['pipe', 'file'] as const)('stdout to a %s', async (stdout) => {
    const terminal = await run({ stdout });
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.stdout).toBe('the result\n');
    expect(terminal.frame()).toBe('stdin true, stdout false, stderr true');
  });

  test('stderr to a file', async () => {
    const terminal = await run({ stderr: 'file' });
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.stderr).toBe('stdin true, stdout true, stderr false\n');
    expect(terminal.frame()).toBe('the result');
  });

  test('stdin from nothing', async () => {
    const terminal = await run({ stdin: 'nothing' }, 'read');
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.frame()).toBe('the result\nstdin false, stdout true, stderr true\nread ""');
  });

  test('stdin from a pipe, with text', async () => {
    const terminal = await run({ stdin: { text: "it's\n" }, stdout: 'pipe' }, 'read');
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.frame()).toBe(`stdin false, stdout false, stderr true\nread "it's\\n"`);
    expect(terminal.stdout).toBe('the result\n');
  });

  test('stdin from a pipe on which nothing comes', async () => {
    const terminal = await run({ stdin: 'silence' }, 'stay');
    await terminal.waitFor('waiting');
    terminal.kill('SIGTERM');
    expect((await terminal.exit).code).toBe(143);
    expect(terminal.frame()).not.toContain('input ended');
  });
});

describe.runIf(isFull)('isolation', () => {
  test('the program sees an environment made from nothing', async () => {
    const show = 'console.log(Object.keys(process.env).sort().join(" "))';
    const terminal = await openTerminal({
      program: [process.execPath, '-e', show],
      env: { EXTRA: '1', TZ: undefined },
    });
    await terminal.exit;
    expect(terminal.frame()).toBe('EXTRA HOME LANG PATH PWD TERM TMPDIR XDG_CONFIG_HOME');
  });

  test('a pretended tool is the only one in PATH', async () => {
    const tools = { 'wl-copy': '/bin/cat >"$HOME/clipboard"; echo copied' };
    const script = 'printf key | wl-copy; ls; xclip';
    const terminal = await openTerminal({ program: ['/bin/sh', '-c', script], tools });
    expect((await terminal.exit).code).toBe(127);
    expect(terminal.frame()).toMatch(/^copied\n.*ls: .*not found\n.*xclip: .*not found$/);
    expect(existsSync(`${terminal.home}/clipboard`)).toBe(true);
  });

  test('nothing is left when it is closed', async () => {
    const script = 'sleep=/bin/sleep; $sleep 3600 & echo "$$ $!"; $sleep 3600';
    const terminal = await openTerminal({ program: ['/bin/sh', '-c', script] });
    await terminal.waitFor(/\d+ \d+/);
    const pids = terminal.frame().split(' ').map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    await terminal.close();
    expect(existsSync(terminal.home)).toBe(false);
    expect(pids.filter(isRunning)).toEqual([]);
    expect((await terminal.exit).code).toBe(137);
  });
});
