import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { AwardEvent } from '#schemas/awards.ts';
import type { EventOf } from '#schemas/events.ts';
import { formatPosition } from '#schemas/position.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const AWARDS = select(TABLES.awards, ['position', 'recordedAt', 'document']);

const SQL = (conditions: string): string => `
  SELECT ${AWARDS.columns}
  FROM awards FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY position`;

/** Every award and withdrawal of a year, in stream order. What they hold was checked when they entered the stream. */
export async function awardEvents(
  ask: Ask,
  { snapshot, year }: { snapshot: Snapshot; year: number },
): Promise<AwardEvent[]> {
  const { sql, params } = recordsIn(snapshot);
  const rows = await ask.query(AWARDS.row, SQL(sql), { ...params, year });
  return rows.map(({ position, recordedAt, document }) => {
    const { unit, honour, reason, withdrawn } = JSON.parse(
      document,
    ) as EventOf<'commendation.awarded'>['data'];
    return {
      unit,
      honour,
      reason,
      withdrawn: withdrawn === true,
      recordedtime: new Date(recordedAt).toISOString(),
      position: formatPosition(position),
    };
  });
}
