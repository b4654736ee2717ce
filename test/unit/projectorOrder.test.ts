import { expect, test } from 'vitest';
import { createProjector } from '#ingest/run/localProjector.ts';
import { inShards } from '#ingest/run/shards.ts';
import type { StateStore } from '#ingest/state/state.ts';
import { adopted, recordsOf, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

/** Orders of a projector's steps that types cannot forbid: each is refused, whoever does the steps. */

const RECORDS = recordsOf([adopted(2026), registered('u-1'), registered('u-2')]);
const upTo = (offset: number) => ({ offsets: [offset], written: [offset], quarantined: 0 });
const projectorOn = (state: StateStore) => createProjector(state, (rows) => rows);

for (const [name, make] of [
  ['one projector', () => projectorOn(memoryState())],
  ['shards', () => inShards([projectorOn(memoryState()), projectorOn(memoryState())])],
] as const) {
  async function begun() {
    const projector = make();
    const projection = await projector.begin();
    const batch = projection.open();
    await batch.add({ records: RECORDS.slice(0, 2) });
    return { projector, projection, batch };
  }

  test(`${name}: a finished batch takes no more, and is finished once`, async () => {
    const { batch } = await begun();
    await batch.finish();
    await expect(batch.add({ records: RECORDS.slice(2) })).rejects.toThrow('the batch is finished');
    await expect(batch.finish()).rejects.toThrow('the batch is finished');
  });

  test(`${name}: a second batch is opened behind a finished one, not beside an open one`, async () => {
    const { projection, batch } = await begun();
    expect(() => projection.open()).toThrow('the batch before is not finished');
    await batch.finish();
    const second = projection.open();
    await second.add({ records: RECORDS.slice(2) });
    expect((await second.finish()).quarantined).toBe(0);
  });

  test(`${name}: batches are committed in their order, each once`, async () => {
    const { projector, projection, batch } = await begun();
    const first = await batch.finish();
    const second = await projection.open().finish();
    await expect(second.commit(upTo(2))).rejects.toThrow('a batch is committed once, after those before it');
    await first.commit(upTo(2));
    await expect(first.commit(upTo(2))).rejects.toThrow('a batch is committed once, after those before it');
    await second.commit(upTo(3));
    expect((await projector.begin()).from).toEqual(upTo(3));
  });

  test(`${name}: what was begun before the last beginning, or a clearing, is over`, async () => {
    const { projector, projection, batch } = await begun();
    const finished = await batch.finish();
    await projector.begin();
    await expect(finished.commit(upTo(2))).rejects.toThrow('another projection was begun');
    expect(() => projection.open()).toThrow('another projection was begun');
    const again = (await projector.begin()).open();
    await projector.clear();
    await expect(again.add({ records: RECORDS })).rejects.toThrow('another projection was begun');
    expect((await projector.begin()).from).toBeUndefined();
  });
}

test('a step that fails ends the projection, whose later batches would miss what was lost', async () => {
  const projector = projectorOn({ ...memoryState(), commit: () => Promise.reject(new Error('disk full')) });
  const projection = await projector.begin();
  const batch = projection.open();
  await batch.add({ records: RECORDS });
  const first = await batch.finish();
  const second = projection.open();
  await expect(first.commit(upTo(3))).rejects.toThrow('disk full');
  await expect(second.finish()).rejects.toThrow('disk full');
  expect(() => projection.open()).toThrow('disk full');
});
