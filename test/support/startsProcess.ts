import { openProcess } from '#ingest/process/openProcess.ts';
import type { TestCalls } from './testCalls.ts';

/** Starts a process that answers calls, and tells its number again and again, as it says it itself. */

const { ask } = openProcess<TestCalls>({
  file: new URL('./testCalls.ts', import.meta.url),
  name: 'The callee under test',
  mostMemoryMb: 100,
});

for (;;) {
  process.send?.(await ask('pid', undefined));
  await new Promise((resolve) => setTimeout(resolve, 100));
}
