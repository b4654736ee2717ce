import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';
import { type Made, make, type Order } from '../render.ts';

/** Makes documents in a process of its own, one after another. */

const calls = {
  async make(order: Order): Promise<Made> {
    const made = await make(order);
    const bytes = new Uint8Array(made.bytes);
    return handOver({ ...made, bytes }, [bytes]);
  },
  /** Bytes of this process that are resident; much of it is garbage, which is collected when new objects need the room, and not before. */
  held: (): number => process.memoryUsage.rss(),
};

export type DocumentCalls = typeof calls;

answerCalls(calls);
