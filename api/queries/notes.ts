import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { type EventOf, ZONE } from '#schemas/events.ts';
import type { Reader } from '#schemas/notes.ts';
import type { Ask, Params } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const LEDGER = select(TABLES.ledger, ['position', 'recordedAt', 'envelope']);

/** Who asks: everything is read, or what somebody wrote or is named to read. */
export type NoteReader = 'all' | { actor: string; as: readonly Reader[] };

const WRITTEN = (conditions: string): string => `
  FROM ledger
  WHERE subject = {subject:String} AND type = 'note.written' AND verdict = 'applied'
    AND JSONExtractUInt(envelope, 'data', 'year') = {year:UInt16} AND ${conditions}`;
const FOR = `(JSONExtractString(envelope, 'actor') = {actor:String}
    OR hasAny(JSONExtract(envelope, 'data', 'seenBy', 'Array(String)'), {as:Array(String)}))`;

const counted = z.object({ total: z.int() });

export type FoundNote = { position: number; recordedAt: number; event: EventOf<'note.written'> };

/** The latest remarks on a unit, or on the zone, that somebody may read, and how many there are in all. */
export async function writtenNotes(
  ask: Ask,
  question: { snapshot: Snapshot; unit: string | undefined; year: number; reader: NoteReader; limit: number },
): Promise<{ notes: FoundNote[]; total: number }> {
  const { snapshot, unit, year, reader, limit } = question;
  const { sql, params } = recordsIn(snapshot);
  const [conditions, mine]: [string, Params] = reader === 'all' ? [sql, {}] : [`${sql} AND ${FOR}`, reader];
  const asked = { ...params, ...mine, subject: unit ?? ZONE, year };
  const from = WRITTEN(conditions);
  const [rows, [count]] = await Promise.all([
    ask.query(
      LEDGER.row,
      `SELECT ${LEDGER.columns} ${from} ORDER BY position DESC LIMIT 1 BY position LIMIT {limit:UInt32}`,
      { ...asked, limit },
    ),
    ask.query(counted, `SELECT uniqExact(position) AS total ${from}`, asked),
  ]);
  const notes = rows.map(({ position, recordedAt, envelope }) => ({
    position,
    recordedAt,
    event: JSON.parse(envelope) as EventOf<'note.written'>,
  }));
  return { notes, total: count?.total ?? 0 };
}
