import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { dependencyPatches } from './dependency-patches.js';
import { CHUNK, joinChunks } from './join-chunks.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const options = {
  absWorkingDir: root,
  entryPoints: ['cli.tsx'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  // esbuild can split only ES modules; `toCommonJs` converts each file afterwards.
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  // Writes /\p{L}/u as `new RegExp()`. V8 loads the Unicode tables of a literal even if the function that contains it never runs.
  supported: { 'regexp-sticky-and-unicode-flags': false },
  // React's development build starts slowly and prints warnings.
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '__filename' },
  plugins: [dependencyPatches()],
  logLevel: 'warning',
  metafile: true,
  write: false,
};

/**
 * Node opens its debugger on SIGUSR1, for every user of the computer, unless the program listens for that signal. So this code comes first, and
 * nothing removes the listener. A debugger that was opened while Node itself was starting is closed at once and again a few times, because Node
 * handles a signal from that time a moment later. A debugger that the user asked for (--inspect) stays open. (`inspector.close()` does the same but
 * takes 7 ms to load.)
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

/** Converts a file of the bundle to CommonJS, which Node loads faster: `token` takes 15 % less time than with ES modules. */
async function toCommonJs({ path, text }) {
  const target = { platform: 'node', target: 'node20' };
  const { code } = await transform(text, { ...target, format: 'cjs', supported: { 'dynamic-import': false } });
  const banner = basename(path) === 'cli.js' ? `'use strict';\n${NO_DEBUGGER}\n${WITH_RESOLVERS}` : "'use strict';";
  return (await transform(withLateRequires(code), { ...target, minify: true, banner })).code;
}

/**
 * Requires a file or a module of Node when a function first uses it, not when the file that imports it is loaded: most of what the wizard imports
 * is not needed for its first frame. Our files do nothing else when they are loaded, so the order makes no difference.
 */
function withLateRequires(code) {
  const names = [];
  const late = code.replace(/^var (import_\w+) = (.*\brequire\("[^"]+"\).*);$/gm, (_, name, required) => {
    names.push(name);
    return `var ${name}_, ${name} = () => ${name}_ ??= ${required};`;
  });
  return names.reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `(${name}()).`), late);
}

/**
 * Bundles the program.
 *
 * @returns the files of `dist/` (name -> content), and esbuild's description of what is in each
 */
export async function bundle() {
  const plugins = [await joinChunks(options), ...options.plugins];
  const { outputFiles, metafile } = await build({ ...options, plugins });
  const isEmpty = (path) => metafile.outputs[relative(root, path)]?.entryPoint?.startsWith(CHUNK) ?? false;
  const files = await Promise.all(
    outputFiles.filter(({ path }) => !isEmpty(path)).map(async (file) => [basename(file.path), await toCommonJs(file)]),
  );
  return { files: new Map([...files, ['package.json', '{ "type": "commonjs" }\n']]), metafile };
}
