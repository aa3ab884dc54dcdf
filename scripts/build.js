import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { lateNode } from './late-node.js';
import { lateUnicode } from './late-unicode.js';
import { inPieces } from './pieces.js';

/**
 * Bundles the program into `dist/`, split by command, so that nothing loads before it is needed.
 *
 * - NODE_ENV is fixed: React's development build costs start-up time and prints warnings.
 * - `require` is made for the CommonJS packages inside the bundle, which ask for Node's own modules alone. Made so, it costs a
 *   command that needs none of them nothing.
 * - `Promise.withResolvers` is the one thing that ink, conf and got use and Node 20 lacks.
 */
const banner = `const require = (id) => process.getBuiltinModule(id);
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
};`;

/**
 * Yoga's WebAssembly lies in its own file as text; it asks `fetch` to decode that, which would load Node's whole web client at every
 * start. Told that there is no `fetch`, it decodes the text itself.
 */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/, namespace: 'file' }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }));
  },
};

/**
 * Where `DEV` is set, Ink looks for a debugger, which talks to whoever listens on a port of this machine. A `define` would not reach it:
 * Ink imports its `process`.
 */
const inkWithoutDebugger = {
  name: 'ink-without-debugger',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]ink[/\\]build[/\\](ink|reconciler)\.js$/, namespace: 'file' }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replaceAll("process.env['DEV'] === 'true'", 'false');
      return contents === text ? { errors: [{ text: 'Ink asks for DEV in other words now.' }] } : { contents };
    });
  },
};

const options = {
  entryPoints: ['cli.tsx'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: banner },
  plugins: [yogaWithoutFetch, inkWithoutDebugger, lateUnicode, lateNode],
  logLevel: 'warning',
};
const pieces = await inPieces(options);
await rm('dist', { recursive: true, force: true });
await build({ ...options, plugins: [pieces, ...options.plugins] });
