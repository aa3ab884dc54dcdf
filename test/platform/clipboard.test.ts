import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../source/kaltura/secret.js';
import { createClipboard } from '../../source/platform/terminal/clipboard.js';
import { nativeTools } from '../../source/platform/terminal/clipboard-tools.js';
import type { ClearResult } from '../../source/secrets/clipboard.js';

const KS = `djJ8${'A1b-_'.repeat(80)}==`;
const OSC52 = `\u001B]52;c;${Buffer.from(KS).toString('base64')}\u0007`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaltura-ks-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const RECORD_INPUT = `cat > "$0.stdin"; env > "$0.env"; echo "$*" > "$0.args"`;

/** Installs a shell script as the only program on the PATH. */
function install(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

const recordedBy = (name: string, what: 'stdin' | 'env' | 'args'): string =>
  readFileSync(join(folder, `${name}.${what}`), 'utf8');

function clipboard(
  env: Record<string, string>,
  { isTTY = true, platform = 'linux' as NodeJS.Platform, timeLimit = 10_000, spawn = spawnProcess } = {},
) {
  let written = '';
  const timers: { readonly act: () => void; readonly milliseconds: number; isCancelled: boolean }[] = [];
  const { copy, clear } = createClipboard({
    schedule: (act, milliseconds) => {
      const timer = { act, milliseconds, isCancelled: false };
      timers.push(timer);
      return () => {
        timer.isCancelled = true;
      };
    },
    platform,
    env: { PATH: folder, KALTURA_ADMIN_SECRET: 'planted-secret', ...env },
    terminal: { isTTY, write: (text) => (written += text) },
    timeLimit,
    spawn,
  });
  const cleared: ClearResult[] = [];
  const onCleared = (result: ClearResult) => void cleared.push(result);
  const copyTemporarily = () => copy(new Secret(KS), { isTemporary: true, onCleared });
  return { copy: () => copy(new Secret(KS)), copyTemporarily, clear, cleared, timers, written: () => written };
}

test.each([
  ['xclip', { DISPLAY: ':0' }, '-selection clipboard -in\n', 'linux'],
  ['wl-copy', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, '\n', 'linux'],
  ['clip.exe', { WSL_DISTRO_NAME: 'Debian' }, '\n', 'linux'],
  ['termux-clipboard-set', { TERMUX_VERSION: '1' }, '\n', 'android'],
  ['pbcopy', {}, '\n', 'darwin'],
] as const)('%s gets the text only on its standard input', async (name, env, args, platform) => {
  install(name, RECORD_INPUT);
  const { copy, written } = clipboard({ ...env }, { platform });
  expect(await copy()).toEqual({ how: 'tool', tool: name });
  expect(recordedBy(name, 'stdin')).toBe(KS);
  expect(recordedBy(name, 'args')).toBe(args);
  expect(recordedBy(name, 'env')).not.toMatch(/planted-secret|djJ8/);
  expect(written()).toBe('');
});

test('uses the next tool if one fails or is missing', async () => {
  install('wl-copy', 'exit 1');
  install('xsel', RECORD_INPUT);
  const { copy } = clipboard({ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' });
  expect(await copy()).toEqual({ how: 'tool', tool: 'xsel' });
  expect(recordedBy('xsel', 'stdin')).toBe(KS);
});

test('stops a tool that hangs', async () => {
  install('xclip', 'exec sleep 600');
  const { copy, written } = clipboard({ DISPLAY: ':0' }, { timeLimit: 50 });
  expect(await copy()).toEqual({ how: 'terminal', through: null });
  expect(written()).toBe(OSC52);
});

test('does not wait for a background process of a tool, such as xclip', async () => {
  install('xclip', 'cat > "$0.stdin"; (exec sleep 600) & echo $! > "$0.args"');
  const { copy } = clipboard({ DISPLAY: ':0' });
  expect(await copy()).toEqual({ how: 'tool', tool: 'xclip' });
  process.kill(Number(recordedBy('xclip', 'args')), 'SIGKILL');
});

test('over SSH, uses the terminal instead of the clipboard of the remote computer', async () => {
  install('xclip', RECORD_INPUT);
  const { copy, written } = clipboard({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: 'localhost:10' });
  expect(await copy()).toEqual({ how: 'terminal', through: null });
  expect(written()).toBe(OSC52);
  expect(existsSync(join(folder, 'xclip.stdin'))).toBe(false);
});

test('in tmux, uses tmux first', async () => {
  install('tmux', RECORD_INPUT);
  const { copy, written } = clipboard({ TMUX: '/tmp/tmux,1,0', SSH_CONNECTION: 'x' }, { isTTY: false });
  expect(await copy()).toEqual({ how: 'terminal', through: 'tmux' });
  expect(recordedBy('tmux', 'stdin')).toBe(KS);
  expect(recordedBy('tmux', 'args')).toBe('load-buffer -w -\n');
  expect(written()).toBe('');
});

test('sends the sequence with doubled ESC characters through an old tmux', async () => {
  install('tmux', 'exit 1');
  const { copy, written } = clipboard({ TMUX: '/tmp/tmux,1,0' });
  expect(await copy()).toEqual({ how: 'terminal', through: 'tmux' });
  expect(written()).toBe(`\u001BPtmux;\u001B${OSC52}\u001B\\`);
});

test('sends the sequence in pieces to GNU screen', async () => {
  const { copy, written } = clipboard({ STY: '1234.pts-0' });
  expect(await copy()).toEqual({ how: 'terminal', through: 'screen' });
  const pieces = written().split('\u001B\\');
  expect(pieces.pop()).toBe('');
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.every((piece) => piece.startsWith('\u001BP') && piece.length <= 242)).toBe(true);
  expect(pieces.map((piece) => piece.slice(2)).join('')).toBe(OSC52);
});

test.each([
  [{}, { isTTY: false }, 'no desktop (Wayland or X11) was found'],
  [{ DISPLAY: ':0' }, { isTTY: false }, 'no clipboard program works (tried xclip, xsel)'],
  [
    { SSH_CONNECTION: 'x' },
    { isTTY: false },
    'over SSH only a terminal can reach your clipboard, and the output is not a terminal',
  ],
  [{ TERM: 'dumb' }, {}, 'no desktop (Wayland or X11) was found'],
])('%o, %o: writes nothing without a terminal that supports it', async (env, options, why) => {
  const { copy, written } = clipboard({ ...env }, options);
  expect(await copy()).toEqual({ how: 'nothing', why });
  expect(written()).toBe('');
});

test('on Windows, calls the tools by their full paths', () => {
  const tools = nativeTools('win32', { SystemRoot: 'D:\\Windows' });
  expect(tools.map((tool) => tool.name)).toEqual(['clip', 'powershell']);
  expect(tools.every((tool) => tool.command.startsWith('D:\\Windows\\System32\\'))).toBe(true);
});

describe('a temporary copy', () => {
  /** A clipboard in a file, with tools that behave like the real ones. */
  const installXclip = (): void => install('xclip', 'case "$*" in *-out*) cat "$0.board";; *) cat > "$0.board";; esac');
  const clipboardText = (): string => readFileSync(join(folder, 'xclip.board'), 'utf8');
  const setClipboardText = (text: string): void => writeFileSync(join(folder, 'xclip.board'), text);

  test('is removed after 45 seconds', async () => {
    installXclip();
    const { copyTemporarily, clear, cleared, timers } = clipboard({ DISPLAY: ':0' });
    expect(await copyTemporarily()).toEqual({ how: 'tool', tool: 'xclip', clearsAfter: 45 });
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([45_000]);
    expect(clipboardText()).toBe(KS);
    timers[0]?.act();
    await expect.poll(() => cleared).toEqual(['cleared']);
    expect(clipboardText()).toBe('');
    expect(await clear()).toBe('none');
  });

  test('is removed at the end of the program, with a line end that a tool added', async () => {
    installXclip();
    const { copyTemporarily, clear, timers } = clipboard({ DISPLAY: ':0' });
    await copyTemporarily();
    setClipboardText(`${KS}\n`);
    expect(await clear()).toBe('cleared');
    expect([clipboardText(), timers[0]?.isCancelled]).toEqual(['', true]);
  });

  test('is not removed if the clipboard has another text', async () => {
    installXclip();
    const { copyTemporarily, clear } = clipboard({ DISPLAY: ':0' });
    await copyTemporarily();
    setClipboardText('shopping list');
    expect(await clear()).toBe('replaced');
    expect(clipboardText()).toBe('shopping list');
  });

  test('is not removed after something else was copied', async () => {
    installXclip();
    const { copy, copyTemporarily, clear, timers } = clipboard({ DISPLAY: ':0' });
    await copyTemporarily();
    await copy();
    expect([await clear(), timers[0]?.isCancelled, clipboardText()]).toEqual(['none', true, KS]);
  });

  test('is not removed if no tool can read the clipboard', async () => {
    install('wl-copy', RECORD_INPUT);
    const { copyTemporarily, clear, timers } = clipboard({ WAYLAND_DISPLAY: 'wayland-0' });
    expect(await copyTemporarily()).toEqual({ how: 'tool', tool: 'wl-copy' });
    expect([await clear(), timers]).toEqual(['none', []]);
  });

  test('through the terminal is not removed, because a terminal doesn’t report its clipboard', async () => {
    const { copyTemporarily, clear } = clipboard({});
    expect(await copyTemporarily()).toEqual({ how: 'terminal', through: null });
    expect(await clear()).toBe('none');
  });

  test('whose removal fails is reported', async () => {
    install('xclip', 'case "$*" in *-out*) exit 1;; *) cat > "$0.board";; esac');
    const { copyTemporarily, clear } = clipboard({ DISPLAY: ':0' });
    await copyTemporarily();
    expect(await clear()).toBe('failed');
  });

  test('doesn’t keep the program running while a process holds the pipe of a tool', async () => {
    install('xclip', 'case "$*" in *-out*) sleep 60 & echo $! > "$0.pid";; *) cat > "$0.board";; esac');
    const children: ChildProcess[] = [];
    const spawn = ((...args: Parameters<typeof spawnProcess>) => {
      const child = spawnProcess(...args);
      children.push(child);
      return child;
    }) as typeof spawnProcess;
    const { copyTemporarily, clear } = clipboard({ DISPLAY: ':0' }, { timeLimit: 1000, spawn });
    await copyTemporarily();
    expect(await clear()).toBe('failed');
    process.kill(Number(readFileSync(join(folder, 'xclip.pid'), 'utf8')));
    expect(children[1]?.stdout?.destroyed).toBe(true);
  });

  test('is removed by a tool that ends before its empty input is closed', async () => {
    install('clip.exe', 'cat > /dev/null');
    install('powershell.exe', `case "$*" in *Get-*) printf '%s' '${KS}';; esac`);
    /** Reports a broken pipe on each standard input, as the system does if the program has ended. */
    const spawn = ((...args: Parameters<typeof spawnProcess>) => {
      const child = spawnProcess(...args);
      if (args[0].endsWith('powershell.exe'))
        child.stdin?.once('finish', () => child.stdin?.emit('error', new Error('EPIPE')));
      return child;
    }) as typeof spawnProcess;
    const { copyTemporarily, clear } = clipboard({ WSL_DISTRO_NAME: 'Debian' }, { spawn });
    await copyTemporarily();
    expect(await clear()).toBe('cleared');
  });

  test.each([
    ['wl-copy', 'wl-paste', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', '--no-newline', '--clear'],
    ['pbcopy', 'pbpaste', {}, 'darwin', '', ''],
    ['clip.exe', 'powershell.exe', { WSL_DISTRO_NAME: 'Debian' }, 'linux', 'Get-Clipboard -Raw', 'Set-Clipboard'],
  ] as const)('of %s is read by %s', async (copier, reader, env, platform, reads, clears) => {
    install(copier, 'cat > "$0.stdin"; echo "$*" >> "$0.args"');
    install(reader, `echo "$*" >> "$0.args"; printf '%s\\r\\n' '${KS}'`);
    const { copyTemporarily, clear } = clipboard({ ...env }, { platform });
    expect(await copyTemporarily()).toMatchObject({ tool: copier, clearsAfter: 45 });
    expect(await clear()).toBe('cleared');
    expect(recordedBy(reader, 'args')).toContain(reads);
    const clearing = readFileSync(join(folder, `${clears.startsWith('Set') ? reader : copier}.args`), 'utf8');
    expect(clearing).toContain(clears);
    if (!clears.startsWith('Set')) expect(recordedBy(copier, 'stdin')).toBe('');
  });
});
