import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';
import { lateUnicode } from './late-unicode.js';
import { commanderWithoutPrograms, inkWithoutDebugger, yogaAtOnce } from './package-changes.js';
import { inPieces } from './pieces.js';

const folder = 'dist';

/** What lies beside the bundle: name -> content. */
const beside = new Map([['package.json', '{ "type": "commonjs" }\n']]);

/**
 * Bundles the program in pieces, so that nothing loads before it is needed.
 *
 * - NODE_ENV is fixed: React's development build costs start-up time and prints warnings.
 * - What is looked for beside the bundle is looked for by its path: CommonJS has no `import.meta`.
 */
const options = {
  entryPoints: ['cli.tsx'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '__filename' },
  plugins: [yogaAtOnce(beside), inkWithoutDebugger, commanderWithoutPrograms, lateUnicode],
  logLevel: 'warning',
  write: false,
};

/** Modules are always strict; CommonJS says so. */
const STRICT = "'use strict';";

/**
 * Node opens its debugger on SIGUSR1, for every user of the computer, unless the program listens for it. So this comes before any
 * other code, and nothing ever removes the listener. A debugger that was opened while Node itself was starting is closed, at once and
 * again a few times, since a thread of Node handles a signal from that time a moment later. One that the person asked for (--inspect) stays.
 * (`inspector.close()` does the same, but takes 7 ms to load.)
 */
const NO_DEBUGGER = `process.on('SIGUSR1', () => {});
if (!/--inspect/.test([...process.execArgv, process.env.NODE_OPTIONS])) {
  const close = process._debugEnd ?? (() => {});
  close();
  setImmediate(close);
  for (const ms of [0, 20, 100, 500, 1000]) setTimeout(close, ms).unref();
}`;

/** Ink, conf and got use it, and Node 20 lacks it. */
const WITH_RESOLVERS = `Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
};`;

/**
 * The functions of these take long to load, and few ways through the program lead to one: each is looked up when it is called. Whoever
 * takes one of them whole (`import crypto from 'node:crypto'`) has it loaded at once.
 */
const LATE = /(?<==)require\(("node:(?:child_process|crypto)")\)/g;
const late = (code) => code.replaceAll(LATE, 'new Proxy({},{get:(_,name)=>require($1)[name]})');

/**
 * The same piece as CommonJS, which Node begins with and opens more of in less time than modules. esbuild cuts a bundle into pieces as
 * modules alone.
 */
async function asCommonJs({ path, text }) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    supported: { 'dynamic-import': false },
    banner: basename(path) === 'cli.js' ? `${STRICT}\n${NO_DEBUGGER}\n${WITH_RESOLVERS}` : STRICT,
  });
  return late(code);
}

const pieces = await inPieces(options);
const { outputFiles } = await build({ ...options, plugins: [pieces, ...options.plugins] });
const files = await Promise.all(outputFiles.map(async (file) => [basename(file.path), await asCommonJs(file)]));
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
for (const [name, content] of [...files, ...beside]) await writeFile(join(folder, name), content);
await chmod(join(folder, 'cli.js'), 0o755);
