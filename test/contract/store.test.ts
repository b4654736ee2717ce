import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clearStore, readCheckpoint } from '#ingest/store/checkpoint.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { blocksOf, insertBlocks, insertRows } from '#ingest/store/insert.ts';
import { mergeStore } from '#ingest/store/merge.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { fillTemplate } from '#ingest/store/template.ts';
import { type ActivityVersion, type LedgerRow, OPEN_END, type Rows } from '#ingest/tables/tables.ts';
import { positionOf } from '#schemas/position.ts';
import { noRows } from '#test/api/storeWorld.ts';

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-store-'));
  store = await openStore({ dataDir: folder, maxSeconds: 1 });
  await migrate(store);
});
beforeEach(() => clearStore(store));
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const rowsOf = (rows: Partial<Rows>): Rows => ({ ...noRows(), ...rows });

const HOSTILE = `'; DROP TABLE ledger; -- \\' \\\\ "\` \u0000 \t\r\n {x:String} 学习 🌾 \\N`;

const activity: ActivityVersion = {
  year: 2026,
  unit: '第三管理区',
  kind: HOSTILE,
  activity: 'a-1',
  fromPos: 2 ** 40 + 7,
  closedBy: 0,
  recordedFrom: Date.UTC(2026, 5, 1),
  recordedTo: OPEN_END,
  bodyPos: 2 ** 40 + 7,
  state: 'reported',
  waived: true,
  appealOpen: false,
  recordedBy: 'organisation',
  occurredOn: '1969-12-31',
  title: HOSTILE.repeat(200),
  quantity: -0.000001,
  due: 999_999_999_999.5,
  done: null,
  members: ['m-1', 'm-2'],
  form: '',
  score: 100,
  indicator: '产量',
  value: 123_456_789.123456,
  ledByHead: true,
  evidence: [],
  attachments: '',
  note: '',
};

const ledgerRow = (position: number): LedgerRow => ({
  position,
  verdict: 'applied',
  subject: 'u-1',
  source: '/organisation',
  id: `e-${position}`,
  type: 'activity.recorded',
  activity: '',
  recordedAt: position,
  envelope: '{}',
});

const anything = z.record(z.string(), z.unknown());
const count = z.object({ n: z.int() });
const countOf = async (table: string): Promise<number> =>
  (await store.query(count, `SELECT count() AS n FROM ${table} FINAL`))[0]?.n ?? -1;

describe('given a store', () => {
  test('when it is migrated again, then nothing is run again', async () => {
    expect(await migrate(store)).toEqual([]);
  });

  test('when rows are written and read, then every value is what it was', async () => {
    await insertRows(store, rowsOf({ activity_versions: [activity] }));
    expect(await store.query(anything, 'SELECT * FROM activity_versions FINAL')).toEqual([activity]);
  });

  test('when a value is bound, then it is a value whatever it looks like', async () => {
    const row = z.object({ text: z.string(), texts: z.array(z.string()), number: z.number() });
    const sql = 'SELECT {text:String} AS text, {texts:Array(String)} AS texts, {number:UInt64} AS number';
    const params = { text: HOSTILE, texts: [HOSTILE, ''], number: Number.MAX_SAFE_INTEGER };
    expect(await store.query(row, sql, params)).toEqual([params]);
    await expect(store.query(row, sql, { 'x = 1; --': 1 })).rejects.toThrow('not a parameter name');
  });

  test('when values are bound that are longer than a statement may be by itself, or many, then all arrive', async () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `${'区'.repeat(58)}'${index}`);
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`p${index}`, `${HOSTILE}${index}`]),
    );
    const found = await store.query(
      z.object({ one: z.string(), count: z.int(), last: z.string(), many: z.array(z.string()) }),
      `SELECT {one:String} AS one, length({ids:Array(String)}) AS count, {ids:Array(String)}[-1] AS last,
        [${Object.keys(many).map((name) => `{${name}:String}`)}] AS many`,
      { one: '长'.repeat(1_000_000), ids, ...many },
    );
    expect(found).toEqual([
      { one: '长'.repeat(1_000_000), count: ids.length, last: ids.at(-1), many: Object.values(many) },
    ]);
    await store.command('SELECT {ids:Array(String)}', { ids });
  });

  test('when readers run side by side, then each sees its own values', async () => {
    const row = z.object({ value: z.int() });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, value) =>
        store.query(row, 'SELECT {value:UInt32} AS value, sleep(0.001)', { value }),
      ),
    );
    expect(answers.flat().map(({ value }) => value)).toEqual(answers.map((_, index) => index));
  });

  test('when a batch is written twice, or its open row again after the closed one, then it is there once', async () => {
    const closed = { ...activity, closedBy: activity.fromPos + 1, recordedTo: activity.recordedFrom + 5 };
    const rows = rowsOf({ activity_versions: [activity, closed], ledger: [ledgerRow(1), ledgerRow(2)] });
    for (let time = 0; time < 3; time++) await insertRows(store, rows);
    await insertRows(store, rowsOf({ activity_versions: [activity] }));
    expect(await store.query(anything, 'SELECT * FROM activity_versions FINAL')).toEqual([closed]);
    expect(await countOf('ledger')).toBe(2);
  });

  test('when batches are added to one insert, then all are there, each row as it was last', async () => {
    const ledger = Array.from({ length: 25_001 }, (_, index) => ledgerRow(index + 1));
    const closed = { ...activity, closedBy: activity.fromPos + 1, recordedTo: activity.recordedFrom + 5 };
    const first = rowsOf({ ledger: ledger.slice(0, 10_000), activity_versions: [activity] });
    const second = rowsOf({ ledger: ledger.slice(10_000), activity_versions: [closed] });
    await insertBlocks(store, [blocksOf(first), blocksOf(second)]);
    expect(await countOf('ledger')).toBe(25_001);
    expect(await readCheckpoint(store, 1)).toEqual([25_001]);
    expect(await store.query(anything, 'SELECT * FROM activity_versions FINAL')).toEqual([closed]);
  });

  test('when it is merged, then every partition is one part, and no row is lost', async () => {
    for (let fromPos = 1; fromPos <= 5; fromPos++)
      await insertRows(store, rowsOf({ activity_versions: [{ ...activity, fromPos }] }));
    await mergeStore(store);
    const parts = "SELECT count() AS n FROM system.parts WHERE active AND table = 'activity_versions'";
    expect(await store.query(count, parts)).toEqual([{ n: 1 }]);
    expect(await countOf('activity_versions')).toBe(5);
  });

  test('when several partitions are written, then the checkpoint is behind the last record of each', async () => {
    expect(await readCheckpoint(store, 3)).toEqual([0, 0, 0]);
    const positions = [positionOf(0, 0), positionOf(0, 41), positionOf(2, 6)];
    await insertRows(store, rowsOf({ ledger: positions.map(ledgerRow) }));
    expect(await readCheckpoint(store, 3)).toEqual([42, 0, 7]);
    await clearStore(store);
    expect(await readCheckpoint(store, 3)).toEqual([0, 0, 0]);
  });
});

