import { allBut, type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsUpTo } from './snapshot.ts';

/** `fromPos` is the event that made the version, `closedBy` the one that ended it (0 = none yet). */
const VERSIONS = select(
  TABLES.activity_versions,
  allBut(TABLES.activity_versions, 'recordedFrom', 'recordedTo', 'bodyPos', 'occurredOn'),
  { day: 'occurredOn' },
);

/** Files can be long, and are nobody's where only figures are looked at. */
const WITHOUT_FILES = VERSIONS.columnsWith({ attachments: "''" });

const SQL = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM activity_versions FINAL
  WHERE unit = {unit:String} AND year = {year:UInt16} AND activity IN {activities:Array(String)}
    AND ${conditions}
  ORDER BY fromPos`;

export type ActivityVersion = Selected<typeof VERSIONS>;

/** Everything that some activities of a unit's year have ever been, in the order of the events that made it so. */
export async function activityVersions(
  ask: Ask,
  {
    snapshot,
    unit,
    year,
    activities,
    withFiles = false,
  }: {
    snapshot: Snapshot;
    unit: string;
    year: number;
    activities: readonly string[];
    withFiles?: boolean;
  },
): Promise<ActivityVersion[]> {
  if (activities.length === 0) return [];
  const { sql, params } = versionsUpTo(snapshot);
  return ask.query(VERSIONS.row, SQL(withFiles ? VERSIONS.columns : WITHOUT_FILES, sql), {
    ...params,
    unit,
    year,
    activities,
  });
}
