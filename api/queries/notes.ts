import { z } from 'zod';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { type EventOf, ZONE } from '#schemas/events.ts';
import type { Reader } from '#schemas/notes.ts';
import type { NoteAbout } from '#schemas/results/notes.ts';
import type { Ask, Params } from './ask.ts';
import { recordsIn, type Snapshot } from './snapshot.ts';

const LEDGER = select(TABLES.ledger, ['position', 'recordedAt', 'envelope']);

/** Who asks: everything is read, or what somebody wrote or is named to read. */
export type NoteReader = 'all' | { actor: string; as: readonly Reader[] };

/** Everything that somebody may read, wherever it stands: what is for units, of their own unit and of the zone alone. */
export type WideReader =
  | 'all'
  | { actor: string; as: readonly Exclude<Reader, 'unit'>[]; subjects: readonly string[] };

const WRITTEN = (conditions: string): string => `
  FROM ledger
  WHERE type = 'note.written' AND verdict = 'applied'
    AND JSONExtractUInt(envelope, 'data', 'year') = {year:UInt16} AND ${conditions}`;
const FOR = `(JSONExtractString(envelope, 'actor') = {actor:String}
    OR hasAny(JSONExtract(envelope, 'data', 'seenBy', 'Array(String)'), {as:Array(String)}))`;

const FOR_WIDE = `(JSONExtractString(envelope, 'actor') = {actor:String}
    OR hasAny(JSONExtract(envelope, 'data', 'seenBy', 'Array(String)'), {as:Array(String)})
    OR (subject IN {subjects:Array(String)}
      AND has(JSONExtract(envelope, 'data', 'seenBy', 'Array(String)'), 'unit')))`;
const ABOUT = `JSONExtractString(envelope, 'data', 'about', 'of') = {of:String}
    AND JSONExtractString(envelope, 'data', 'about', 'id') = {id:String}`;

const counted = z.object({ total: z.int() });

export type FoundNote = { position: number; recordedAt: number; event: EventOf<'note.written'> };

type Sought = { snapshot: Snapshot; year: number; limit: number };
type Found = { notes: FoundNote[]; total: number };

/** The latest remarks on a unit, or on the zone, or on a number of theirs, that somebody may read, and how many in all. */
export function writtenNotes(
  ask: Ask,
  question: Sought & { unit: string | undefined; about: NoteAbout | undefined; reader: NoteReader },
): Promise<Found> {
  const { unit, about, reader } = question;
  const id = about && 'id' in about ? about.id : '';
  return found(ask, question, [
    ['subject = {subject:String}', { subject: unit ?? ZONE }],
    ...(about ? [[ABOUT, { of: about.of, id }] as const] : []),
    ...(reader === 'all' ? [] : [[FOR, reader] as const]),
  ]);
}

/** The latest remarks that somebody may read at all, on the zone and on units. */
export const allNotes = (ask: Ask, question: Sought & { reader: WideReader }): Promise<Found> =>
  found(ask, question, question.reader === 'all' ? [] : [[FOR_WIDE, question.reader]]);

async function found(
  ask: Ask,
  { snapshot, year, limit }: Sought,
  parts: readonly (readonly [sql: string, params: Params])[],
): Promise<Found> {
  const { sql, params } = recordsIn(snapshot);
  const asked: Params = Object.assign({ ...params, year }, ...parts.map(([, own]) => own));
  const from = WRITTEN([sql, ...parts.map(([condition]) => condition)].join(' AND '));
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
