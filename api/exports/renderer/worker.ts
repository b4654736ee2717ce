import { getHeapStatistics } from 'node:v8';
import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';
import { type Made, make, type Order } from '../render.ts';

/** Makes documents in a thread of its own, one after another. */

const calls = {
  async make(order: Order): Promise<Made> {
    const made = await make(order);
    const bytes = new Uint8Array(made.bytes);
    return handOver({ ...made, bytes }, [bytes]);
  },
  /** Bytes of its heap and its buffers, most of it garbage: it is collected when new objects need the room, and not before. */
  held(): number {
    const { total_heap_size: heap, external_memory: buffers } = getHeapStatistics();
    return heap + buffers;
  },
};

export type DocumentCalls = typeof calls;

answerCalls(calls);
