import { z } from 'zod';
import { type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { Ask } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const SQL = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM ledger
  WHERE subject = {unit:String} AND verdict = 'applied' AND type != 'note.written' AND recordedAt > {since:Int64} AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position
  LIMIT {limit:UInt32}`;

/** `activity` is '' where the event is about none. */
const EVENTS = select(TABLES.ledger, ['position', 'type', 'source', 'activity', 'recordedAt', 'envelope']);
const SIZES = 'position, length(envelope) AS bytes';

const size = z.object({ bytes: z.int() });
export type UnitEvent = Selected<typeof EVENTS>;

/**
 * The events about a unit that were recorded after a time and took effect, in stream order: the first `limit`, and no more
 * bytes than a page holds. Remarks are none of them: they move nothing, and are not for everybody.
 */
export async function unitEventsSince(
  ask: Ask,
  { snapshot, unit, since, limit }: { snapshot: Snapshot; unit: string; since: number; limit: number },
): Promise<UnitEvent[]> {
  const { sql, params } = recordsIn(snapshot);
  const asked = { ...params, unit, since };
  const fit = fitting(await ask.query(size, SQL(SIZES, sql), { ...asked, limit }), limit);
  return fit === 0 ? [] : ask.query(EVENTS.row, SQL(EVENTS.columns, sql), { ...asked, limit: fit });
}
