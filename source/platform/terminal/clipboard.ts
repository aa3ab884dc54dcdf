import { type SpawnOptions, spawn as spawnProcess } from 'node:child_process';
import type { Secret } from '../../kaltura/secret.js';
import type { Clipboard } from '../../operations/runtime.js';
import { unsanitizedStream } from '../../terminal/text.js';
import { findProgram } from '../find-program.js';
import { type ClipboardTool, type Env, environmentForTools, nativeTools, tmuxTool } from './clipboard-tools.js';

const ESC = '\u001B';
const BEL = '\u0007';
/** GNU screen drops device control strings that are longer than its buffer. */
const SCREEN_CHUNK = 240;

/** A program between this one and the terminal, which needs a wrapped sequence to pass it on. */
type Multiplexer = 'tmux' | 'screen';

/** Returns the control sequence that asks a terminal to copy a text. Many terminals do so, some ignore it, none responds. */
function osc52(text: string, through: Multiplexer | null): string {
  const sequence = `${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}${BEL}`;
  if (through === 'tmux') return `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;
  if (through === null) return sequence;
  let passed = '';
  for (let at = 0; at < sequence.length; at += SCREEN_CHUNK) {
    passed += `${ESC}P${sequence.slice(at, at + SCREEN_CHUNK)}${ESC}\\`;
  }
  return passed;
}

// Not `clipboardy`, the usual library: it doesn't report which tool worked, has no timeout, doesn't support SSH or OSC 52, and passes the
// whole environment to bundled programs.

export interface ClipboardDeps {
  readonly platform: NodeJS.Platform;
  readonly env: Env;
  /** The terminal of the wizard. Nothing is written to it unless it is a terminal. */
  readonly terminal: { readonly isTTY?: boolean | undefined; write(text: string): unknown };
  readonly spawn?: typeof spawnProcess;
  /** Milliseconds for each tool. */
  readonly timeLimit?: number;
}

export function createClipboard(deps: ClipboardDeps): Clipboard {
  const { platform, env, terminal } = deps;
  return {
    async copy(text) {
      const tools = nativeTools(platform, env);
      for (const tool of tools) {
        if (await runs(tool, text, deps)) return { how: 'tool', tool: tool.name };
      }
      // tmux reports that it has the text, not that the terminal around it does.
      if (env['TMUX'] && (await runs(tmuxTool, text, deps))) return { how: 'terminal', through: 'tmux' };
      if (terminal.isTTY !== true || env['TERM'] === 'dumb') return { how: 'nothing', why: whyNot(tools, deps) };
      const through = multiplexer(env);
      unsanitizedStream(terminal).write(osc52(text.reveal(), through));
      return { how: 'terminal', through };
    },
  };
}

function multiplexer(env: Env): Multiplexer | null {
  if (env['TMUX']) return 'tmux';
  return env['STY'] ? 'screen' : null;
}

function whyNot(tools: readonly ClipboardTool[], { env, platform }: ClipboardDeps): string {
  if (tools.length > 0) return `${tools.map((tool) => tool.name).join(', ')} could not be used`;
  if (env['SSH_CONNECTION']) return 'over SSH only the terminal reaches your clipboard, and this is none';
  return platform === 'linux' ? 'no desktop (Wayland or X11) was found' : 'this system has no clipboard tool';
}

/** Runs a tool with the text on its standard input; never in its arguments, which other users can see. */
function runs(tool: ClipboardTool, text: Secret, deps: ClipboardDeps): Promise<boolean> {
  const isWindows = deps.platform === 'win32';
  const options: SpawnOptions = {
    // xclip and wl-copy leave a background process with the text, which would keep a pipe open.
    stdio: ['pipe', 'ignore', 'ignore'],
    env: environmentForTools(deps.env),
    // That process must survive Ctrl-C and this program's exit.
    detached: !isWindows,
    windowsHide: true,
  };
  return new Promise<boolean>((resolve) => {
    const program = findProgram(tool.command, deps.env, { platform: deps.platform });
    if (program === null) {
      resolve(false);
      return;
    }
    const child = (deps.spawn ?? spawnProcess)(program, [...tool.args], options);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(false);
    }, deps.timeLimit ?? 2000);
    const settle = (succeeded: boolean) => {
      clearTimeout(timer);
      resolve(succeeded);
    };
    let tookItAll = true;
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0 && tookItAll));
    // The tool may exit before it has read everything.
    child.stdin?.on('error', () => {
      tookItAll = false;
    });
    child.stdin?.end(text.reveal());
  }).catch(() => false);
}
