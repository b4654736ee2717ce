import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cacheable, Question } from '#api/ports.ts';
import type { Envelope } from '#schemas/events.ts';
import type { Ranking } from '#schemas/results/results.ts';
import { type OneSystem, openStoreForTests, withSystem } from '#test/support/oneSystem.ts';
import { generateSample } from '../../sample/generate.ts';
import { randomOf } from '../bench/world.ts';

/** The same events give the same ranking rows to the byte, whatever the order across units and the size of batches. */

const NOW = () => Date.parse('2026-11-20T04:00:00Z');
const QUESTIONS: Question[] = [
  { year: 2025, basis: 'year' },
  { year: 2025, basis: 'year', asOf: '2025-11-30T00:00:00Z' },
  { year: 2026, basis: 'to-date' },
  { year: 2026, basis: 'to-date', on: '2026-06-30', asOf: '2026-07-10T00:00:00Z' },
  { year: 2026, basis: 'to-date', on: '2026-09-15' },
];

let opened: Awaited<ReturnType<typeof openStoreForTests>>;
let sample: Envelope[];
beforeAll(async () => {
  opened = await openStoreForTests();
  sample = [...generateSample({ today: '2026-11-20' })];
});
afterAll(() => opened.close());

const bytesOf = (kept: Cacheable<Ranking>): string => {
  const { rows, plan } =
    'value' in kept ? kept.value : (JSON.parse(Buffer.from(kept.bytes).toString()) as Ranking);
  return JSON.stringify({ rows, plan });
};

async function answers({ reads }: OneSystem): Promise<string[]> {
  const found: string[] = [];
  for (const question of QUESTIONS) found.push(bytesOf(await reads.ranking(question, {})));
  return found;
}

/** Takes the next event of a subject drawn by chance, again and again: each subject keeps its own order. */
function interleaved(events: readonly Envelope[], seed: number): Envelope[] {
  const random = randomOf(seed);
  const queues = new Map<string, Envelope[]>();
  for (const event of events) queues.set(event.subject, [...(queues.get(event.subject) ?? []), event]);
  const waiting = [...queues.values()].map((queue) => queue.reverse());
  const order: Envelope[] = [];
  while (waiting.length > 0) {
    const index = Math.floor(random() * waiting.length);
    const queue = waiting[index] as Envelope[];
    order.push(queue.pop() as Envelope);
    if (queue.length === 0) waiting.splice(index, 1);
  }
  return order;
}

test('given the sample in another order across units and in other batches, when it is replayed, then every ranking is the same to the byte', async () => {
  const first = await withSystem(opened, sample, answers, { now: NOW });
  expect(first.every((text) => text.includes('"band":['))).toBe(true);
  for (const [seed, maxBatch] of [
    [1, 137],
    [2, 2_000],
  ] as const) {
    const again = await withSystem(opened, interleaved(sample, seed), answers, { now: NOW, maxBatch });
    expect(again).toEqual(first);
  }
});