describe('given a reader', () => {
  test.each([
    "INSERT INTO plans VALUES (2026, 1, 1, 1, '')",
    'TRUNCATE TABLE ledger',
    'SET max_execution_time = 0',
    'SET readonly = 0',
  ])('then it refuses to run %s', async (sql) => {
    await expect(store.query(anything, sql)).rejects.toMatchObject({ name: 'StoreError' });
    expect(await store.query(count, "SELECT toInt32(getSetting('readonly')) AS n")).toEqual([{ n: 1 }]);
  });

  test('when a query takes longer than it may, then it is ended and the next one runs', async () => {
    const slow = store.query(
      count,
      'SELECT count() AS n FROM numbers(1000000000000) WHERE sipHash64(number) = 1',
    );
    await expect(slow).rejects.toMatchObject({ name: 'StoreTimeoutError' });
    expect(await store.query(count, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  }, 20_000);
});

describe('given a data folder that a process holds', () => {
  test('when another process opens it, then it says which process that is', () => {
    const script = `
      const { openStore } = await import('#ingest/store/client.ts');
      await openStore({ dataDir: process.argv[1] }).catch((error) => process.stdout.write([error.name, error.pid, error.message].join(' ')));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(`StoreHeldError ${process.pid} process ${process.pid} holds the data directory`);
  }, 30_000);
});

describe('given a cluster', () => {
  const sql =
    'CREATE TABLE {{table plans}} (year UInt16) ENGINE = {{ReplacingMergeTree}} ORDER BY year; {{spread plans by year}}';

  test('then tables are replicated on each node and spread over all of them', () => {
    expect(fillTemplate(sql, 'zone').replaceAll(/\s+/g, ' ')).toBe(
      'CREATE TABLE plans_local ON CLUSTER zone (year UInt16) ENGINE = ReplicatedReplacingMergeTree ORDER BY year; ' +
        'CREATE TABLE IF NOT EXISTS plans ON CLUSTER zone AS plans_local ENGINE = Distributed(zone, currentDatabase(), plans_local, year);',
    );
    expect(fillTemplate(sql, undefined)).toBe(
      'CREATE TABLE plans (year UInt16) ENGINE = ReplacingMergeTree ORDER BY year; ',
    );
  });

  test('when its name is no name, then it is refused', () => {
    expect(() => fillTemplate(sql, "zone'; DROP TABLE plans")).toThrow('not a cluster name');
  });
});
