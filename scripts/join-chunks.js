import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * The code paths that a user waits for. Each lists the modules that are imported dynamically on it, by file name. `cli.tsx` is loaded
 * before them. `making` follows `token` if no saved key is used.
 */
const PATHS = {
  frame: ['start-wizard', 'profile-store', 'run-wizard', 'env-account', 'change-records'],
  token: ['run-command', 'profile-store', 'find-profile'],
  making: ['make-new-key', 'spec-from-flags', 'local'],
};

/** What the wizard imports, but hardly needs for its first frame. `paragraph.ts` has no texts, and screens use it while they are loaded. */
const LATE =
  /^source\/(messages\/(?!paragraph\.)|kaltura\/(api|app-tokens|diagnosis|ks|privileges|recipes|risks|sessions|sign-in)\/)/;

/** Below the screens. */
const isLower = (file) => /^source\/(kaltura|messages|profiles|secrets|terminal)\//.test(file);

/** Packages follow the files that import them. */
const isOurs = (file) => file.startsWith('source/') || file === 'cli.tsx';

const nameOf = (entry) => basename(entry).replace(/\.tsx?$/, '');

/** Each file with those that it imports, and the entry points: `cli.tsx` and every file that is imported dynamically. */
async function readImports(options) {
  const { inputs, outputs } = (await build(options)).metafile;
  const importsOf = (file) =>
    (inputs[file]?.imports ?? []).flatMap(({ path, kind }) =>
      kind === 'import-statement' && isOurs(path) ? [path] : [],
    );
  const entries = Object.values(outputs).flatMap(({ entryPoint }) =>
    entryPoint && isOurs(entryPoint) ? [entryPoint] : [],
  );
  return { entries, importsOf };
}

/** All files that the given ones import, directly or through other files. The given files are included. */
function reached(files, importsOf) {
  const all = new Set(files);
  for (const file of all) for (const path of importsOf(file)) all.add(path);
  return all;
}

/** Chunk name -> files: those that the same paths load, such as `frame+token`, split into what the first frame needs and what it doesn't. */
function chunksOf(entries, importsOf) {
  const named = (name) => {
    const found = entries.filter((entry) => nameOf(entry) === name);
    if (found.length !== 1)
      throw new Error(`join-chunks.js: ${found.length} modules named "${name}" are imported dynamically, expected 1`);
    return found[0];
  };
  const start = reached(['cli.tsx'], importsOf);
  const loaded = Object.entries(PATHS).map(([path, names]) => [path, reached(names.map(named), importsOf)]);
  const partOf = (file) => {
    if (!isLower(file)) return 'screens';
    const isLate = [...reached([file], importsOf)].some((path) => LATE.test(path));
    return isLate ? 'late' : 'base';
  };
  const chunks = {};
  for (const file of new Set([...start, ...loaded.flatMap(([, files]) => [...files])])) {
    if (entries.includes(file)) continue;
    const paths = loaded.flatMap(([path, files]) => (files.has(file) ? [path] : []));
    const parts = paths.includes('frame') ? [...paths, partOf(file)] : paths;
    const name = start.has(file) ? 'start' : parts.join('+');
    chunks[name] ??= [];
    chunks[name].push(file);
  }
  return chunks;
}

const importing = (paths) => paths.map((path) => `import ${JSON.stringify(path)};\n`).join('');

/** Begins the name of an entry point that only keeps a chunk apart from the others. */
export const CHUNK = 'chunk:';

/**
 * Joins files that are needed together into one chunk. esbuild puts each set of files that the same entry points use into a chunk of its own: 49
 * files for `token`, and opening them takes Node longer than running them.
 *
 * So every entry point that uses a file of a chunk imports the whole chunk, and each chunk has an entry point of its own. None of this loads
 * anything: `bundle.js` makes a chunk load when a function first uses it.
 */
export async function joinChunks(options) {
  const { entries, importsOf } = await readImports(options);
  const chunks = chunksOf(entries, importsOf);
  const chunkOf = new Map(Object.values(chunks).flatMap((files) => files.map((file) => [file, files])));
  const withChunks = (files) => [...reached(files, (file) => [...importsOf(file), ...(chunkOf.get(file) ?? [])])];
  const added = new Map(entries.map((entry) => [entry, withChunks([entry]).filter((file) => chunkOf.has(file))]));
  const absolute = (file) => resolve(options.absWorkingDir, file);
  const textOf = (files) => importing(files.map(absolute));
  const wanted = new Map([...added].map(([entry, files]) => [absolute(entry), textOf(files)]));
  return {
    name: 'join-chunks',
    setup({ initialOptions, onResolve, onLoad }) {
      initialOptions.entryPoints = [...options.entryPoints, ...Object.keys(chunks).map((name) => CHUNK + name)];
      onResolve({ filter: new RegExp(`^${CHUNK}`) }, ({ path }) => ({
        path: path.slice(CHUNK.length),
        namespace: 'chunk',
      }));
      onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: name }) => ({
        contents: textOf(withChunks(chunks[name]).filter((file) => chunkOf.has(file))),
        resolveDir: options.absWorkingDir,
      }));
      onLoad({ filter: /\.tsx?$/, namespace: 'file' }, async ({ path }) => {
        const imports = wanted.get(path);
        if (imports === undefined) return undefined;
        // At the end, because `cli.tsx` begins with a line for the shell.
        return { contents: (await readFile(path, 'utf8')) + imports, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}
