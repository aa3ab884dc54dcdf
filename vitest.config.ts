import { defineConfig } from 'vitest/config';

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
