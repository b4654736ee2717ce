import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BandMaker, createBandMaker } from '#api/ranking-cache/bandPool.ts';
import { createReads, type OpenReads } from '#api/reads.ts';
import { createDoor, type Door } from '#ingest/intake/door.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { blocksOf } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { misfits } from '#schemas/fit.ts';

/** A real system on a real embedded store, without HTTP: for tests that need hundreds of them, one after another. */
export type OneSystem = OpenReads & { door: Door; ingest: Ingest };

/** The store is opened once a process (chDB allows no second folder); each system starts on it anew. */
export type OpenStore = { store: Store; folder: string; bands: BandMaker; close(): Promise<void> };

export async function openStoreForTests(): Promise<OpenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-store-'));
  const store = await openStore({ dataDir: folder });
  await migrate(store);
  const bands = createBandMaker();
  return {
    store,
    folder,
    bands,
    async close() {
      await bands.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `use` on a system that holds these events and nothing else; a fresh stream and state each time. */
export async function withSystem<T>(
  { store, bands }: OpenStore,
  events: Iterable<unknown>,
  use: (system: OneSystem) => Promise<T>,
  options: { maxBatch?: number; now?: () => number } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-system-'));
  const stream = openLmdbStream({ folder: join(folder, 'stream') });
  const state = openLmdbState({ folder: join(folder, 'state'), stream: 'test' });
  const door = createDoor({ stream, state, misfits });
  const { maxBatch, now } = options;
  const ingest = await startIngest({
    stream,
    projector: createProjector(state, blocksOf),
    store: rowStoreOf(store),
    ...(maxBatch && { maxBatch, maxWriteBatch: 4 * maxBatch }),
    minIntervalMs: 0,
  });
  ingest.subscribe(door.advance);
  door.advance({ offsets: ingest.offsets() });
  await door.opened();
  await door.restore(events);
  await ingest.caughtUp();
  const reads = createReads({ store, ingest, stream, bandsOf: bands.bandsOf, ...(now && { now }) });
  try {
    return await use({ ...reads, door, ingest });
  } finally {
    await ingest.stop();
    await door.close();
    await state.close();
    await stream.close();
    await rm(folder, { recursive: true, force: true });
  }
}
