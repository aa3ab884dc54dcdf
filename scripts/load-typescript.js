import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Imports a TypeScript file of this repository, bundled on the fly, so that the scripts use the same harness as the tests and the
 * same store as the program. Packages stay outside the bundle: hence its place inside node_modules.
 */
export async function loadTypeScript(path) {
  const outfile = join('node_modules', '.cache', 'kaltura-ks', `${basename(path, '.ts')}.mjs`);
  const { outputFiles } = await build({
    entryPoints: [path],
    outfile,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  // Renamed when it is whole, because tests that run at the same time write the same file.
  const own = `${outfile}.${process.pid}`;
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(own, outputFiles[0].contents);
  await rename(own, outfile);
  return import(pathToFileURL(outfile).href);
}
