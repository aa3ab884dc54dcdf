import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * The code paths that a user waits for. Each lists the modules that are imported dynamically on it, by file name. `cli.tsx` is loaded
 * before them. `making` follows `token` if no saved key is used. The wizard uses `change-records` right after its first frame.
 */
const PATHS = {
  frame: ['start-wizard', 'profile-store', 'run-wizard', 'env-account', 'change-records'],
  token: ['run-command', 'profile-store', 'find-profile'],
  making: ['make-new-key', 'spec-from-flags', 'local'],
};

/** Packages follow the files that import them. */
const isOurs = (file) => file.startsWith('source/') || file === 'cli.tsx';

const nameOf = (entry) => basename(entry).replace(/\.tsx?$/, '');

/** Each entry point with all files that load when it loads, as esbuild splits the bundle by itself; and the files that a file imports. */
async function filesOfEntries(options) {
  const { inputs: sources, outputs } = (await build(options)).metafile;
  const filesOf = (output, seen) => {
    if (seen.has(output)) return [];
    seen.add(output);
    const { inputs, imports } = outputs[output];
    const own = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
    const loaded = imports.filter(({ path, kind }) => kind === 'import-statement' && path in outputs);
    return [...own, ...loaded.flatMap(({ path }) => filesOf(path, seen))];
  };
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint !== undefined);
  const files = new Map(entries.map(([output, { entryPoint }]) => [entryPoint, new Set(filesOf(output, new Set()))]));
  const importsOf = (file) =>
    (sources[file]?.imports ?? []).flatMap(({ path, kind }) => (kind === 'import-statement' ? [path] : []));
  return { files, importsOf };
}

function filesOnPath(path, files) {
  return PATHS[path].flatMap((name) => {
    const entries = [...files.keys()].filter((entry) => isOurs(entry) && nameOf(entry) === name);
    if (entries.length !== 1)
      throw new Error(`join-chunks.js: ${entries.length} modules named "${name}" are imported dynamically, expected 1`);
    return [...files.get(entries[0])];
  });
}

/**
 * Chunk name -> files: what every start loads, then the files that the same paths share, such as `frame+token`. A file that a single entry
 * point uses stays with it.
 */
function chunksOf(files) {
  const loaded = Object.keys(PATHS).map((path) => [path, new Set(filesOnPath(path, files))]);
  const uses = (file) => [...files.values()].filter((used) => used.has(file)).length;
  const start = files.get('cli.tsx');
  const isShared = (file) => isOurs(file) && !files.has(file) && uses(file) > 1;
  // What `token` loads is there before `making` begins.
  const pathsOf = (file) => loaded.flatMap(([path, on]) => (on.has(file) ? [path] : []));
  const nameOfChunk = (file) => {
    const paths = pathsOf(file);
    return (paths.includes('token') ? paths.filter((path) => path !== 'making') : paths).join('+');
  };
  const shared = [...new Set(loaded.flatMap(([, on]) => [...on]))].filter((file) => isShared(file) && !start.has(file));
  const chunks = { start: [...start].filter(isShared) };
  for (const file of shared) {
    chunks[nameOfChunk(file)] ??= [];
    chunks[nameOfChunk(file)].push(file);
  }
  return chunks;
}

const importing = (paths) => paths.map((path) => `import ${JSON.stringify(path)};\n`).join('');

/**
 * Joins the chunks that load together. esbuild puts each set of files that the same entry points use into a chunk of its own: 49 files for
 * `token`, and opening them takes Node longer than running them. This makes it 5 and saves 20 % of `token` and 10 % of the first frame.
 *
 * Every entry point that uses a file of a joined chunk imports the whole chunk, so esbuild leaves the chunk in one piece.
 */
export async function joinChunks(options) {
  const { files, importsOf } = await filesOfEntries(options);
  const { start, ...others } = chunksOf(files);
  // A joined chunk also loads what its files import, and then the whole chunks of these files.
  const filesFor = (used) => {
    const loaded = new Set(used);
    for (const file of loaded) {
      const chunk = Object.values(others).find((one) => one.includes(file)) ?? [];
      for (const other of [...chunk, ...importsOf(file)]) loaded.add(other);
    }
    // Every entry point is loaded after `cli.tsx`, so it can import the whole chunk `start` even if it uses none of it.
    return [
      ...start,
      ...Object.values(others).flatMap((chunk) => (chunk.some((file) => loaded.has(file)) ? chunk : [])),
    ];
  };
  const added = new Map();
  const canReach = (file, entry, seen = new Set()) =>
    [...importsOf(file), ...(added.get(file) ?? [])].some(
      (path) => path === entry || (!seen.has(path) && canReach(path, entry, seen.add(path))),
    );
  // No circular imports, also through other entry points: in a circle, files of the chunk would run before what they import.
  for (const [entry, used] of files) {
    if (!isOurs(entry)) continue;
    added.set(
      entry,
      filesFor(used).filter((file) => file !== entry && !canReach(file, entry)),
    );
  }
  const absolute = (file) => resolve(options.absWorkingDir, file);
  const wanted = new Map([...added].map(([entry, joined]) => [absolute(entry), joined.map(absolute)]));
  return {
    name: 'join-chunks',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/, namespace: 'file' }, async ({ path }) => {
        const joined = wanted.get(path);
        if (joined === undefined) return undefined;
        // At the end, because `cli.tsx` begins with a line for the shell.
        const contents = (await readFile(path, 'utf8')) + importing(joined);
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}
