import { DuckDBInstance } from '@duckdb/node-api';
import type { Plan } from '#schemas/plan.ts';
import { loadInto } from './duckdbLoad.ts';
import type { Peer } from './peers.ts';
import { DUCKDB, rankingSql } from './rankingSql.ts';

const SCHEMA = `
  CREATE TABLE units (unit VARCHAR PRIMARY KEY, name VARCHAR, grp VARCHAR, team INTEGER);
  CREATE TABLE targets (unit VARCHAR, indicator VARCHAR, direction VARCHAR, target DECIMAL(18,6));
  CREATE TABLE activities (
    activity VARCHAR, unit VARCHAR, kind VARCHAR, state VARCHAR, occurred DATE, pos BIGINT,
    quantity DECIMAL(18,6), due DECIMAL(18,6), done DECIMAL(18,6), members VARCHAR[], form VARCHAR,
    score DECIMAL(18,6), indicator VARCHAR, value DECIMAL(18,6), led BOOLEAN);
  CREATE TABLE corrections (pos BIGINT, type VARCHAR, activity VARCHAR, body JSON);
`;

/**
 * DuckDB. Corrections are applied as they come (UPDATE on a table of activities), so that at query time it reads
 * clean current rows: the form that favours it most. Loads through newline-delimited JSON, its own fastest door for
 * such rows.
 */
export async function openDuckDb(
  plan: Plan,
  threads: number,
): Promise<Peer & { run(sql: string): Promise<void> }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(SCHEMA);
  return {
    load: (events) => loadInto(connection, events),
    async run(sql) {
      await connection.run(sql);
    },
    async ranking() {
      const reader = await connection.runAndReadAll(rankingSql(plan, DUCKDB));
      return JSON.stringify(reader.getRowObjectsJson());
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
