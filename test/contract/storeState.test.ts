import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit } from '#ingest/admission/admit.ts';
import { followStore } from '#ingest/follow.ts';
import { wantedBy } from '#ingest/intake/outcome.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import type { StateStore } from '#ingest/state/state.ts';
import { keys } from '#ingest/state/state.ts';
import { createStoreState } from '#ingest/state/storeState.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { blocksOf } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { generateSample } from '../../sample/generate.ts';

/**
 * A door with a projection beside it looks state up in LMDB; a door on a server without one, in the store. Both
 * must judge alike, so both must answer alike.
 */
describe('given the sample, projected', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-state-'));
  const sample = generateSample({ today: '2026-11-22' });
  const FIRST = 9_000;
  let store: Store;
  let stream: EventStream;
  let state: StateStore;
  let ingest: Ingest;

  beforeAll(async () => {
    store = await openStore({ dataDir: folder });
    await migrate(store);
    stream = openLmdbStream({ folder: join(folder, 'stream') });
    state = openLmdbState({ folder: join(folder, 'state'), stream: 'test' });
    await stream.append(sample.slice(0, FIRST));
    ingest = await startIngest({
      stream,
      projector: createProjector(state, blocksOf),
      store: rowStoreOf(store),
    });
    await ingest.caughtUp();
  });
  afterAll(async () => {
    await ingest.stop();
    await state.close();
    await stream.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('when the store is asked for what a door wants, then it answers as LMDB does', async () => {
    const reader = createStoreState(store);
    const wanted = sample.slice(FIRST - 1_000, FIRST + 200).flatMap((event) => {
      const admission = admit(event);
      return 'admitted' in admission ? wantedBy(admission.admitted) : [];
    });
    const view = await reader.load(() => wanted);
    let found = 0;
    for (const { table, key } of wanted) {
      const expected = state.view.get(table, key);
      if (expected !== undefined) found++;
      expect([table, key, view.get(table, key)]).toEqual([table, key, expected]);
    }
    expect(found).toBeGreaterThan(2_000);
    for (const year of [2025, 2026])
      expect(view.get('plans', keys.plan(year))).toEqual(state.view.get('plans', keys.plan(year)));
  });

  it('when another process projects on, then whoever follows the store hears of it', async () => {
    const followed = await followStore({ stream, store, everyMs: 20 });
    try {
      expect(followed.offsets()).toEqual(ingest.offsets());
      const touched = new Set<string>();
      followed.subscribe((advance) => {
        for (const subject of advance.touched.all) touched.add(subject);
      });
      await stream.append(sample.slice(FIRST));
      await followed.caughtUp();
      expect(followed.offsets()).toEqual(await stream.end());
      expect([...touched].sort()).toEqual(
        [...new Set(sample.slice(FIRST).map(({ subject }) => subject))].sort(),
      );
      expect(followed.quarantined()).toBe(ingest.quarantined());

      let resets = 0;
      followed.subscribe(({ reset }) => {
        if (reset) resets++;
      });
      await ingest.rebuild();
      await followed.caughtUp();
      expect(followed.offsets()).toEqual(await stream.end());
      expect(resets).toBeLessThanOrEqual(1);
    } finally {
      await followed.stop();
    }
  });
});
