import { workerData } from 'node:worker_threads';
import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';

/** What a thread or process is asked in tests of the helper that starts them. */

class Unheard extends Error {
  override name = 'Unheard';
}

const seen: string[] = [];

const calls = {
  note(text: string): readonly string[] {
    seen.push(text);
    return [...seen];
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
  pid: (): number => process.pid,
  fills(): number {
    const kept: number[][] = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  dies(): never {
    process.exit(3);
  },
};

export type TestCalls = typeof calls;

answerCalls(calls);
