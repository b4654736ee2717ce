import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Envelope } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import { askPeer, factsOf, mustAgree, type Peer, TABLES } from './peers.ts';
import { type Cluster, openCluster } from './postgresCluster.ts';
import { POSTGRES, rankingSql } from './rankingSql.ts';
import { atMost, type BenchRow, skipped } from './rows.ts';
import { eventsOf, type World } from './world.ts';
import type { Say, Zone } from './zone.ts';

/** PostgreSQL with indexes, corrections applied beforehand, everything in its memory: the form that favours it most. */

type Columns = readonly (readonly [column: string, type: string, field: string])[];

/** Doubles, since its exact numbers are summed several times slower. */
const BODY: Columns = [
  ['kind', 'text', 'kind'],
  ['occurred', 'date', 'occurredOn'],
  ['pos', 'bigint', 'pos'],
  ['quantity', 'double precision', 'quantity'],
  ['due', 'double precision', 'due'],
  ['done', 'double precision', 'done'],
  ['members', 'text[]', 'members'],
  ['form', 'text', 'form'],
  ['score', 'double precision', 'score'],
  ['indicator', 'text', 'indicator'],
  ['value', 'double precision', 'value'],
  ['led', 'boolean', 'ledByHead'],
];

const COLUMNS: Record<(typeof TABLES)[number], Columns> = {
  units: [
    ['unit', 'text', 'unit'],
    ['name', 'text', 'name'],
    ['grp', 'text', 'group'],
    ['team', 'integer', 'teamSize'],
  ],
  targets: [
    ['unit', 'text', 'unit'],
    ['indicator', 'text', 'indicator'],
    ['direction', 'text', 'direction'],
    ['target', 'double precision', 'target'],
  ],
  activities: [['activity', 'text', 'activity'], ['unit', 'text', 'unit'], ...BODY],
  corrections: [
    ['activity', 'text', 'activity'],
    ['state', 'text', 'state'],
    ['amended', 'boolean', 'amended'],
    ...BODY,
  ],
};

const NULL = '\\N';
const escaped = (text: string): string =>
  text.replace(/[\\\t\n\r]/g, (sign) => `\\${{ '\\': '\\', '\t': 't', '\n': 'n', '\r': 'r' }[sign]}`);

function cell(value: unknown): string {
  if (value === undefined || value === null) return NULL;
  return escaped(
    Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join(',')}}` : String(value),
  );
}

/** Its own text format, which it reads fastest. */
const lineOf = (columns: Columns, row: Record<string, unknown>): string =>
  `${columns.map(([, , field]) => cell(row[field])).join('\t')}\n`;

async function write(
  folder: string,
  events: Iterable<readonly Envelope[]>,
): Promise<(name: string) => string> {
  const path = (name: string): string => join(folder, `${name}.tsv`);
  const files = new Map<string, WriteStream>(
    TABLES.map((name) => [name, createWriteStream(path(name), { mode: 0o644 })]),
  );
  for (const facts of factsOf(events))
    for (const [name, file] of files) {
      const table = name as (typeof TABLES)[number];
      const lines = facts[table].map((row) => lineOf(COLUMNS[table], row)).join('');
      if (lines && !file.write(lines)) await once(file, 'drain');
    }
  await Promise.all([...files.values()].map((file) => once(file.end(), 'finish')));
  return path;
}

/** Applies the corrections in stream order; then lays the rows out as the question reads them, and indexes them. */
const CLEAN = `
  CREATE INDEX ON activities (activity);
  ANALYZE activities;
  UPDATE activities a SET ${BODY.map(([column]) => `${column} = f.${column}`).join(', ')}
    FROM corrections f WHERE f.activity = a.activity AND f.amended;
  UPDATE activities a SET state = f.state FROM corrections f WHERE f.activity = a.activity AND NOT f.amended;
  CREATE TABLE clean AS SELECT activity, unit, state, ${BODY.map(([column]) => column).join(', ')},
    extract(month FROM occurred)::smallint AS month FROM activities ORDER BY unit, kind, occurred;
  DROP TABLE activities, corrections;
  ALTER TABLE clean RENAME TO activities;
  CREATE INDEX ON activities (unit, kind, occurred);
  CREATE INDEX ON activities (kind, unit);
  CREATE INDEX ON targets (unit, indicator);
  CREATE UNIQUE INDEX ON units (unit);`;

const peerOn = ({ client, folder, close }: Cluster, plan: Plan): Peer => ({
  async load(events) {
    const path = await write(folder, events);
    for (const name of TABLES) {
      const columns = COLUMNS[name].map(([column, type]) => `${column} ${type}`).join(', ');
      await client.query(`CREATE TABLE ${name} (${columns})`);
      await client.query(`COPY ${name} FROM '${path(name)}'`);
    }
    await client.query("ALTER TABLE activities ADD COLUMN state text NOT NULL DEFAULT 'reported'");
    await client.query(CLEAN);
    await client.query('VACUUM ANALYZE');
  },
  async ranking() {
    const { rows } = await client.query(rankingSql(plan, POSTGRES));
    return JSON.stringify(rows);
  },
  close,
});

export async function benchPostgres(zone: Zone, world: World, say: Say): Promise<BenchRow[]> {
  const name = 'ranking, cold, to JSON';
  const ours = await zone.cold();
  say('PostgreSQL, the same events …');
  const cluster = await openCluster();
  if (typeof cluster === 'string')
    return [skipped({ name, ours: ours.ms, unit: 'ms', peerName: 'PostgreSQL' }, cluster)];
  const peer = peerOn(cluster, world.plan);
  try {
    await peer.load(eventsOf(world));
    const theirs = await askPeer(peer);
    const apart = mustAgree('PostgreSQL', ours.rows, theirs.rows);
    say(`all ${ours.rows.length} totals agree (${apart} by a rounding of doubles)`);
    return [atMost({ name, ours: ours.ms, unit: 'ms', peerName: 'PostgreSQL', peer: theirs.ms }, 0.1)];
  } finally {
    await peer.close();
  }
}
