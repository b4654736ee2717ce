import { workerData } from 'node:worker_threads';
import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';

/** A thread for tests of the helper that starts threads. */

class Unheard extends Error {
  override name = 'Unheard';
}

const seen: string[] = [];

const calls = {
  note(text: string): readonly string[] {
    seen.push(text);
    return seen;
  },
  data: (): unknown => workerData,
  doubled(bytes: Uint8Array): Uint8Array {
    const twice = new Uint8Array(bytes.length * 2);
    twice.set(bytes);
    twice.set(bytes, bytes.length);
    return handOver(twice, [twice]);
  },
  fails(): never {
    throw new Unheard('as asked');
  },
  async never(): Promise<void> {
    await new Promise(() => {});
  },
  dies(): never {
    process.exit(3);
  },
};

export type TestCalls = typeof calls;

answerCalls(calls);
