import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node reads this variable when a process starts, so it is set before the workers: commands that run in them can reach the pretended
// regions of test/platform/network/six-regions.ts. A developer's own file, often large, would be read by each process.
process.env['NODE_EXTRA_CA_CERTS'] = fileURLToPath(new URL('test/fixtures/tls/six-regions-ca.pem', import.meta.url));

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // More than two cores, because tests that start programs spend half of their time waiting for them.
    maxWorkers: 4,
    // Most of a small test file's time is the import of modules: the files of a worker share them.
    isolate: false,
    testTimeout: 30_000,
  },
});
