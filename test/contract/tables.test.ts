import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formatOf, STATE_FORMAT } from '#ingest/state/format.ts';
import { activityCodec } from '#ingest/state/state.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { type Description, text } from '#ingest/tables/columns.ts';
import { type ActivityVersion, OPEN_END, TABLE_NAMES, TABLES } from '#ingest/tables/tables.ts';

/** What the migrations make and what the tables are described as are one. */
describe('each table', () => {
  let folder: string;
  let store: Store;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wuxing-tables-'));
    store = await openStore({ dataDir: folder });
    await migrate(store);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** The database keeps numbers as small as they are, and words as a dictionary: they are written as one type. */
  const written = (type: string): string =>
    type.replace(/^LowCardinality\((.*)\)$/, '$1').replace(/^U?Int\d+$/, 'Int64');

  const columns = z.object({ name: z.string(), type: z.string() });
  const made = (table: string) =>
    store.query(
      columns,
      `SELECT name, type FROM system.columns
       WHERE database = currentDatabase() AND table = {table:String} AND default_kind = ''`,
      { table },
    );
  const sorted = (pairs: [string, string][]) => pairs.sort(([a], [b]) => (a < b ? -1 : 1));

  test.each(TABLE_NAMES)('%s has the columns and types that the migrations make', async (table) => {
    const found = (await made(table)).map(({ name, type }): [string, string] => [name, written(type)]);
    const described = Object.entries(TABLES[table] as Description);
    expect(sorted(described.map(([name, { codec }]) => [name, codec.type]))).toEqual(sorted(found));
  });

  test('that the migrations make is described', async () => {
    const tables = await store.query(
      z.object({ name: z.string() }),
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name != 'migrations'",
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...TABLE_NAMES].sort());
  });
});

describe('the state', () => {
  const { note: _, ...shorter } = TABLES.activity_versions;

  test.each([
    ['a column more', { ...TABLES.activity_versions, place: text }],
    ['a column less', shorter],
    ['columns in another order', { note: text, ...shorter }],
    ['another type', { ...TABLES.activity_versions, year: text }],
  ])('has another format with %s, so that nobody reads it as what it is not', (_name, activities) => {
    expect(formatOf({ ...TABLES, activity_versions: activities })).not.toBe(STATE_FORMAT);
  });

  test('keeps an open version whole', () => {
    const version: ActivityVersion = {
      fromPos: 2 ** 40 + 7,
      closedBy: 0,
      recordedFrom: Date.UTC(2026, 5, 1),
      recordedTo: OPEN_END,
      year: 2026,
      unit: 'u-1',
      kind: '学习',
      activity: 'a-1',
      bodyPos: 2 ** 40 + 7,
      state: 'verified',
      waived: true,
      appealOpen: false,
      recordedBy: 'organisation',
      occurredOn: '2026-02-28',
      title: '',
      quantity: 0.000001,
      due: null,
      done: -1,
      members: [],
      form: '',
      score: 100,
      indicator: '',
      value: 999_999_999,
      ledByHead: true,
      evidence: ['🌾', ''],
      attachments: '[{"name":"证明.pdf"}]',
      note: 'x\u0000',
    };
    expect(activityCodec.unpack(activityCodec.pack(version))).toEqual(version);
    expect(Object.keys(version)).toEqual(Object.keys(TABLES.activity_versions));
  });
});
