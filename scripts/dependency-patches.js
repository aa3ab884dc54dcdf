import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * All changes that the build makes to packages. Each patch names a file below `node_modules`, what to replace there, and in how many
 * places. The build fails if the number differs or if the file isn't in the bundle, so an update of a package cannot lose a patch.
 * Numbers are from Node 20.20, as user-mode instructions to the first frame.
 */

const lateUnicode = JSON.stringify(fileURLToPath(new URL('bundled/late-unicode.ts', import.meta.url)));

/** Ink connects to any program that listens on the debugger's port if DEV is set: a local user could read the wizard's screens and secrets. */
const withoutDebugger = [
  { file: 'ink/build/ink.js', places: 1 },
  { file: 'ink/build/reconciler.js', places: 2 },
].map((target) => ({ ...target, find: "process.env['DEV'] === 'true'", replace: 'false' }));

/** CommonJS has no top-level `await`; compiling Yoga's WebAssembly synchronously lets the bundle be CommonJS. Together they save 20 %. */
const synchronousYoga = [
  {
    file: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
    find: /"data:application\/octet-stream;base64,([^"]+)"(.*)$/s,
    replace: '""$2\nexport const base64 = "$1";',
    places: 1,
  },
  {
    file: 'yoga-layout/dist/src/index.js',
    find: "import loadYoga from '../binaries/yoga-wasm-base64-esm.js';",
    replace: "import loadYoga, { base64 } from '../binaries/yoga-wasm-base64-esm.js';",
    places: 1,
  },
  {
    file: 'yoga-layout/dist/src/index.js',
    find: 'const Yoga = wrapAssembly(await loadYoga());',
    replace: `const yoga = {
  instantiateWasm(imports, receive) {
    const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
    const instance = new WebAssembly.Instance(module, imports);
    receive(instance);
    return instance.exports;
  },
};
loadYoga(yoga);
const Yoga = wrapAssembly(yoga);`,
    places: 1,
  },
];

/** Node takes about 10 ms to create its first `Intl.Segmenter`. Creating it for the first text that needs it saves 20 %. */
const lateSegmenter = [
  '@alcalzone/ansi-tokenize/build/tokenize.js',
  'ink/build/line-update.js',
  'slice-ansi/tokenize-ansi.js',
  'string-width/index.js',
  'wrap-ansi/index.js',
].map((file) => ({
  file,
  find: /new Intl\.Segmenter\([^)]*\)/g,
  replace: 'new LateSegmenter()',
  places: 1,
  imports: 'LateSegmenter',
}));

/** Node takes about 15 ms to build the pattern of all emoji. Building it for the first text that needs it saves 30 %. */
const lateEmoji = [
  {
    file: 'string-width/index.js',
    find: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    replace: `let rgiEmoji;
const rgiEmojiRegex = { test: (text) => (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };`,
    places: 1,
  },
  {
    file: 'string-width/index.js',
    find: 'if (/^[\\u0020-\\u007E]*$/.test(string)) {',
    replace: 'if (ambiguousIsNarrow ? isNarrow(string) : /^[\\u0020-\\u007E]*$/.test(string)) {',
    places: 1,
    imports: 'isNarrow',
  },
];

/**
 * Ink parses every row of every frame again, though a key press changes only some of them. With what it found in the frame before, a key press
 * takes 25 % fewer instructions and the peak of memory is 14 % lower. No older frame is kept: it may show a secret.
 */
const keptRows = [
  {
    file: 'ink/build/output.js',
    find: 'let cached = this.styledChars.get(line);',
    replace: `let cached = this.styledChars.get(line) ?? frameBefore.styledChars.get(line);
        if (cached !== undefined) this.styledChars.set(line, cached);`,
    places: 1,
  },
  {
    file: 'ink/build/output.js',
    find: 'caches = new OutputCaches();',
    replace: 'caches = cachesOfNextFrame();',
    places: 1,
  },
  {
    file: 'ink/build/output.js',
    find: 'export default class Output {',
    replace: `let frame = new OutputCaches();
let frameBefore = frame;
function cachesOfNextFrame() {
    frameBefore = frame;
    frame = new OutputCaches();
    return frame;
}
export default class Output {`,
    places: 1,
  },
];

const PATCHES = [...withoutDebugger, ...synchronousYoga, ...lateSegmenter, ...lateEmoji, ...keptRows];

/**
 * Applies one patch to the text of its file.
 *
 * @throws {Error} if the text to replace isn't there as often as expected
 */
export function applyPatch(text, { file, find, replace, places, imports }) {
  const found =
    typeof find === 'string' ? text.split(find).length - 1 : [...text.matchAll(new RegExp(find, 'gs'))].length;
  if (found !== places) throw new Error(`${file}: expected ${places} place(s) to patch, found ${found}: ${find}`);
  const patched = typeof find === 'string' ? text.replaceAll(find, () => replace) : text.replace(find, replace);
  return imports ? `import { ${imports} } from ${lateUnicode};\n${patched}` : patched;
}

/** The path below the last `node_modules`, with forward slashes. */
const packagePath = (path) => path.replaceAll('\\', '/').split('/node_modules/').at(-1);

/** Applies the patches. A bundle that contains only some of the packages needs only the patches of `files`. */
export function dependencyPatches(files = PATCHES.map(({ file }) => file)) {
  return {
    name: 'dependency-patches',
    setup({ onStart, onLoad, onEnd }) {
      let missing = new Set();
      onStart(() => {
        missing = new Set(files);
      });
      onLoad({ filter: /[/\\]node_modules[/\\].*\.js$/, namespace: 'file' }, async ({ path }) => {
        const patches = PATCHES.filter(({ file }) => file === packagePath(path));
        if (patches.length === 0) return undefined;
        missing.delete(packagePath(path));
        const text = await readFile(path, 'utf8');
        try {
          return { contents: patches.reduce(applyPatch, text), loader: 'js' };
        } catch ({ message }) {
          return { errors: [{ text: message }] };
        }
      });
      onEnd(() => ({
        errors: [...missing].map((file) => ({ text: `${file} is to be patched, but not in the bundle.` })),
      }));
    },
  };
}
