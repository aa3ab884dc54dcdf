import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'profiles-program-'));
const program = join(folder, 'store-program.js');

/** Builds `store-program.ts` the way the released program is built, for the tests of the file that calls this. */
export function buildProgramFirst(): void {
  beforeAll(async () => {
    // One of the tests runs it as another user.
    chmodSync(folder, 0o755);
    await build({
      entryPoints: [fileURLToPath(new URL('./store-program.ts', import.meta.url))],
      outdir: folder,
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The complete lines of the output. */
  readonly lines: readonly string[];
}

/** Runs the program. `onOutput` gets the number of lines so far. The shell that starts the program runs `before` first. */
export function runProgram(
  args: readonly string[],
  onOutput: (child: ChildProcess, lines: number) => void = () => {},
  options: SpawnOptions & { readonly before?: string } = {},
): Promise<Outcome> {
  const { before, ...spawning } = options;
  const command = before === undefined ? process.execPath : 'sh';
  const own = [program, ...args];
  const all = before === undefined ? own : ['-c', `${before}; exec "$0" "$@"`, process.execPath, ...own];
  return new Promise((resolve, reject) => {
    const child = spawn(command, all, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'], ...spawning });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      onOutput(child, output.split('\n').length - 1);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, lines: output.split('\n').slice(0, -1) }));
  });
}
