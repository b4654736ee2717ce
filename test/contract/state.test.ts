import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { project } from '#ingest/project/project.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import { keys, noChanges, STATE_TABLES, type StateStore } from '#ingest/state/state.ts';
import {
  adopted,
  amended,
  fromOrganisation,
  fromUnit,
  recorded,
  recordsOf,
  registered,
} from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

let folder: string;
let open: StateStore | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuxing-state-'));
});
afterEach(async () => {
  await open?.close();
  open = undefined;
  await rm(folder, { recursive: true, force: true });
});

function opened(stream = 'one'): StateStore {
  open = openLmdbState({ folder, stream });
  return open;
}
async function reopened(stream = 'one'): Promise<StateStore> {
  await open?.close();
  return opened(stream);
}

const EVENTS = [
  adopted(2026),
  registered('u-1', { since: '2020-01-01' }),
  recorded('u-1', 'a', { quantity: 0.000001, members: ['m-1'], evidence: ['见附件'], note: '𠮷' }),
  amended('u-1', 'a', { kind: 'lecture' }),
  fromOrganisation('u-1', 'target.assigned', {
    year: 2026,
    indicator: '利润',
    target: 12.5,
    direction: 'atLeast',
  }),
  fromUnit('u-1', 'selfinspection.submitted', {
    year: 2026,
    criteria: { learning: { selfScore: 90, shortcomings: '无', remedies: '无' } },
  }),
  recorded('单位-二', '活动/一', { indicator: '利润', value: 3 }),
];
const { changes } = project(memoryState().view, recordsOf(EVENTS));
const checkpoint = { offsets: [7], written: [7], quarantined: 2 };

function expectAll(state: StateStore): void {
  for (const table of STATE_TABLES) {
    expect(changes[table].size, table).toBeGreaterThan(0);
    for (const [key, value] of changes[table])
      expect(state.view.get(table, key), `${table} ${key}`).toEqual(value);
  }
  expect(state.last()).toEqual(checkpoint);
}

function expectNothing(state: StateStore): void {
  expect(state.last()).toBeUndefined();
  for (const table of STATE_TABLES)
    for (const [key] of changes[table]) expect(state.view.get(table, key)).toBeUndefined();
}

