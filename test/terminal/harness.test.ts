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
/** Returns whether the process runs and is not a zombie (Z). */
const isRunning = (pid: number) =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

describe.runIf(isFull)('reading the screen', () => {
  test.each([40, 80, 200])('reads a line that wraps at %i columns back as one line', async (columns) => {
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

  test('reads styles, cells, cursor and modes', async () => {
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

  test('finds no styles if colors are off', async () => {
    const terminal = await openForm({ env: { NODE_ENV: 'production', FORCE_COLOR: '0' } });
    await terminal.waitFor('end of form');
    expect(terminal.styles()).toEqual(new Set());
  });

  test('reports the modes that a killed program left on', async () => {
    const terminal = await openTerminal({ program: fixture('modes') });
    expect(await terminal.exit).toEqual({ code: 137, lineRestored: false });
    expect(terminal.modes).toMatchObject({ alternateScreen: true, cursorVisible: false, bracketedPaste: true });
    expect(terminal.modes.changed).toEqual(['?1049h', '?25l', '?2004h']);
    expect(terminal.screen()[0]).toBe('gone wild');
  });

  test('reads all output of a program that exits immediately', async () => {
    const write = `process.stdout.write('x'.repeat(60_000) + 'end')`;
    const terminal = await openTerminal({ program: [process.execPath, '-e', write] });
    await terminal.exit;
    expect(terminal.raw).toBe(`${'x'.repeat(60_000)}end`);
    expect(terminal.scrollback()).toEqual([`${'x'.repeat(60_000)}end`]);
  });

  test('reads text that a program sends to the clipboard through the terminal', async () => {
    const copy = "process.stdout.write('\\x1b]52;c;' + Buffer.from('schlüssel').toString('base64') + '\\x07')";
    const terminal = await openTerminal({ program: [process.execPath, '-e', copy] });
    await terminal.exit;
    expect(terminal.clipboard).toEqual(['schlüssel']);
    expect(terminal.frame()).toBe('');
  });

  test('shows the screen if the program ends before the expected text', async () => {
    const terminal = await openTerminal({ program: fixture('streams'), args: ['3'] });
    await expect(terminal.waitFor('never')).rejects.toThrow(/ended with 3 before .*never[\s\S]*the result/);
    await terminal.waitFor(/^the\s+result$/m);
    await terminal.waitFor((rows) => rows[0] === 'the result');
  });
});

describe.runIf(isFull)('keyboard input', () => {
  test('sends each key as the right sequence', async () => {
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

  test('sends Ctrl+C right after the start as a key press, not as a signal', async () => {
    const terminal = await openForm();
    await terminal.press('ctrl+c');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
    expect(terminal.modes.changed).toEqual([]);
  });

  test('sends Ctrl+C as a signal to a program that reads no key presses', async () => {
    const terminal = await openTerminal({ program: fixture('streams'), args: ['0', 'stay'] });
    await terminal.waitFor('waiting');
    terminal.write('\x03');
    expect((await terminal.exit).code).toBe(130);
  });

  test('ends a program with Ctrl+C before its first frame', async () => {
    const terminal = await openForm();
    terminal.write('\x03');
    expect(await terminal.exit).toEqual({ code: 130, lineRestored: true });
  });

  test('sends the keys of one chunk in order', async () => {
    const terminal = await openForm();
    await terminal.waitFor('end of form');
    await terminal.press('up', 'down', 'ctrl+c');
    expect((await terminal.exit).code).toBe(130);
  });

  test.each([10_000, 100_000])('sends a complete paste of %i characters', async (length) => {
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

  test('stdin from /dev/null', async () => {
    const terminal = await run({ stdin: 'empty' }, 'read');
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.frame()).toBe('the result\nstdin false, stdout true, stderr true\nread ""');
  });

  test('stdin from a pipe, with text', async () => {
    const terminal = await run({ stdin: { text: "it's\n" }, stdout: 'pipe' }, 'read');
    expect((await terminal.exit).code).toBe(5);
    expect(terminal.frame()).toBe(`stdin false, stdout false, stderr true\nread "it's\\n"`);
    expect(terminal.stdout).toBe('the result\n');
  });

  test('stdin from an open pipe without input', async () => {
    const terminal = await run({ stdin: 'silent' }, 'stay');
    await terminal.waitFor('waiting');
    terminal.kill('SIGTERM');
    expect((await terminal.exit).code).toBe(143);
    expect(terminal.frame()).not.toContain('input ended');
  });
});

describe.runIf(isFull)('isolation', () => {
  test('gives the program a minimal environment', async () => {
    const show = 'console.log(Object.keys(process.env).sort().join(" "))';
    const terminal = await openTerminal({
      program: [process.execPath, '-e', show],
      env: { EXTRA: '1', TZ: undefined },
    });
    await terminal.exit;
    expect(terminal.frame()).toBe('EXTRA HOME LANG PATH PWD TERM TMPDIR XDG_CONFIG_HOME');
  });

  test('puts only the fake tools into PATH', async () => {
    const tools = { 'wl-copy': '/bin/cat >"$HOME/clipboard"; echo copied' };
    const script = 'printf key | wl-copy; ls; xclip';
    const terminal = await openTerminal({ program: ['/bin/sh', '-c', script], tools });
    expect((await terminal.exit).code).toBe(127);
    expect(terminal.frame()).toMatch(/^copied\n.*ls: .*not found\n.*xclip: .*not found$/);
    expect(existsSync(`${terminal.home}/clipboard`)).toBe(true);
  });

  test('leaves no processes and no files after closing', async () => {
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
