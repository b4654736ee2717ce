import type { z } from 'zod';
import { unitRow } from '#schemas/results.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const COLUMNS = 'unit, name, `group`, teamSize, head, since, closedOn';

const PAGE = (conditions: string): string => `
  SELECT ${COLUMNS}
  FROM unit_versions FINAL
  WHERE unit > {after:String} AND ${conditions}
  ORDER BY unit
  LIMIT {limit:UInt32}`;

const ONE = (conditions: string): string => `
  SELECT ${COLUMNS}
  FROM unit_versions FINAL
  WHERE unit = {unit:String} AND ${conditions}`;

export type ListedUnit = z.infer<typeof unitRow>;

/** Registered units by id, closed ones too, after the id `after`. */
export async function listUnits(
  ask: Ask,
  { snapshot, after = '', limit }: { snapshot: Snapshot; after?: string | undefined; limit: number },
): Promise<ListedUnit[]> {
  const { sql, params } = versionsIn(snapshot);
  return ask.query(unitRow, PAGE(sql), { ...params, after, limit });
}

export async function findUnit(
  ask: Ask,
  { snapshot, unit }: { snapshot: Snapshot; unit: string },
): Promise<ListedUnit | undefined> {
  const { sql, params } = versionsIn(snapshot);
  return (await ask.query(unitRow, ONE(sql), { ...params, unit }))[0];
}
