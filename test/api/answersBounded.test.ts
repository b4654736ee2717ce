import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leavesAt, sealedPositions } from '#api/freeze/ledger.ts';
import type { Ask } from '#api/queries/ask.ts';
import { PAGE_BYTES, pagesOf } from '#api/queries/pageBytes.ts';
import { selfInspectionsOf } from '#api/queries/selfInspections.ts';
import { unitEventsSince } from '#api/queries/unitEvents.ts';
import { bytesOfUnits, yearActivities } from '#api/queries/yearActivities.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { insertRows } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { type LedgerRow, OPEN_END } from '#ingest/tables/tables.ts';
import { noRows } from './storeWorld.ts';

/** Readers that take many rows at once take no more bytes than a page holds, however large each row is. */

const UNITS = Array.from({ length: 60 }, (_, index) => `u-${String(index).padStart(2, '0')}`);
const LARGE = 600_000;
const offsets = [UNITS.length * 2 + 1];
const snapshot = { offsets, asOf: null };

let folder: string;
let store: Store;
/** The largest answer since it was asked last. */
let largest = 0;
const ask: Ask = {
  query: async (row, sql, params) => {
    const rows = await store.query(row, sql, params);
    largest = Math.max(largest, JSON.stringify(rows).length);
    return rows;
  },
  native: async (sql, params) => {
    const bytes = await store.native(sql, params);
    largest = Math.max(largest, bytes.length);
    return bytes;
  },
};

const text = (unit: string, length: number): string => unit.padEnd(length, '长');
const body = (unit: string, index: number) => ({
  year: 2026,
  unit,
  activity: `a-${unit}`,
  kind: 'research',
  bodyPos: index + 1,
  state: 'reported' as const,
  waived: false,
  appealOpen: false,
  recordedBy: 'unit' as const,
  occurredOn: '2026-02-03',
  title: '题',
  quantity: null,
  due: null,
  done: null,
  members: [text(unit, LARGE / 3)],
  form: '',
  score: null,
  indicator: '',
  value: null,
  ledByHead: false,
  evidence: [],
  attachments: '',
  note: '',
  fromPos: index + 1,
  closedBy: 0,
  recordedFrom: index + 1,
  recordedTo: OPEN_END,
});
const ledgerRow = (unit: string, index: number): LedgerRow => ({
  position: index + 1,
  verdict: 'applied',
  subject: 'u-00',
  source: '/units/u-00',
  id: `e-${index}`,
  type: 'activity.recorded',
  activity: `a-${unit}`,
  recordedAt: index + 1,
  envelope: JSON.stringify({ subject: 'u-00', data: { title: text(unit, LARGE / 3) } }),
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-bounded-'));
  store = await openStore({ dataDir: folder });
  await migrate(store);
  for (const [index, unit] of UNITS.entries()) {
    const texts = { selfScore: 80, shortcomings: text(unit, LARGE / 6), remedies: text(unit, LARGE / 6) };
    const inspection = {
      unit,
      year: 2026,
      criteria: JSON.stringify({ learning: texts }),
      fromPos: index + 1,
      closedBy: 0,
      recordedFrom: index + 1,
      recordedTo: OPEN_END,
    };
    await insertRows(store, {
      ...noRows(),
      ledger: [ledgerRow(unit, index)],
      activity_versions: [body(unit, index)],
      self_inspections: [inspection],
    });
  }
});
afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function within<T>(work: () => Promise<T>): Promise<T> {
  largest = 0;
  const found = await work();
  expect(largest).toBeGreaterThan(0);
  expect(largest).toBeLessThan(PAGE_BYTES * 1.1);
  return found;
}

describe('given rows of 600 KB', () => {
  test('when a workbook takes the activities of all units, then page by page', async () => {
    const found = await within(async () => {
      const bytes = await bytesOfUnits(ask, { snapshot, year: 2026 });
      const sizes = UNITS.map((unit) => ({ unit, bytes: bytes.get(unit) ?? 0 }));
      const rows = [];
      for (const page of pagesOf(sizes, 50))
        rows.push(
          ...(await yearActivities(ask, { snapshot, year: 2026, units: page.map(({ unit }) => unit) })),
        );
      return rows;
    });
    expect(found.map(({ unit }) => unit)).toEqual(UNITS);
  });

  test('when all self-inspections are compared, then each text is cut to its beginning', async () => {
    const found = await within(() => selfInspectionsOf(ask, { snapshot, year: 2026 }));
    expect(found.map(({ unit }) => unit)).toEqual(UNITS);
    for (const { unit, criteria } of found) {
      expect(criteria.learning?.shortcomings).toMatch(new RegExp(`^${unit}长+…$`));
      expect(criteria.learning?.remedies).toHaveLength(301);
    }
  });

  test('when the events of a unit are told, then those that a page holds, from the first on', async () => {
    const found = await within(() =>
      unitEventsSince(ask, { snapshot, unit: 'u-00', since: 0, limit: 5_000 }),
    );
    expect(found.map(({ position }) => position)).toEqual(found.map((_, index) => index + 1));
    expect(found.length).toBeGreaterThan(20);
    expect(found.length).toBeLessThan(UNITS.length);
  });

  test('when a year is sealed, then every event has its leaf, page by page', async () => {
    const leaves = await within(async () => {
      const found = [];
      const positions = await sealedPositions(ask, [{ ...snapshot, asOf: 1_000 }]);
      for await (const leaf of leavesAt(ask, positions)) found.push(Buffer.from(leaf).toString('hex'));
      return found;
    });
    expect(new Set(leaves).size).toBe(UNITS.length);
  });
});
