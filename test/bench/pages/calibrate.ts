import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { openDuckDb } from '../duckdb.ts';
import { askPeer, TABLES } from '../peers.ts';
import { planOfYear } from '../server.ts';
import { eventsOf } from '../world.ts';

/**
 * How fast this machine is right now: what DuckDB takes for the ranking of 10,000 units with two million activities.
 * A process of its own prints it, so that its memory goes with it. Its tables are kept in a file for later runs.
 */

const WORLD = { plan: planOfYear, units: 10_000, activities: 2_000_000 };
/** `corrections` have been applied already. */
const KEPT = TABLES.filter((name) => name !== 'corrections');
const THREADS = 2;

const [cache = ''] = process.argv.slice(2);
const file = join(cache, 'duckdb-10000-2000000.db');

const duck = await openDuckDb(WORLD.plan, THREADS);
if (existsSync(file)) {
  await duck.run(`ATTACH '${file}' AS kept (READ_ONLY)`);
  for (const table of KEPT) await duck.run(`INSERT INTO ${table} SELECT * FROM kept.${table}`);
  await duck.run('DETACH kept');
} else {
  await duck.load(eventsOf(WORLD));
  const draft = `${file}.${process.pid}`;
  await duck.run(`ATTACH '${draft}' AS kept`);
  for (const table of KEPT) await duck.run(`CREATE TABLE kept.${table} AS SELECT * FROM ${table}`);
  await duck.run('DETACH kept');
  await rename(draft, file);
}
const { ms } = await askPeer(duck);
await duck.close();
process.stdout.write(`${JSON.stringify({ ms })}\n`);
