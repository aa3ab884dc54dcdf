import { type SpawnOptions, spawn as spawnProcess } from 'node:child_process';
import { Secret } from '../../kaltura/secret.js';
import type { Env } from '../../operations/runtime.js';
import type { ClearResult, Clipboard } from '../../secrets/clipboard.js';
import { unsanitizedStream } from '../../terminal/text.js';
import { findProgram } from '../find-program.js';
import { type ClipboardTool, environmentForTools, nativeTools, readerOf, tmuxTool } from './clipboard-tools.js';

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
  /** Calls the function after some milliseconds, unless the returned function is called before. */
  readonly schedule?: (act: () => void, milliseconds: number) => () => void;
}

/** Seconds that a temporary copy stays. */
const TEMPORARY = 45;

/** Doesn't keep the program running. */
function scheduleOnTimer(act: () => void, milliseconds: number): () => void {
  const timer = setTimeout(act, milliseconds).unref();
  return () => clearTimeout(timer);
}

/** A temporary copy that may still be in the clipboard. */
interface TemporaryCopy {
  readonly text: Secret;
  readonly tool: ClipboardTool;
  readonly cancel: () => void;
}

export function createClipboard(deps: ClipboardDeps): Clipboard {
  const { platform, env, terminal, schedule = scheduleOnTimer } = deps;
  let temporary: TemporaryCopy | null = null;

  async function clear(): Promise<ClearResult> {
    const held = temporary;
    temporary = null;
    held?.cancel();
    return held === null ? 'none' : removeFrom(held, deps);
  }

  return {
    clear,
    async copy(text, { isTemporary = false, onCleared } = {}) {
      temporary?.cancel();
      temporary = null;
      const tools = nativeTools(platform, env);
      for (const tool of tools) {
        if (!(await runs(tool, text, deps))) continue;
        if (!isTemporary || !canRead(tool, deps)) return { how: 'tool', tool: tool.name };
        temporary = { text, tool, cancel: schedule(() => void clear().then(onCleared), TEMPORARY * 1000) };
        return { how: 'tool', tool: tool.name, clearsAfter: TEMPORARY };
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

const canRead = (tool: ClipboardTool, { env, platform }: ClipboardDeps): boolean => {
  const reader = readerOf(tool);
  return reader !== null && findProgram(reader.read.command, env, { platform }) !== null;
};

/** Removes the text from the clipboard, unless the clipboard has another one. */
async function removeFrom({ text, tool }: TemporaryCopy, deps: ClipboardDeps): Promise<ClearResult> {
  const reader = readerOf(tool);
  if (reader === null) return 'failed';
  const present = await outputOf(reader.read, deps);
  if (present === null) return 'failed';
  if (!new Secret(present.trim()).equals(text)) return 'replaced';
  return (await runs(reader.clear ?? tool, new Secret(''), deps)) ? 'cleared' : 'failed';
}

function multiplexer(env: Env): Multiplexer | null {
  if (env['TMUX']) return 'tmux';
  return env['STY'] ? 'screen' : null;
}

function whyNot(tools: readonly ClipboardTool[], { env, platform }: ClipboardDeps): string {
  if (tools.length > 0) return `no clipboard program works (tried ${tools.map((tool) => tool.name).join(', ')})`;
  if (env['SSH_CONNECTION'])
    return 'over SSH only a terminal can reach your clipboard, and the output is not a terminal';
  return platform === 'linux' ? 'no desktop (Wayland or X11) was found' : 'this system has no clipboard program';
}

/** Runs a tool with the text on its standard input; never in its arguments, which other users can see. */
const runs = async (tool: ClipboardTool, text: Secret, deps: ClipboardDeps): Promise<boolean> =>
  (await run(tool, text, false, deps)) !== null;

/** Returns what a tool prints; null if it fails. */
const outputOf = (tool: ClipboardTool, deps: ClipboardDeps): Promise<string | null> =>
  run(tool, new Secret(''), true, deps);

/** Characters. A longer text is not a key. */
const LONGEST_OUTPUT = 100_000;

/** @returns the output if it is read, else ''; null if the tool fails */
function run(tool: ClipboardTool, text: Secret, readsOutput: boolean, deps: ClipboardDeps): Promise<string | null> {
  const isWindows = deps.platform === 'win32';
  const options: SpawnOptions = {
    // xclip and wl-copy leave a background process with the text, which would keep a pipe open.
    stdio: ['pipe', readsOutput ? 'pipe' : 'ignore', 'ignore'],
    env: environmentForTools(deps.env),
    // That process must survive Ctrl-C and this program's exit.
    detached: !isWindows,
    windowsHide: true,
  };
  return new Promise<string | null>((resolve) => {
    const program = findProgram(tool.command, deps.env, { platform: deps.platform });
    if (program === null) {
      resolve(null);
      return;
    }
    const child = (deps.spawn ?? spawnProcess)(program, [...tool.args], options);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // A process that the tool has started can hold the pipe open, which would keep this program running.
      child.stdout?.destroy();
      resolve(null);
    }, deps.timeLimit ?? 2000);
    let output = '';
    let tookItAll = true;
    const settle = (succeeded: boolean) => {
      clearTimeout(timer);
      resolve(succeeded ? output : null);
    };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (output.length < LONGEST_OUTPUT) output += chunk;
    });
    child.once('error', () => settle(false));
    // `close` comes after all output. A background process would delay it.
    child.once(readsOutput ? 'close' : 'exit', (code) => settle(code === 0 && tookItAll));
    const input = text.reveal();
    // The tool may exit before it has read everything. That matters only if there is something to read.
    child.stdin?.on('error', () => {
      tookItAll = input === '';
    });
    child.stdin?.end(input);
  }).catch(() => null);
}
