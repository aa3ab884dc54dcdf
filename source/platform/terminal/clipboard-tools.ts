import type { Env } from '../../operations/runtime.js';
import { withAbsolutePath } from '../find-program.js';

/** A program that copies its standard input to the clipboard. */
export interface ClipboardTool {
  /** The tool's name in messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const tool = (command: string, ...args: string[]): ClipboardTool => ({ name: command, command, args });

/**
 * Lists the tools for this computer's clipboard, in the order in which to try them. None over SSH, because they would use the remote
 * computer's clipboard. `SSH_TTY` isn't a reliable sign: a tmux pane keeps it after a local re-attach.
 */
export function nativeTools(platform: NodeJS.Platform, env: Env): readonly ClipboardTool[] {
  if (env['SSH_CONNECTION']) return [];
  if (platform === 'darwin') return [tool('pbcopy')];
  if (platform === 'win32') return windowsTools(env);
  return [
    ...(env['WSL_DISTRO_NAME'] || env['WSL_INTEROP'] ? [tool('clip.exe')] : []),
    ...(env['TERMUX_VERSION'] || platform === 'android' ? [tool('termux-clipboard-set')] : []),
    ...(env['WAYLAND_DISPLAY'] ? [tool('wl-copy')] : []),
    ...(env['DISPLAY']
      ? [tool('xclip', '-selection', 'clipboard', '-in'), tool('xsel', '--clipboard', '--input')]
      : []),
  ];
}

/** Returns full paths, because a bare name would be looked up in the current folder first. */
function windowsTools(env: Env): readonly ClipboardTool[] {
  const system = `${env['SystemRoot'] ?? env['SYSTEMROOT'] ?? 'C:\\Windows'}\\System32`;
  return [
    { name: 'clip', command: `${system}\\clip.exe`, args: [] },
    {
      name: 'powershell',
      command: `${system}\\WindowsPowerShell\\v1.0\\powershell.exe`,
      args: ['-NoProfile', '-NonInteractive', '-Command', 'Set-Clipboard -Value ([Console]::In.ReadToEnd())'],
    },
  ];
}

/** How to read and clear the clipboard that a tool copies to. */
export interface ClipboardReader {
  readonly read: ClipboardTool;
  /** Null if the copying tool clears it when it copies an empty text. */
  readonly clear: ClipboardTool | null;
}

const READ_WINDOWS = ['-NoProfile', '-NonInteractive', '-Command', 'Get-Clipboard -Raw'];
const CLEAR_WINDOWS = ['-NoProfile', '-NonInteractive', '-Command', 'Set-Clipboard -Value $null'];

/** Returns how to read the clipboard of a copying tool; null if no tool can. */
export function readerOf({ name, command }: ClipboardTool): ClipboardReader | null {
  switch (name) {
    case 'xclip':
      return { read: tool('xclip', '-selection', 'clipboard', '-out'), clear: null };
    case 'xsel':
      return { read: tool('xsel', '--clipboard', '--output'), clear: tool('xsel', '--clipboard', '--clear') };
    case 'wl-copy':
      return { read: tool('wl-paste', '--no-newline'), clear: tool('wl-copy', '--clear') };
    case 'pbcopy':
      return { read: tool('pbpaste'), clear: null };
    case 'termux-clipboard-set':
      return { read: tool('termux-clipboard-get'), clear: null };
    case 'clip.exe':
      return { read: tool('powershell.exe', ...READ_WINDOWS), clear: tool('powershell.exe', ...CLEAR_WINDOWS) };
    case 'clip':
    case 'powershell': {
      const powershell = command.replace(/System32\\clip\.exe$/, 'System32\\WindowsPowerShell\\v1.0\\powershell.exe');
      return {
        read: { name: 'powershell', command: powershell, args: READ_WINDOWS },
        clear: { name: 'powershell', command: powershell, args: CLEAR_WINDOWS },
      };
    }
    default:
      return null;
  }
}

/** Copies the text to tmux's buffer, and has tmux pass it on to the terminal around it (tmux 3.2 and later). */
export const tmuxTool: ClipboardTool = tool('tmux', 'load-buffer', '-w', '-');

const PASSED_ON = new Set(
  [
    ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'TERM', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE'],
    ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'TMUX', 'TMUX_PANE', 'WSL_INTEROP', 'WSL_DISTRO_NAME'],
    ['PREFIX', 'TERMUX_VERSION', 'ANDROID_DATA', 'ANDROID_ROOT', 'LD_LIBRARY_PATH', '__CF_USER_TEXT_ENCODING'],
    ['SYSTEMROOT', 'WINDIR', 'TEMP', 'TMP', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'PATHEXT'],
  ].flat(),
);

/** Returns only what a clipboard tool needs of the environment, because other variables may contain secrets. */
export function environmentForTools(env: Env): NodeJS.ProcessEnv {
  const passed = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && (PASSED_ON.has(name.toUpperCase()) || name.startsWith('LC_')) ? [[name, value]] : [],
    ),
  );
  return withAbsolutePath(passed);
}
