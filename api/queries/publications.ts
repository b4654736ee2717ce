import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { EventOf } from '#schemas/events.ts';
import type { Ask } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const LEDGER = select(TABLES.ledger, ['position', 'recordedAt', 'envelope']);

/** They are few, and concern the zone. */
const SQL = (conditions: string): string => `
  SELECT ${LEDGER.columns}
  FROM ledger FINAL
  WHERE subject = 'zone' AND type = 'result.published' AND verdict = 'applied' AND ${conditions}
  ORDER BY position`;

/** When a year's provisional result was published, and until when, in stream order. */
export async function publicationEvents(
  ask: Ask,
  { snapshot, year }: { snapshot: Snapshot; year: number },
): Promise<{ recordedAt: number; until: string }[]> {
  const { sql, params } = recordsIn(snapshot);
  const rows = await ask.query(LEDGER.row, SQL(sql), params);
  return rows.flatMap(({ recordedAt, envelope }) => {
    const { data } = JSON.parse(envelope) as EventOf<'result.published'>;
    return data.year === year ? [{ recordedAt, until: data.until }] : [];
  });
}
