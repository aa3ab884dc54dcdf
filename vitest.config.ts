import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Tests in a pseudo-terminal start whole programs: on a small machine, more at once only slow each other down.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
