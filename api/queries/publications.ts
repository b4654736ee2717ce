import type { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { EventOf } from '#schemas/events.ts';
import type { Position } from '#schemas/position.ts';
import type { Ask } from './ask.ts';

const LEDGER = select(TABLES.ledger, ['position', 'recordedAt', 'envelope']);
type Row = z.infer<typeof LEDGER.row>;

/** They are few, and concern the zone. FINAL would read the envelopes of all events; a row that is there twice says the same. */
const SQL = `
  SELECT ${LEDGER.columns}
  FROM ledger
  WHERE subject = 'zone' AND type = 'result.published' AND verdict = 'applied'
  ORDER BY position
  LIMIT 1 BY position`;

export type PublicationEvent = { position: Position; recordedAt: number; year: number; until: string };

/** When provisional results were published, and until when, in stream order. */
export async function publicationEvents(ask: Ask): Promise<PublicationEvent[]> {
  const rows: Row[] = await ask.query(LEDGER.row, SQL);
  return rows.map(({ position, recordedAt, envelope }) => {
    const { data } = JSON.parse(envelope) as EventOf<'result.published'>;
    return { position, recordedAt, year: data.year, until: data.until };
  });
}
