import { defineConfig } from 'vitest/config';

/** chDB is native and not thread-safe across isolates: every test file gets a process of its own. */
const shared = { pool: 'forks' as const, isolate: true };

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...shared, name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['test/{contract,api,faults,e2e}/**/*.test.ts'],
          globalSetup: ['test/support/globalSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          env: { UV_THREADPOOL_SIZE: '16' },
        },
      },
    ],
    maxWorkers: 2,
  },
});
