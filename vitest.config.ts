import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { inMemory } from './test/support/inMemory.ts';
import { LongestFirst } from './test/support/longestFirst.ts';

inMemory();

/** What Node compiled is kept from one process to the next: test processes, threads and tools all start faster. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('.cache/compiled', import.meta.url));

/** Tests that speak to a Kafka broker: it is started once, for them alone. */
const KAFKA = [
  'test/api/{freezeKafka,importsKafka}.test.ts',
  'test/contract/{identity,stream,stream.foreign,stream.kafka}.test.ts',
];

/** What every test process has before its first test. */
const setupFiles = ['test/support/bothLanguages.ts'];

/** Tests that measure the memory of their process, or put something in the place of a module: each has a process of its own. */
const ALONE = ['test/api/{evidenceAbuse,limits,rankingColumn}.test.ts'];

/**
 * Tests against real parts take long, and longer where the machine is busy. They share a process, in which modules are
 * imported, compiled and warmed once; a product, one at a time in a process, is started and stopped by each file.
 */
const parts = {
  pool: 'forks' as const,
  isolate: false,
  setupFiles: [...setupFiles, 'test/support/beforeFile.ts'],
  testTimeout: 120_000,
  hookTimeout: 240_000,
  // What is polled for comes; how soon is for no test here to say.
  expect: { poll: { timeout: 20_000 } },
  env: { UV_THREADPOOL_SIZE: '16', NODE_COMPILE_CACHE },
};

/**
 * Tests of pure code share a process: modules are imported once for all of them, and so are the random zones that
 * many of them ask (`test/support/randomZone.ts`).
 */
const unit = {
  pool: 'forks' as const,
  isolate: false,
  setupFiles,
  testTimeout: 120_000,
  env: { NODE_COMPILE_CACHE },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...unit, name: 'unit', include: ['test/unit/**/*.test.ts'] },
      },
      {
        test: {
          ...parts,
          name: 'parts',
          include: ['test/{contract,api,faults,e2e}/**/*.test.ts'],
          exclude: [...KAFKA, ...ALONE],
          globalSetup: ['test/support/preparedSample.ts'],
        },
      },
      { test: { ...parts, name: 'alone', include: ALONE, isolate: true } },
      {
        test: { ...parts, name: 'kafka', include: KAFKA, globalSetup: ['test/support/kafka/globalSetup.ts'] },
      },
    ],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
