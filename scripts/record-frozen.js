/**
 * Builds the program and records the expected data of test/frozen again. Arguments select test files or name patterns, as for vitest.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, RECORD: '1' };
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run('scripts/build.js');
run(
  'node_modules/vitest/vitest.mjs',
  'run',
  '--mode',
  'full',
  ...(process.argv.length > 2 ? process.argv.slice(2) : ['test/frozen']),
);
