import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longestFirst.ts';

/** chDB is native and not thread-safe across isolates: every test file gets a process of its own. */
const shared = { pool: 'forks' as const, isolate: true };

/** Tests that speak to a Kafka broker: it is started once, for them alone. */
const KAFKA = [
  'test/api/freezeKafka.test.ts',
  'test/contract/{identity,stream,stream.foreign,stream.kafka}.test.ts',
];

/** Tests against real parts take long, and longer where the machine is busy. */
const parts = {
  ...shared,
  testTimeout: 120_000,
  hookTimeout: 240_000,
  env: { UV_THREADPOOL_SIZE: '16' },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...shared, name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        test: {
          ...parts,
          name: 'parts',
          include: ['test/{contract,api,faults,e2e}/**/*.test.ts'],
          exclude: KAFKA,
        },
      },
      {
        test: { ...parts, name: 'kafka', include: KAFKA, globalSetup: ['test/support/kafka/globalSetup.ts'] },
      },
    ],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
