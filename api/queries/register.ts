import { z } from 'zod';
import { readNative } from '#ingest/clickhouse-native/read.ts';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { EventOf } from '#schemas/events.ts';
import type { TargetRow } from '#schemas/results/register.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot, versionsIn } from './snapshot.ts';

/** What the register of units and targets asks of the store. */

const LEDGER = select(TABLES.ledger, ['position', 'type', 'recordedAt', 'envelope']);
const UNIT_TYPES = ['unit.registered', 'unit.changed', 'unit.closed'] as const;
type UnitType = (typeof UNIT_TYPES)[number];

const HISTORY = (conditions: string): string => `
  SELECT ${LEDGER.columns}
  FROM ledger
  WHERE subject = {unit:String} AND type IN {types:Array(String)} AND verdict = 'applied' AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position`;

export type UnitFact = {
  position: number;
  type: UnitType;
  recordedAt: number;
  /** The account that ordered it; undefined where none is named. */
  actor: string | undefined;
  data: EventOf<UnitType>['data'];
};

/** What happened to a unit itself, in stream order. */
export async function unitFacts(
  ask: Ask,
  { snapshot, unit }: { snapshot: Snapshot; unit: string },
): Promise<UnitFact[]> {
  const { sql, params } = recordsIn(snapshot);
  const rows = await ask.query(LEDGER.row, HISTORY(sql), { ...params, unit, types: [...UNIT_TYPES] });
  return rows.map(({ position, type, recordedAt, envelope }) => {
    const { actor, data } = JSON.parse(envelope) as EventOf<UnitType> & { actor?: string };
    return { position, type: type as UnitType, recordedAt, actor, data };
  });
}

const ASSIGNED = (conditions: string): string => `
  SELECT unit, CAST(indicator AS String) AS indicator, target, CAST(direction AS String) AS direction
  FROM target_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY unit, indicator`;
const assigned = z.object({
  unit: z.string(),
  indicator: z.string(),
  target: z.number(),
  direction: z.enum(['atLeast', 'atMost']),
});

/** The targets in force for a year, of some units or of all. */
export async function assignedTargets(
  ask: Ask,
  { snapshot, year, units }: { snapshot: Snapshot; year: number; units?: readonly string[] },
): Promise<Omit<TargetRow, 'value'>[]> {
  const { sql, params } = versionsIn(snapshot);
  const conditions = units ? `unit IN {units:Array(String)} AND (${sql})` : sql;
  return ask.query(assigned, ASSIGNED(conditions), { ...params, year, ...(units && { units }) });
}

const INDICATORS = (conditions: string): string => `
  SELECT DISTINCT CAST(indicator AS String) AS indicator
  FROM target_versions FINAL
  WHERE (year = {year:UInt16} - 1 OR (year = {year:UInt16} AND unit IN {ranked:Array(String)})) AND (${conditions})`;
const indicatorOnly = z.object({ indicator: z.string() });

/** The indicators that any ranked unit has a target for, or that anybody had one for the year before. */
export async function assignedIndicators(
  ask: Ask,
  { snapshot, year, ranked }: { snapshot: Snapshot; year: number; ranked: readonly string[] },
): Promise<string[]> {
  const { sql, params } = versionsIn(snapshot);
  const bound = { ...params, year, ranked: ranked.length ? ranked : [''] };
  const rows = await ask.query(indicatorOnly, INDICATORS(sql), bound);
  return rows.map(({ indicator }) => indicator).sort();
}

const REPORTING = (conditions: string): string => `
  SELECT DISTINCT unit
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND recordedBy = 'unit' AND ${conditions}`;
const unitOnly = z.object({ unit: z.string() });

/** The units, of some or of all, that reported anything of a year themselves, whatever became of it. */
export async function reportingUnits(
  ask: Ask,
  { snapshot, year, units }: { snapshot: Snapshot; year: number; units: readonly string[] | undefined },
): Promise<{ unit: string }[]> {
  const { sql, params } = versionsIn(snapshot);
  const conditions = units ? `unit IN {units:Array(String)} AND (${sql})` : sql;
  return ask.query(unitOnly, REPORTING(conditions), { ...params, year, ...(units && { units }) });
}

const HEADS = (conditions: string): string => `
  SELECT unit, name, \`group\`
  FROM unit_versions FINAL
  WHERE ${conditions}`;

export type UnitHead = { unit: string; name: string; group: string };

/** Names and groups of registered units, closed ones too. */
export async function unitHeads(
  ask: Ask,
  { snapshot, units }: { snapshot: Snapshot; units: readonly string[] | undefined },
): Promise<UnitHead[]> {
  const { sql, params } = versionsIn(snapshot);
  const conditions = units ? `unit IN {units:Array(String)} AND (${sql})` : sql;
  const heads: UnitHead[] = [];
  for (const block of readNative(
    await ask.native(HEADS(conditions), { ...params, ...(units && { units }) }),
  )) {
    const [names, groups] = [block.texts('name'), block.texts('group')];
    block.texts('unit').forEach((unit, row) => {
      heads.push({ unit, name: names[row] ?? '', group: groups[row] ?? '' });
    });
  }
  return heads;
}
