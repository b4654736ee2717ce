import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Envelope } from '#schemas/events.ts';
import { factsOf, TABLES } from './peers.ts';

/** Splits the events into four newline-delimited files and lets DuckDB read them, then applies the corrections. */
export async function loadInto(
  connection: DuckDBConnection,
  events: Iterable<readonly Envelope[]>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wuxing-duckdb-'));
  const path = (name: string): string => join(folder, `${name}.json`);
  const streams = Object.fromEntries(TABLES.map((name) => [name, createWriteStream(path(name))]));
  const write = async (name: (typeof TABLES)[number], rows: readonly object[]): Promise<void> => {
    if (rows.length === 0) return;
    const ready = streams[name]?.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    if (ready === false) await once(streams[name] as NonNullable<(typeof streams)[string]>, 'drain');
  };
  for (const facts of factsOf(events)) for (const name of TABLES) await write(name, facts[name]);
  await Promise.all(
    Object.values(streams).map((stream) => {
      stream.end();
      return once(stream, 'finish');
    }),
  );
  const body = `occurredOn: 'DATE', pos: 'BIGINT', quantity: 'DECIMAL(18,6)', due: 'DECIMAL(18,6)', done: 'DECIMAL(18,6)',
    members: 'VARCHAR[]', form: 'VARCHAR', score: 'DECIMAL(18,6)', indicator: 'VARCHAR', value: 'DECIMAL(18,6)', ledByHead: 'BOOLEAN'`;
  const read = (name: string, columns: string): string =>
    `read_json('${path(name)}', format = 'newline_delimited', columns = {${columns}})`;
  await connection.run(`
    INSERT INTO units SELECT unit, name, "group", teamSize FROM ${read('units', `unit: 'VARCHAR', name: 'VARCHAR', "group": 'VARCHAR', teamSize: 'INTEGER'`)};
    INSERT INTO targets SELECT unit, indicator, direction, target FROM ${read('targets', `unit: 'VARCHAR', indicator: 'VARCHAR', direction: 'VARCHAR', target: 'DECIMAL(18,6)'`)};
    INSERT INTO activities SELECT activity, unit, kind, 'reported', occurredOn, pos, quantity, due, done, members, form, score, indicator, value, coalesce(ledByHead, false)
      FROM ${read('activities', `activity: 'VARCHAR', unit: 'VARCHAR', kind: 'VARCHAR', ${body}`)};
    CREATE TEMP TABLE fixes AS SELECT * FROM ${read('corrections', `activity: 'VARCHAR', kind: 'VARCHAR', state: 'VARCHAR', amended: 'BOOLEAN', ${body}`)};
    UPDATE activities SET kind = f.kind, occurred = f.occurredOn, pos = f.pos, quantity = f.quantity, due = f.due, done = f.done, members = f.members,
      form = f.form, score = f.score, indicator = f.indicator, value = f.value, led = coalesce(f.ledByHead, false)
      FROM fixes f WHERE f.activity = activities.activity AND f.amended;
    UPDATE activities SET state = f.state FROM fixes f WHERE f.activity = activities.activity AND NOT f.amended;
    DROP TABLE fixes;
    CREATE TABLE clean AS SELECT * FROM activities ORDER BY unit, kind, occurred;
    DROP TABLE activities;
    ALTER TABLE clean RENAME TO activities;`);
  await rm(folder, { recursive: true });
}
