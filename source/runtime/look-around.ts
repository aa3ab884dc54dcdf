import { accessSync, constants, fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Env, nativeTools, tmuxTool } from './clipboard-tools.js';
import { chooseProxy } from './proxy-choice.js';
import type { Runtime } from './runtime.js';
import { chooseTerminal } from './terminal-choice.js';

function isFound(command: string, env: Env): boolean {
  const places = isAbsolute(command)
    ? [command]
    : (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, command));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const STANDARD_OUTPUT = 1;

/** Also where standard output was closed before the start: Node opens the null device in its place. */
function isOutputDropped(): boolean {
  try {
    const [output, nowhere] = [fstatSync(STANDARD_OUTPUT), statSync(devNull)];
    return output.isCharacterDevice() && output.rdev === nowhere.rdev;
  } catch {
    return false;
  }
}

/** What there is around the program. Nothing is run, written or asked. */
export function lookAround(runtime: Pick<Runtime, 'stdin' | 'stdout' | 'stderr' | 'env'>, platform: NodeJS.Platform) {
  const { env } = runtime;
  const choice = chooseTerminal(runtime, false);
  const tools = [...nativeTools(platform, env), ...(env['TMUX'] ? [tmuxTool] : [])];
  return {
    terminal: choice.ok ? { ok: true as const } : { ok: false as const, reason: choice.reason },
    isOutputDropped: isOutputDropped(),
    clipboardTools: tools.map(({ name, command }) => ({ name, isFound: isFound(command, env) })),
    proxyTo: (serviceUrl: string) => {
      const proxy = chooseProxy(new URL(serviceUrl), env);
      if (proxy.kind === 'direct') return null;
      const { variable } = proxy;
      return proxy.kind === 'proxy'
        ? { variable, host: proxy.host, problem: null }
        : { variable, host: null, problem: proxy.problem };
    },
  };
}
