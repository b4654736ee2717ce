import { z } from 'zod';
import { coversAll } from '#schemas/position.ts';
import { touchedSomehow } from '#schemas/touched.ts';
import { createAdvances } from './run/advances.ts';
import type { Ingest } from './run/ingest.ts';
import { pause } from './run/persistently.ts';
import { readCheckpoint } from './store/checkpoint.ts';
import type { Store } from './store/client.ts';
import type { EventStream } from './stream/eventStream.ts';
import { subjectsBetween } from './tables/subjectsBetween.ts';

export type FollowOptions = {
  stream: Pick<EventStream, 'partitions' | 'end' | 'trouble'>;
  store: Store;
  /** Time between two looks, ms (default 200). */
  everyMs?: number;
};

/** The projection as seen from a process that does not run it: everything but the power to rebuild. */
export type Followed = Omit<Ingest, 'rebuild'>;

const count = z.object({ total: z.int() });

const QUARANTINED = 'SELECT count() AS total FROM quarantine FINAL';

/** Watches the store that another process projects into, by its checkpoint. */
export async function followStore({ stream, store, everyMs = 200 }: FollowOptions): Promise<Followed> {
  const stopping = new AbortController();
  const advances = createAdvances(await readCheckpoint(store, stream.partitions));
  let quarantined = await readQuarantined();
  let trouble: string | undefined;

  async function readQuarantined(): Promise<number> {
    const [row] = await store.query(count, QUARANTINED);
    return row?.total ?? 0;
  }

  async function look(): Promise<void> {
    const before = advances.offsets();
    const offsets = await readCheckpoint(store, stream.partitions);
    trouble = undefined;
    if (offsets.every((offset, partition) => offset === before[partition])) return;
    const reset = !coversAll(offsets, before);
    const touched = touchedSomehow(reset ? new Set() : await subjectsBetween(store, before, offsets));
    quarantined = await readQuarantined();
    advances.announce({ offsets, touched, reset });
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: Error) => {
        trouble = `The store does not answer: ${error.message}`;
      });
      await pause(everyMs, stopping.signal);
    }
  }

  const watching = watch();

  return {
    offsets: advances.offsets,
    reached: advances.reached,
    subscribe: advances.subscribe,
    caughtUp: async () => advances.reached(await stream.end(), Number.POSITIVE_INFINITY, stopping.signal),
    quarantined: () => quarantined,
    trouble: () => trouble ?? stream.trouble(),
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}
