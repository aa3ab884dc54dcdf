import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { SIZES } from '../../sizes.js';
import { passphrase, tempFolder, tempKeeper } from './temp-keeper.js';

const folder = mkdtempSync(join(tmpdir(), 'keeper-program-'));

// Bundled like the released program, because the text of a function is passed to another process and must work there.
beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('./keeper-program.ts', import.meta.url))],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    banner: { js: 'const require = (id) => process.getBuiltinModule(id);' },
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(folder, 'keeper-program.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

const linesOf = (child: ChildProcess) => createInterface(child.stdout ?? process.stdin);

test('has the complete old or new secret if it is killed during a write', async () => {
  const { keeper, configFolder } = tempKeeper();
  for (let attempt = 0; attempt < SIZES.writeKills; attempt += 1) {
    const child = start('write-until-killed', configFolder);
    let done = -1;
    for await (const line of linesOf(child)) {
      done = Number(line);
      // Between the report of one round and the end of the next, so each time at another moment of a write.
      if (done >= attempt) child.kill('SIGKILL');
    }
    const text = (
      await keeper.read({ kind: 'file' }, { profile: 'Acme', what: 'secret' }, passphrase('passphrase'))
    ).reveal();
    const [round, filler] = text.split(':');
    expect(filler).toBe('x'.repeat(100_000));
    expect(Number(round) === done || Number(round) === done + 1).toBe(true);
  }
});

test('uses the keychain in a separate process when it is bundled and minified', async () => {
  const root = tempFolder();
  mkdirSync(join(root, 'node_modules/@napi-rs/keyring'), { recursive: true });
  const source = `exports.AsyncEntry = class {
    constructor(...asked) { this.asked = asked; }
    async getPassword() { return JSON.stringify(this.asked); }
  };`;
  writeFileSync(join(root, 'node_modules/@napi-rs/keyring/index.js'), source);
  const [line] = await once(linesOf(start('read-keychain', tempFolder(), join(root, 'any.js'))), 'line');
  expect(JSON.parse(String(line))).toEqual(['kaltura-ks', 'secret:acme', { linux: { store: 'secret-service' } }]);
  const [absent] = await once(linesOf(start('read-keychain', tempFolder(), join(tempFolder(), 'any.js'))), 'line');
  expect(absent).toContain('unavailable: The keychain can’t be used');
});

test('the program quits even if the keychain waits for a window', async () => {
  const root = tempFolder();
  mkdirSync(join(root, 'node_modules/@napi-rs/keyring'), { recursive: true });
  const called = join(root, 'called');
  const source = `exports.AsyncEntry = class {
    setPassword() {
      require('node:fs').writeFileSync(${JSON.stringify(called)}, String(process.pid));
      return new Promise(() => setInterval(() => {}, 1000));
    }
  };`;
  writeFileSync(join(root, 'node_modules/@napi-rs/keyring/index.js'), source);
  const args = [join(folder, 'keeper-program.mjs'), 'leave-while-checking', tempFolder(), join(root, 'any.js')];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'inherit', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  await vi.waitFor(() => expect(existsSync(called) && readFileSync(called, 'utf8')).toMatch(/\d/), { timeout: 20_000 });
  onTestFinished(() => void process.kill(Number(readFileSync(called, 'utf8')), 'SIGKILL'));
  child.stdin.write('leave\n');
  expect(await exited).toEqual([0, null]);
});
