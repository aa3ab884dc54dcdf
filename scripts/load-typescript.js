import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Imports a TypeScript file of this repository, bundled on the fly, so that the scripts use the same harness as the tests and the
 * same store as the program. Packages stay outside the bundle: hence its place inside node_modules.
 */
export async function loadTypeScript(path) {
  const outfile = join('node_modules', '.cache', 'kaltura-ks', `${basename(path, '.ts')}.mjs`);
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
