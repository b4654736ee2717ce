import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createBandMaker } from '#api/ranking-cache/bandPool.ts';
import type { RankingQuestion } from '#api/ranking-cache/rankingCache.ts';
import { createReads, type OpenReads } from '#api/reads.ts';
import { stampFor } from '#ingest/admission/stamp.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { openProjector } from '#ingest/run/openProjector.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import type { Envelope } from '#schemas/events.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { median, timed } from './rows.ts';
import { eventsOf, type World } from './world.ts';

/** A large zone in this process: its stream, its store, and what answers on them. One in the life of a process. */

export type Say = (line: string) => void;

export type Zone = {
  stream: EventStream;
  store: Store;
  ingest: Ingest;
  /** Events in the stream at first, and how long they took to project. */
  events: number;
  rebuildMs: number;
  question: RankingQuestion;
  now(): number;
  /** Answers that know nothing yet, as after a start; their bands are made by one thread for all. */
  open(): OpenReads;
  /** The median of cold rankings to JSON, and what they say; measured at the first call, before peers fill the memory. */
  cold(): Promise<{ ms: number; rows: RankingRow[] }>;
  close(): Promise<void>;
};

const ROUNDS = 5;

/** Writes events as the door writes them: with a note beside each. */
export async function fill(stream: EventStream, batches: Iterable<Envelope[]>): Promise<number> {
  let events = 0;
  for (const batch of batches) {
    await stream.append(batch, batch.map(stampFor));
    events += batch.length;
  }
  return events;
}

const bytesOf = (kept: Awaited<ReturnType<OpenReads['reads']['ranking']>>): Buffer =>
  'bytes' in kept ? Buffer.from(kept.bytes) : Buffer.from(JSON.stringify(kept.value));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const PARTS = `SELECT count() AS parts, (SELECT count() FROM system.merges) AS merging
  FROM system.parts WHERE active AND table = 'activity_versions'`;
const parts = z.object({ parts: z.int(), merging: z.int() });
const MERGED_WITHIN_MS = 30_000;

/** Waits for the merge that follows many rows, a few seconds on: a reader on the next morning would not meet it. */
async function settle(ingest: Ingest, store: Store, say: Say): Promise<void> {
  await ingest.caughtUp();
  const start = performance.now();
  for (;;) {
    await pause(1_000);
    const [left] = await store.query(parts, PARTS);
    const waited = performance.now() - start;
    if ((left?.parts !== 1 || left.merging > 0) && waited < MERGED_WITHIN_MS) continue;
    say(`${left?.parts} part(s) of activities after ${Math.round(waited / 1_000)} s`);
    return;
  }
}

export async function openZone(world: World, say: Say): Promise<Zone> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-bench-'));
  const stream = openLmdbStream({ folder: join(folder, 'stream') });
  const store = await openStore({ dataDir: folder });
  const projector = openProjector({ folder: join(folder, 'state'), stream: 'bench' });
  const release = async (): Promise<void> => {
    await projector.close();
    await stream.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    say(`writing ${world.activities} activities of ${world.units} units to the stream …`);
    const events = await fill(stream, eventsOf(world));
    await migrate(store);
    say(`projecting ${events} events …`);
    const rebuild = await timed(async () => {
      const started = await startIngest({ stream, projector, store: rowStoreOf(store) });
      await started.caughtUp();
      return started;
    });
    const ingest = rebuild.value;
    await settle(ingest, store, say);
    const now = (): number => Date.UTC(world.plan.year + 1, 0, 31);
    const question = { year: world.plan.year, basis: 'year' } as const;
    // As in a server, whose thread for bands has long been there when the first question comes.
    const maker = createBandMaker();
    const open = (): OpenReads => createReads({ store, ingest, stream, now, bandsOf: maker.bandsOf });
    let known: ReturnType<Zone['cold']> | undefined;
    const cold = async () => {
      say('ranking, cold …');
      const times: number[] = [];
      let answer: Buffer = Buffer.alloc(0);
      for (let round = 0; round < ROUNDS; round++) {
        const reads = open();
        const once = await timed(async () => bytesOf(await reads.reads.ranking(question, {})));
        times.push(once.ms);
        answer = once.value;
        // The bands that this answer began, aside, are not to slow the next one down.
        await pause(1_500);
      }
      const { rows } = JSON.parse(answer.toString()) as { rows: RankingRow[] };
      return { ms: median(times), rows };
    };
    return {
      stream,
      store,
      ingest,
      events,
      rebuildMs: rebuild.ms,
      question,
      now,
      open,
      cold: () => {
        known ??= cold();
        return known;
      },
      async close() {
        await maker.close();
        await ingest.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