describe('the state database', () => {
  describe('when its directories were kept', () => {
    const many = Array.from({ length: 300 }, (_, index) => recorded('u-1', `b${index}`));
    const later = project(memoryState().view, recordsOf([registered('u-1'), ...many]));
    const next = { offsets: [308], written: [308], quarantined: 2 };
    const files = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.endsWith('.directory')).map((name) => join(folder, name));

    /** Two commits: the directories know of the first alone, as after a crash. */
    async function leftBehind(): Promise<void> {
      await opened().commit({ changes, ...checkpoint });
      await open?.close();
      const kept = await Promise.all(
        (await files()).map(async (file) => [file, await readFile(file)] as const),
      );
      expect(kept).toHaveLength(2);
      await opened().commit({ changes: later.changes, ...next });
      await open?.close();
      for (const [file, bytes] of kept) await writeFile(file, bytes);
    }

    function expectBoth(state: StateStore): void {
      for (const table of ['identities', 'activities'] as const)
        for (const made of [changes, later.changes])
          for (const [key, value] of made[table]) expect(state.view.get(table, key), key).toEqual(value);
      expect(state.last()).toEqual(next);
    }

    test('reads the keys of the rows that came since', async () => {
      await leftBehind();
      expectBoth(opened());
    });

    test('reads all keys where a directory is torn, is gone or has another layout', async () => {
      await leftBehind();
      const [one = '', other = ''] = await files();
      const bytes = await readFile(one);
      bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
      await writeFile(one, bytes);
      await rm(other);
      expectBoth(opened());
      await open?.close();
      const [again = ''] = await files();
      const layout = await readFile(again);
      layout.writeUInt32LE(layout.readUInt32LE(0) + 1, 0);
      await writeFile(again, layout);
      await writeFile(other, Buffer.alloc(7));
      expectBoth(opened());
    });

    test('forgets them when all starts over', async () => {
      await leftBehind();
      await opened().clear();
      expect(await files()).toEqual([]);
      await open?.commit({ changes, ...checkpoint });
      expectAll(await reopened());
    });
  });

  test('gives back what was committed, at once and after it was opened again', async () => {
    const state = opened();
    expect(state.last()).toBeUndefined();
    expect(state.view.get('units', 'u-1')).toBeUndefined();
    await state.commit({ changes, ...checkpoint });
    expectAll(state);
    expectAll(await reopened());
  });

  test('replaces rows, and forgets all when it is cleared, for good', async () => {
    const state = opened();
    await state.commit({ changes, ...checkpoint });
    const later = noChanges();
    later.clocks.set('u-1', 5);
    later.identities.set(keys.identity('u-1', '/units/u-1', 'x'), {
      position: 2 ** 45,
      content: `${'A'.repeat(43)}=`,
    });
    await state.commit({ changes: later, ...checkpoint });
    expect(state.view.get('clocks', 'u-1')).toBe(5);
    await state.clear();
    expectNothing(state);
    expectNothing(await reopened());
    await open?.commit({ changes, ...checkpoint });
    expectAll(await reopened());
  });

  test('knows every identity and clock of many commits of any size, and no other', async () => {
    const content = (n: number): string => createHash('sha256').update(String(n)).digest('base64');
    const sizes = Array.from({ length: 230 }, (_, index) => [1, 63, 64, 65, 3, 0, 130][index % 7] as number);
    let state = opened();
    let count = 0;
    for (const [round, size] of sizes.entries()) {
      const added = noChanges();
      for (let index = 0; index < size; index++, count++) {
        added.identities.set(`单位${count % 50}/o\n${count}`, {
          position: 2 ** 41 + count,
          content: content(count),
        });
        added.clocks.set(`u-${count % 300}`, count);
      }
      await state.commit({ changes: added, ...checkpoint });
      if (round === 40 || round === sizes.length - 1) state = await reopened();
    }
    for (let n = 0; n < count; n++)
      expect(state.view.get('identities', `单位${n % 50}/o\n${n}`)).toEqual({
        position: 2 ** 41 + n,
        content: content(n),
      });
    for (let n = count - 300; n < count; n++) expect(state.view.get('clocks', `u-${n % 300}`)).toBe(n);
    for (let n = count; n < count + 1_000; n++)
      expect(state.view.get('identities', `单位${n % 50}/o\n${n}`)).toBeUndefined();
  });

  test('gives back the last of many versions of an activity, over commits of any size', async () => {
    const [version] = [...changes.activities].map(([, activity]) => activity);
    if (!version) throw new Error('no activity to start from');
    const versionAt = (n: number) => ({
      ...version,
      activity: `a-${n % 170}`,
      fromPos: n,
      note: '注'.repeat(n % 90),
    });
    let state = opened();
    let count = 0;
    for (const size of [1, 62, 1, 64, 0, 300, 5, 63, 129]) {
      const added = noChanges();
      for (let index = 0; index < size; index++, count++)
        added.activities.set(keys.activity('u-1', `a-${count % 170}`), versionAt(count));
      await state.commit({ changes: added, ...checkpoint });
      if (size % 2 === 0) state = await reopened();
    }
    for (let n = count - 170; n < count; n++)
      expect(state.view.get('activities', keys.activity('u-1', `a-${n % 170}`))).toEqual(versionAt(n));
    expect(state.view.get('activities', keys.activity('u-1', 'a-170'))).toBeUndefined();
  });

  test('of another stream is dropped', async () => {
    await opened().commit({ changes, ...checkpoint });
    expect((await reopened('two')).last()).toBeUndefined();
  });

  test('that the machine may have torn, being started anew over it, is dropped before it is read', async () => {
    await opened().commit({ changes, ...checkpoint });
    await open?.close();
    open = undefined;
    // As a power cut would have left it: not closed in order, by an earlier start of the machine.
    await rm(join(folder, 'whole'));
    await writeFile(join(folder, 'running'), 'an earlier start');
    await writeFile(join(folder, 'data.mdb'), 'torn');
    expect(opened().last()).toBeUndefined();
    expect(await readdir(folder)).toContain('running');
  });

  test('that was left by a process killed on this start of the machine is kept', async () => {
    await opened().commit({ changes, ...checkpoint });
    await open?.close();
    open = undefined;
    await rm(join(folder, 'whole'));
    expectAll(opened());
  });
});
