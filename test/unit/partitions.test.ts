import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { homeOf } from '#ingest/stream/partitioner.ts';
import { positionOf } from '#schemas/position.ts';
import { recorded, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

const PARTITIONS = 6;
const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 0,
  replicas: [],
  isr: [],
}));

test('a subject has the partition that Java’s clients choose for it as a key', () => {
  const choose = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 70 }), (key) => {
      expect(homeOf(key, PARTITIONS)).toBe(
        choose({ topic: 't', partitionMetadata, message: { key, value: '' } }),
      );
    }),
  );
  // From Kafka's own tests of the hash: 21 → -973932308, foobar → -790332482.
  expect(homeOf('21', 1_000)).toBe((-973_932_308 & 0x7fffffff) % 1_000);
  expect(homeOf('foobar', 1_000)).toBe((-790_332_482 & 0x7fffffff) % 1_000);
});

const home = homeOf('u-1', PARTITIONS);
const elsewhere = (home + 1) % PARTITIONS;
const at = (partition: number, offset: number, envelope: object): StreamRecord => ({
  position: positionOf(partition, offset),
  storedAt: Date.UTC(2026, 5, 1),
  text: JSON.stringify(envelope),
});

test('events outside of their subject’s partition are quarantined, and change nothing in whatever order they are read', () => {
  const own = [at(home, 0, registered('u-1')), at(home, 1, recorded('u-1', 'a-1'))];
  const late = { recordedtime: '2200-01-01T00:00:00Z' };
  const [again = {}] = [JSON.parse(own[1]?.text ?? '{}') as object];
  const strays = [
    at(elsewhere, 0, { ...again, data: { other: 'content' } }),
    at(elsewhere, 1, recorded('u-1', 'a-1', { title: '另一个' })),
    at(elsewhere, 2, recorded('u-1', 'a-2', {}, late)),
  ];
  const orders = [
    [...own, ...strays],
    [...strays, ...own],
    [...strays.slice(0, 2), ...own, ...strays.slice(2)],
  ];
  const made = orders.map((records) => {
    const { rows, quarantined } = project(memoryState().view, records, PARTITIONS);
    const verdicts = rows.ledger.map(({ position, verdict, recordedAt }) => [position, verdict, recordedAt]);
    return {
      quarantined,
      verdicts: verdicts.sort(([a], [b]) => Number(a) - Number(b)),
      activities: rows.activity_versions,
    };
  });
  expect(made[0]?.quarantined).toBe(3);
  for (const other of made) expect(other).toEqual(made[0]);
  const { rows } = project(memoryState().view, strays, PARTITIONS);
  expect(rows.quarantine.at(-1)?.reason).toMatch(
    new RegExp(`stands in partition ${elsewhere}, .* belong into ${home}: .*murmur2`),
  );
});

test('in a stream of one partition everything is at home', () => {
  const { quarantined } = project(memoryState().view, [
    at(0, 0, registered('u-1')),
    at(0, 1, recorded('u-1', 'a-1')),
  ]);
  expect(quarantined).toBe(0);
});
