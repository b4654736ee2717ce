import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReads, type OpenReads } from '#api/reads.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { type Ingest, startIngest } from '#ingest/run.ts';
import { openLmdbState } from '#ingest/state/lmdbState.ts';
import { openStore } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import type { Envelope } from '#schemas/events.ts';
import type { RankingRow } from '#schemas/results.ts';
import { openDuckDb } from './duckdb.ts';
import { atLeast, atMost, type BenchRow, median, timed } from './rows.ts';
import { eventsOf, randomOf, unitName, type World } from './world.ts';

/** The projection of a large zone from the stream, and its ranking: cold, repeated, and after new events. */

type Say = (line: string) => void;

async function fill(stream: EventStream, world: World): Promise<number> {
  let events = 0;
  for (const batch of eventsOf(world)) {
    await stream.append(batch);
    events += batch.length;
  }
  return events;
}

/** One hundred more activities, as they come in the course of a day. */
function more(world: World, round: number): Envelope[] {
  const random = randomOf(world.units + round);
  return Array.from({ length: 100 }, (_, index) => {
    const unit = unitName(Math.floor(random() * world.units));
    const recordedtime = new Date(Date.UTC(world.plan.year + 1, 0, 1, round, 0, index)).toISOString();
    return {
      specversion: '1.0',
      id: `more-${round}-${index}`,
      source: `/units/${unit}`,
      subject: unit,
      type: 'activity.recorded',
      recordedtime,
      data: {
        activity: `more-${round}-${index}`,
        unit,
        year: world.plan.year,
        kind: 'research',
        occurredOn: `${world.plan.year}-12-31`,
        title: '第四季度专题调研',
      },
    } as Envelope;
  });
}

const bytesOf = (kept: Awaited<ReturnType<OpenReads['reads']['ranking']>>): Buffer =>
  'bytes' in kept ? Buffer.from(kept.bytes) : Buffer.from(JSON.stringify(kept.value));

/** Totals and ranks must agree with the peer's, or its time says nothing. Its totals are doubles: 0.0001 may differ at a tie. */
function mustAgree(ours: readonly RankingRow[], theirs: readonly { unit: string; total: number }[]): number {
  const totals = new Map(theirs.map(({ unit, total }) => [unit, Number(total)]));
  let apart = 0;
  for (const { unit, total } of ours) {
    const difference = Math.abs((total ?? 0) - (totals.get(unit) ?? Number.NaN));
    if (!(difference <= 0.00011))
      throw new Error(`DuckDB and Wuxing differ on ${unit}: ${totals.get(unit)} and ${total}`);
    if (difference > 0.00001) apart++;
  }
  return apart;
}

async function settle(ingest: Ingest): Promise<void> {
  await ingest.caughtUp();
  // Merges of the store go on for a little while; a reader on the next morning would not meet them.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
}

export async function benchRanking(world: World, say: Say): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-bench-'));
  const rows: BenchRow[] = [];
  const stream = openLmdbStream({ folder: join(folder, 'stream') });
  const store = await openStore({ dataDir: folder });
  const state = openLmdbState({ folder: join(folder, 'state'), stream: 'bench' });
  try {
    say(`writing ${world.activities} activities of ${world.units} units to the stream …`);
    const events = await fill(stream, world);
    await migrate(store);
    say(`projecting ${events} events …`);
    const rebuild = await timed(async () => {
      const ingest = await startIngest({ stream, state, store: rowStoreOf(store) });
      await ingest.caughtUp();
      return ingest;
    });
    const ingest = rebuild.value;
    rows.push(
      atLeast(
        {
          name: 'rebuild of the store from the stream',
          ours: events / (rebuild.ms / 1_000),
          unit: 'events/s',
          peerName: 'limit',
          peer: 100_000,
        },
        1,
      ),
    );
    await settle(ingest);
    const now = () => Date.UTC(world.plan.year + 1, 0, 31);
    const question = { year: world.plan.year, basis: 'year' } as const;
    const open = (): OpenReads => createReads({ store, ingest, stream, now });

    say('ranking, cold …');
    const cold: number[] = [];
    let answer: Buffer = Buffer.alloc(0);
    for (let round = 0; round < 5; round++) {
      const reads = open();
      const once = await timed(() => reads.reads.ranking(question, {}));
      cold.push(once.ms);
      answer = bytesOf(once.value);
      await reads.close();
    }
    const resident = process.memoryUsage().rss / 2 ** 30;

    say('DuckDB, the same events …');
    const duck = await openDuckDb(world.plan, 2);
    await duck.load(eventsOf(world));
    const peer: number[] = [];
    let theirs = '[]';
    for (let round = 0; round < 5; round++) {
      const once = await timed(() => duck.ranking());
      peer.push(once.ms);
      theirs = once.value;
    }
    duck.close();
    const ours = (JSON.parse(answer.toString()) as { rows: RankingRow[] }).rows;
    const apart = mustAgree(ours, JSON.parse(theirs));
    say(`all ${ours.length} totals agree (${apart} by a rounding of doubles)`);
    rows.push(
      atMost(
        {
          name: 'ranking, cold, to JSON',
          ours: median(cold),
          unit: 'ms',
          peerName: 'DuckDB',
          peer: median(peer),
        },
        0.5,
      ),
    );

    const reads = open();
    await reads.reads.ranking(question, {});
    const bands = await timed(() =>
      reads.reads.ranking({ ...question, asOf: new Date(now()).toISOString() }, {}),
    );
    say(`first answer that waits for its bands: ${Math.round(bands.ms)} ms`);
    const again: number[] = [];
    for (let round = 0; round < 50; round++)
      again.push((await timed(() => reads.reads.ranking(question, {}))).ms);
    rows.push(
      atMost({ name: 'the same again', ours: median(again), unit: 'ms', peerName: 'limit', peer: 5 }, 1),
    );
    const after: number[] = [];
    for (let round = 0; round < 10; round++) {
      await stream.append(more(world, round));
      await ingest.caughtUp();
      after.push((await timed(() => reads.reads.ranking(question, {}))).ms);
    }
    rows.push(
      atMost(
        { name: 'after 100 new events', ours: median(after), unit: 'ms', peerName: 'limit', peer: 100 },
        1,
      ),
    );
    rows.push(
      atMost({ name: 'memory, resident', ours: resident, unit: 'GiB', peerName: 'limit', peer: 1.5 }, 1),
    );
    await reads.close();
    await ingest.stop();
    return rows;
  } finally {
    await state.close();
    await stream.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
