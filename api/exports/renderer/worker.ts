import { parentPort } from 'node:worker_threads';
import type { GapMatrix, RankingRow } from '#schemas/results.ts';
import { type Made, make, type Order } from '../render.ts';

/** Makes documents in a thread of its own, one after another. */

/** Rows come ahead of their order in pieces, so that copying them never holds up the sender for long. */
export type Sent = { rows: RankingRow[] } | { units: GapMatrix['units'] } | { id: number; order: Order };
export type Answered = { id: number; made?: Made; failed?: { name: string; message: string } };

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

async function answer(id: number, order: Order): Promise<void> {
  try {
    const made = await make(order);
    const bytes = new Uint8Array(made.bytes);
    parentPort?.postMessage({ id, made: { ...made, bytes } } satisfies Answered, [bytes.buffer]);
  } catch (error) {
    const { name, message } = error as Error;
    parentPort?.postMessage({ id, failed: { name, message } } satisfies Answered);
  }
}

parentPort?.on('message', (sent: Sent) => {
  if ('rows' in sent) rows.push(...sent.rows);
  else if ('units' in sent) units.push(...sent.units);
  else void answer(sent.id, whole(sent.order));
});
