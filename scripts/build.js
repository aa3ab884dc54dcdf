import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Bundles the program into `dist/`, split by command, so that nothing loads before it is needed.
 *
 * - NODE_ENV is fixed: React's development build costs start-up time and prints warnings.
 * - `require` is made for the CommonJS packages inside the bundle.
 * - `Promise.withResolvers` is the one thing that ink, conf and got use and Node 20 lacks.
 * - react-devtools-core is an optional peer of ink, loaded only in development.
 */
const banner = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
};`;

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['cli.tsx'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  jsx: 'automatic',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: banner },
  external: ['react-devtools-core'],
  logLevel: 'warning',
});
