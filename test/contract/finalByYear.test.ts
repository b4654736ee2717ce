import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore, type Store } from '#ingest/store/client.ts';
import { insertRows } from '#ingest/store/insert.ts';
import { mergeStore } from '#ingest/store/merge.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { type ActivityVersion, OPEN_END } from '#ingest/tables/tables.ts';
import { mulberry32 } from '#schemas/mulberry32.ts';
import { noRows } from '#test/api/storeWorld.ts';

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-final-'));
  store = await openStore({ dataDir: folder });
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const opened = (fromPos: number, year: number): ActivityVersion => ({
  year,
  unit: `u-${fromPos % 7}`,
  kind: `kind-${fromPos % 3}`,
  activity: `a-${fromPos}`,
  fromPos,
  closedBy: 0,
  recordedFrom: fromPos * 1_000,
  recordedTo: OPEN_END,
  bodyPos: fromPos,
  state: 'reported',
  waived: false,
  appealOpen: false,
  recordedBy: 'unit',
  occurredOn: `${year}-03-01`,
  title: 'a title',
  quantity: fromPos,
  due: null,
  done: null,
  members: [],
  form: '',
  score: null,
  indicator: '',
  value: null,
  ledByHead: false,
  evidence: [],
  attachments: '',
  note: '',
});

const YEARS = [2025, 2026];
const row = z.object({ unit: z.string(), rows: z.int(), sum: z.number() });
/** As known before a later record: only a row's latest version counts. */
const asked = (rows: string): string => `
  SELECT unit, count() AS rows, sum(fromPos) AS sum
  FROM (${rows})
  WHERE fromPos <= {last:UInt64} AND (closedBy = 0 OR closedBy > {last:UInt64})
  GROUP BY unit
  ORDER BY unit`;
const BY_FINAL = asked(`
  SELECT unit, fromPos, closedBy FROM activity_versions FINAL WHERE year = {year:UInt16}`);
const BY_HAND = asked(`
  SELECT unit, fromPos, max(closedBy) AS closedBy FROM activity_versions
  WHERE year = {year:UInt16} GROUP BY unit, kind, fromPos`);
const read = (year: number, last: number) => store.query(row, BY_FINAL, { year, last });
const readByHand = (year: number, last: number) => store.query(row, BY_HAND, { year, last });

test('FINAL finds the latest version of each row, whether a year is one part, is being written to, or is being merged', async () => {
  const seed = 20_261_126;
  const random = mulberry32(seed);
  const below = (limit: number): number => random() % limit;
  const open: ActivityVersion[] = [];
  let last = 0;
  for (let round = 0; round < 6; round++) {
    const before = last;
    const rows: ActivityVersion[] = [];
    for (let more = 20 + below(30); more > 0; more--) {
      last++;
      const closed = below(3) === 0 ? open.splice(below(open.length), 1)[0] : undefined;
      if (closed) rows.push({ ...closed, closedBy: last, recordedTo: last * 1_000 });
      const fresh = opened(last, closed?.year ?? YEARS[below(2)] ?? 2026);
      open.push(fresh);
      rows.push(fresh);
    }
    const written = insertRows(store, { ...noRows(), activity_versions: rows });
    const meanwhile = await Promise.all(YEARS.map((year) => read(year, before)));
    await written;
    const after = await Promise.all(YEARS.map((year) => readByHand(year, before)));
    expect(meanwhile, `seed ${seed}, round ${round}`).toEqual(after);
    for (const year of YEARS) expect(await read(year, last)).toEqual(await readByHand(year, last));
    if (below(3) > 0) await mergeStore(store);
    for (const year of YEARS) expect(await read(year, last)).toEqual(await readByHand(year, last));
  }
});
