import { join } from 'node:path';
import { createDoor, type Door, type DoorOptions } from '#ingest/intake/door.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import type { RowStore } from '#ingest/run/rowStore.ts';
import { inShards } from '#ingest/run/shards.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { misfits } from '#schemas/fit.ts';
import { NOON } from './events.ts';

/** A stream with its door and projection, wired as the server wires them, but all in this thread. */
export type House = {
  stream: EventStream;
  door: Door;
  ingest: Ingest;
  /** Resolves once all that is in the stream is projected. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

type HouseOptions = {
  stream: EventStream;
  store: RowStore<Rows>;
  stateFolder: string;
  door?: Partial<DoorOptions>;
  maxBatch?: number;
};

/** Opens a house and waits until its door stands open. Closing it closes the stream, too. */
export async function openHouse({
  stream,
  store,
  stateFolder,
  door: more,
  maxBatch,
}: HouseOptions): Promise<House> {
  const stateOf = (shard: string) => openLmdbState({ folder: join(stateFolder, shard), stream: 'test' });
  const projector = inShards(['0', '1'].map((shard) => createProjector(stateOf(shard), (rows) => rows)));
  const door = createDoor({ stream, state: projector, misfits, clock: () => NOON, ...more });
  const ingest = await startIngest({
    stream,
    projector,
    store,
    minIntervalMs: 0,
    ...(maxBatch && { maxBatch, maxWriteBatch: 3 * maxBatch }),
  });
  door.advance({ offsets: ingest.offsets() });
  ingest.subscribe(door.advance);
  await door.opened();
  return {
    stream,
    door,
    ingest,
    settled: async () => {
      if (!(await ingest.caughtUp())) throw new Error('the projection was stopped');
    },
    async close() {
      await door.close();
      await ingest.stop();
      await stream.close();
      await projector.close();
    },
  };
}
