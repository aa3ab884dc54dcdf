import { readFile } from 'node:fs/promises';

/** Changes a file of a package; where its words are others by now, the build fails. */
const changing =
  (change) =>
  async ({ path }) => {
    const text = await readFile(path, 'utf8');
    const contents = change(text);
    return contents === text ? { errors: [{ text: `${path} has other words now.` }] } : { contents };
  };

const YOGA_AT_ONCE = `const yoga = {
  instantiateWasm(imports, receive) {
    const wasm = new WebAssembly.Module(require('node:fs').readFileSync(__dirname + '/yoga.wasm'));
    const instance = new WebAssembly.Instance(wasm, imports);
    receive(instance);
    return instance.exports;
  },
};
loadYoga(yoga);
const Yoga = wrapAssembly(yoga);`;

/**
 * Yoga's WebAssembly lies in its JavaScript as a text of 95 kilobytes, to be read as code, decoded, and waited for. It becomes a file
 * of its own, put among those `beside` the bundle, and is made at once: CommonJS cannot wait.
 */
export const yogaAtOnce = (beside) => ({
  name: 'yoga-at-once',
  setup({ onLoad }) {
    const takenOut = (text) => {
      const [uri, base64] = /data:application\/octet-stream;base64,([^"]+)/.exec(text) ?? [];
      if (base64 === undefined) return text;
      beside.set('yoga.wasm', Buffer.from(base64, 'base64'));
      return text.replace(uri, '');
    };
    const atOnce = (text) => text.replace('const Yoga = wrapAssembly(await loadYoga());', YOGA_AT_ONCE);
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/, namespace: 'file' }, changing(takenOut));
    onLoad({ filter: /yoga-layout[/\\]dist[/\\]src[/\\]index\.js$/, namespace: 'file' }, changing(atOnce));
  },
});

/**
 * Where `DEV` is set, Ink looks for a debugger, which talks to whoever listens on a port of this machine. A `define` would not reach it:
 * Ink imports its `process`.
 */
export const inkWithoutDebugger = {
  name: 'ink-without-debugger',
  setup({ onLoad }) {
    const without = (text) => text.replaceAll("process.env['DEV'] === 'true'", 'false');
    onLoad({ filter: /[/\\]ink[/\\]build[/\\](ink|reconciler)\.js$/, namespace: 'file' }, changing(without));
  },
};

/** commander could run other programs as its commands, and loads what Node needs for that. We have none. */
export const commanderWithoutPrograms = {
  name: 'commander-without-programs',
  setup({ onLoad }) {
    const without = (text) =>
      text.replace("import childProcess from 'node:child_process';", 'const childProcess = null;');
    onLoad({ filter: /[/\\]commander[/\\]lib[/\\]command\.js$/, namespace: 'file' }, changing(without));
  },
};
