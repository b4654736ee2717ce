import type { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { unitRow } from '#schemas/results/results.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

export type ListedUnit = z.infer<typeof unitRow>;

const UNITS = select(TABLES.unit_versions, Object.keys(unitRow.shape) as (keyof ListedUnit)[]);

const PAGE = (conditions: string): string => `
  SELECT ${UNITS.columns}
  FROM unit_versions FINAL
  WHERE unit > {after:String} AND (empty({units:Array(String)}) OR unit IN {units:Array(String)}) AND ${conditions}
  ORDER BY unit
  LIMIT {limit:UInt32}`;

const ONE = (conditions: string): string => `
  SELECT ${UNITS.columns}
  FROM unit_versions FINAL
  WHERE unit = {unit:String} AND ${conditions}`;

/** Registered units by id, closed ones too, after the id `after`; where `units` names some, those alone. */
export async function listUnits(
  ask: Ask,
  {
    snapshot,
    after = '',
    limit,
    units = [],
  }: {
    snapshot: Snapshot;
    after?: string | undefined;
    limit: number;
    units?: readonly string[] | undefined;
  },
): Promise<ListedUnit[]> {
  const { sql, params } = versionsIn(snapshot);
  return ask.query(unitRow, PAGE(sql), { ...params, after, limit, units });
}

export async function findUnit(
  ask: Ask,
  { snapshot, unit }: { snapshot: Snapshot; unit: string },
): Promise<ListedUnit | undefined> {
  const { sql, params } = versionsIn(snapshot);
  return (await ask.query(unitRow, ONE(sql), { ...params, unit }))[0];
}
