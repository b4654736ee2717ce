import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project } from '#ingest/project/project.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { blocksOf, insertBlocks } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { type Rows, TABLE_NAMES } from '#ingest/tables/tables.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { eventsOf } from './world.ts';

/**
 * The peer of intake and of a rebuild, in a process of its own: how fast chDB alone takes the rows that the same events
 * make, as JSONEachRow or in its own format (`native`), in inserts of 10,000. Making the rows and their text or bytes is
 * not timed. Prints events a second.
 */
const BLOCK = 10_000;
const [units = 1_000, activities = 100_000] = process.argv.slice(2, 4).map(Number);
const isNative = process.argv[4] === 'native';

type Row = Record<string, unknown>;

/** An insert of some rows of one table, of which nothing but the insert is left to do. */
type Insert = (store: Store) => Promise<void>;

const asText = (table: string, rows: Row[]): Insert => {
  const statement = `INSERT INTO ${table} FORMAT JSONEachRow ${rows.map((row) => JSON.stringify(row)).join('\n')}`;
  return (store) => store.command(statement);
};

const asNative = (table: string, rows: Row[]): Insert => {
  const none = Object.fromEntries(TABLE_NAMES.map((name) => [name, []])) as unknown as Rows;
  const blocks = blocksOf({ ...none, [table]: rows });
  return (store) => insertBlocks(store, [blocks]);
};

function insertsOf(): { inserts: Insert[]; events: number } {
  const view = memoryState().view;
  const tables = new Map<string, Row[]>();
  let events = 0;
  const plan = { ...plan2026, year: 2025 };
  for (const batch of eventsOf({ plan, units, activities })) {
    const records = batch.map((envelope) => ({
      position: ++events,
      storedAt: 0,
      text: JSON.stringify(envelope),
    }));
    const { rows } = project(view, records);
    for (const [table, some] of Object.entries(rows as Rows))
      tables.set(table, (tables.get(table) ?? []).concat(some as unknown as Row[]));
  }
  const insertOf = isNative ? asNative : asText;
  const inserts: Insert[] = [];
  for (const [table, rows] of tables)
    for (let from = 0; from < rows.length; from += BLOCK)
      inserts.push(insertOf(table, rows.slice(from, from + BLOCK)));
  return { inserts, events };
}

const folder = await mkdtemp(join(tmpdir(), 'wuxing-raw-'));
const store = await openStore({ dataDir: folder });
await migrate(store);
const { inserts, events } = insertsOf();
const start = performance.now();
for (const insert of inserts) await insert(store);
const seconds = (performance.now() - start) / 1_000;
await store.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ eventsPerSecond: events / seconds })}\n`);
