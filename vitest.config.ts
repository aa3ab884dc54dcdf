import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Tests in a pseudo-terminal start whole programs: on a small machine, more at once only slow each other down.
    maxWorkers: 2,
    // Most of a small test file's time is the import of modules: the files of a worker share them.
    isolate: false,
    testTimeout: 30_000,
  },
});
