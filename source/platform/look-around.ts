import { existsSync } from 'node:fs';
import type { Runtime, Surroundings } from '../operations/runtime.js';
import { findProgram } from './find-program.js';
import { chooseProxy } from './network/proxy-choice.js';
import { chooseTerminal } from './terminal/choice.js';
import { nativeTools, tmuxTool } from './terminal/clipboard-tools.js';

/** Describes the program's surroundings. Runs, writes and sends nothing. */
export function describeSurroundings(
  runtime: Pick<Runtime, 'stdin' | 'stdout' | 'stderr' | 'env'>,
  platform: NodeJS.Platform,
): Surroundings {
  const { env } = runtime;
  const choice = chooseTerminal(runtime, false);
  const tools = [...nativeTools(platform, env), ...(env['TMUX'] ? [tmuxTool] : [])];
  return {
    terminal: choice.ok ? { ok: true } : { ok: false, reason: choice.reason },
    clipboardTools: tools.map(({ name, command }) => {
      const program = findProgram(command, env, { platform });
      return { name, isFound: program !== null && existsSync(program) };
    }),
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
