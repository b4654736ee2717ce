import { getHeapStatistics } from 'node:v8';
import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';
import type { GapMatrix, RankingRow } from '#schemas/results/results.ts';
import { type Made, make, type Order } from '../render.ts';

/** Makes documents in a thread of its own, one after another. */

let rows: RankingRow[] = [];
let units: GapMatrix['units'] = [];

/** The order with the rows that came ahead of it. */
function whole(order: Order): Order {
  const { gaps } = order.reportData;
  const reportData = { ...order.reportData, rows, gaps: gaps && { ...gaps, units } };
  rows = [];
  units = [];
  return { ...order, reportData };
}

const calls = {
  /** Rows come ahead of their order in pieces, so that copying them never holds up the sender for long. */
  take(some: { rows: RankingRow[]; units: GapMatrix['units'] }): void {
    rows.push(...some.rows);
    units.push(...some.units);
  },
  async make(order: Order): Promise<Made> {
    const made = await make(whole(order));
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
