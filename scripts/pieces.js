import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** The ways through the program that are waited for, by the entries that are loaded on them after `cli.tsx`. */
const WAYS = {
  /** To the first frame. */
  drawn: ['source/start-wizard.ts', 'source/runtime/profile-store.ts', 'source/ui/run-wizard.tsx'],
  /** To the first line that is said. */
  spoken: ['source/start-wizard.ts', 'source/runtime/profile-store.ts', 'source/ui/lines/run-lines.ts'],
  /** To a key from `kaltura-ks token`. */
  key: ['source/commands/run-command.ts', 'source/runtime/profile-store.ts'],
};

/** The piece of a file, by the ways that it is on; undefined for a file that stays where esbuild puts it. */
function pieceFor({ isDrawn, isSpoken, isForKey }) {
  if (isForKey) return isDrawn ? 'common' : 'key';
  if (isDrawn) return isSpoken ? 'words' : 'drawing';
  return undefined;
}

/** Packages come along with those of our files that import them. */
const isOurs = (file) => file.startsWith('source/');

/** The files that each entry loads with itself, by a bundle as esbuild cuts it. */
async function filesOfEntries(options) {
  const { outputs } = (await build({ ...options, metafile: true, write: false })).metafile;
  const filesOf = (output, seen = new Set()) => {
    if (seen.has(output)) return [];
    seen.add(output);
    const { inputs, imports } = outputs[output];
    const own = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
    const needed = imports.filter(({ path, kind }) => kind === 'import-statement' && path in outputs);
    return [...own, ...needed.flatMap(({ path }) => filesOf(path, seen))];
  };
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint !== undefined);
  return new Map(entries.map(([output, { entryPoint }]) => [entryPoint, new Set(filesOf(output))]));
}

/** The pieces with their files. An entry is a file of its own in any case. */
function piecesOf(files) {
  const isOn = (way, file) => WAYS[way].some((entry) => files.get(entry).has(file));
  const pieces = new Map();
  for (const file of new Set([...files.values()].flatMap((used) => [...used]))) {
    if (!isOurs(file) || files.has(file) || files.get('cli.tsx').has(file)) continue;
    const ways = { isDrawn: isOn('drawn', file), isSpoken: isOn('spoken', file), isForKey: isOn('key', file) };
    const piece = pieceFor(ways);
    if (piece !== undefined) pieces.set(piece, [...(pieces.get(piece) ?? []), file]);
  }
  return pieces;
}

const importing = (paths) => paths.map((path) => `import ${JSON.stringify(path)};\n`).join('');

/**
 * esbuild cuts a bundle so that nothing loads a line it does not use: what many entries share falls into dozens of files of a few
 * hundred bytes, and each of them costs Node more to open than its lines. So what lies on the same ways is kept together as one
 * piece: every entry that uses a bit of a piece imports all of it.
 */
export async function inPieces(options) {
  const files = await filesOfEntries(options);
  const pieces = piecesOf(files);
  const namesFor = (used) =>
    [...pieces].filter(([, parts]) => parts.some((part) => used.has(part))).map(([name]) => name);
  const wanted = new Map(
    [...files].filter(([entry]) => isOurs(entry)).map(([entry, used]) => [resolve(entry), namesFor(used)]),
  );
  return {
    name: 'in-pieces',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /[/\\]source[/\\].*\.tsx?$/, namespace: 'file' }, async ({ path }) => {
        const names = wanted.get(path) ?? [];
        if (names.length === 0) return undefined;
        const contents = importing(names.map((name) => `piece:${name}`)) + (await readFile(path, 'utf8'));
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
      onResolve({ filter: /^piece:/ }, ({ path }) => ({ path: path.slice('piece:'.length), namespace: 'piece' }));
      onLoad({ filter: /.*/, namespace: 'piece' }, ({ path }) => ({
        contents: importing(pieces.get(path).map((file) => resolve(file))),
        resolveDir: process.cwd(),
      }));
    },
  };
}
