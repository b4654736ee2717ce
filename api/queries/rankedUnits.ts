import { readNative } from '#ingest/clickhouse-native/read.ts';
import { type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

const RANKED = select(TABLES.unit_versions, ['unit', 'name', 'group', 'teamSize']);

export type RankedUnit = Selected<typeof RANKED>;

const SQL = (conditions: string): string => `
  SELECT ${RANKED.columns}
  FROM unit_versions FINAL
  WHERE ${conditions}
    AND (since IS NULL OR since <= {lastDay:String})
    AND (closedOn IS NULL OR closedOn > {lastDay:String})
  ORDER BY unit`;

/** The units that are ranked in a year: registered, there by its end, and not closed within it. */
export async function rankedUnits(
  ask: Ask,
  { year, snapshot, units }: { year: number; snapshot: Snapshot; units?: readonly string[] | undefined },
): Promise<RankedUnit[]> {
  const { sql, params } = versionsIn(snapshot);
  const bytes = await ask.native(SQL(units ? `${sql} AND unit IN {units:Array(String)}` : sql), {
    ...params,
    lastDay: `${year}-12-31`,
    ...(units && { units }),
  });
  const ranked: RankedUnit[] = [];
  for (const block of readNative(bytes)) {
    const [names, groups, sizes] = [block.texts('name'), block.texts('group'), block.numbers('teamSize')];
    block.texts('unit').forEach((unit, row) => {
      ranked.push({ unit, name: names[row] ?? '', group: groups[row] ?? '', teamSize: sizes[row] ?? 1 });
    });
  }
  return ranked;
}
