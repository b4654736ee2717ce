import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project } from '#ingest/project/project.ts';
import { openStore } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import type { Rows } from '#ingest/tables/tables.ts';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { eventsOf } from './world.ts';

/**
 * The peer of intake, in a process of its own: how fast chDB alone swallows the rows that the same events make,
 * as JSONEachRow in inserts of 10,000. Making the rows and their text is not timed. Prints events a second.
 */
const BLOCK = 10_000;
const [units = 1_000, activities = 100_000] = process.argv.slice(2).map(Number);

type Row = Record<string, unknown>;

function statementsOf(): { statements: string[]; events: number } {
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
  const statements: string[] = [];
  for (const [table, rows] of tables)
    for (let from = 0; from < rows.length; from += BLOCK) {
      const lines = rows.slice(from, from + BLOCK).map((row) => JSON.stringify(row));
      statements.push(`INSERT INTO ${table} FORMAT JSONEachRow ${lines.join('\n')}`);
    }
  return { statements, events };
}

const folder = await mkdtemp(join(tmpdir(), 'wuxing-raw-'));
const store = await openStore({ dataDir: folder });
await migrate(store);
const { statements, events } = statementsOf();
const start = performance.now();
for (const statement of statements) await store.command(statement);
const seconds = (performance.now() - start) / 1_000;
await store.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${JSON.stringify({ eventsPerSecond: events / seconds })}\n`);
