import { z } from 'zod';
import type { Ask } from '#api/queries/ask.ts';
import { type Condition, recordsIn, type Snapshot } from '#api/queries/snapshot.ts';
import { select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import { type EventOf, ZONE } from '#schemas/events.ts';
import type { FreezeRow, LateEvent } from '#schemas/freezes.ts';
import { formatPosition, type Offsets, type Position } from '#schemas/position.ts';

/** A seal as the stream holds it, and how far the stream had been read when it was made. */
export type Freeze = { row: FreezeRow; position: Position; watermark: string };

const SEALS = select(TABLES.freezes, ['position', 'recordedAt', 'document']);

const FREEZES = (conditions: string): string => `
  SELECT ${SEALS.columns}
  FROM freezes FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  ORDER BY position`;

/** The seals of a year, oldest first. What they hold was checked when they entered the stream. */
export async function freezesOf(ask: Ask, year: number, offsets: Offsets): Promise<Freeze[]> {
  const { sql, params } = recordsIn({ offsets, asOf: null });
  const rows = await ask.query(SEALS.row, FREEZES(sql), { ...params, year });
  return rows.map(({ position, recordedAt, document }, index) => {
    const { watermark, ...data } = JSON.parse(document) as EventOf<'result.frozen'>['data'];
    const recordedtime = new Date(recordedAt).toISOString();
    return {
      position,
      watermark,
      row: { number: index + 1, ...data, recordedtime, position: formatPosition(position) },
    };
  });
}

// An event is about a year by its data, by the activity that it follows, or because it changes a unit.
const ABOUT = `(
    startsWith(type, 'unit.')
    OR (type IN ('plan.adopted', 'target.assigned', 'activity.recorded', 'selfinspection.submitted')
      AND JSONExtractInt(envelope, 'data', 'year') = {year:UInt16})
    OR (activity != '' AND (subject, activity) IN (SELECT unit, activity FROM activity_versions WHERE year = {year:UInt16}))
  )`;

/** What may be about any year, told by narrow columns. */
const MAY_BE_ABOUT = `verdict = 'applied' AND (activity != '' OR startsWith(type, 'unit.')
    OR type IN ('plan.adopted', 'target.assigned', 'activity.recorded', 'selfinspection.submitted'))`;

/** FINAL would read the envelopes of all events; a row that is there twice says the same. */
const LATE = (conditions: string): string => `
  FROM ledger
  PREWHERE ${MAY_BE_ABOUT} AND ${conditions}
  WHERE ${ABOUT}`;

/** Whether it is worth while to look at what the year is about. */
const ANY_LATE = (conditions: string): string => `
  SELECT position FROM ledger
  WHERE ${MAY_BE_ABOUT} AND ${conditions}
  LIMIT 1`;

const COLUMNS = 'position, subject, source, id, type, activity, recordedAt';

const lateRow = z.object({
  position: z.int(),
  subject: z.string(),
  source: z.string(),
  id: z.string(),
  type: z.string(),
  activity: z.string(),
  recordedAt: z.int(),
});

export type LateQuestion = {
  year: number;
  /** What the seal covers, and how far the stream is read now. */
  sealed: Snapshot;
  offsets: Offsets;
  /** Only events about this subject (and the zone). */
  unit?: string | undefined;
  after: Position;
  limit: number;
};

/** In what the stream holds now, but not in the seal. */
function lateConditions({ sealed, offsets, unit }: LateQuestion): Condition {
  const now = recordsIn({ offsets, asOf: null });
  const then = renamed(recordsIn(sealed), 'sealed');
  const own = unit === undefined ? '' : ' AND subject IN ({unit:String}, {zone:String})';
  return {
    sql: `${now.sql} AND NOT (${then.sql})${own}`,
    params: { ...now.params, ...then.params, ...(unit === undefined ? {} : { unit, zone: ZONE }) },
  };
}

/** The same condition under other parameter names, to stand beside another. */
function renamed({ sql, params }: Condition, prefix: string): Condition {
  return {
    sql: sql.replace(/\{(\w+):/g, `{${prefix}_$1:`),
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [`${prefix}_${name}`, value])),
  };
}

const TITLES = `
  SELECT unit, activity, argMax(title, fromPos) AS title
  FROM activity_versions FINAL
  WHERE unit IN {units:Array(String)} AND activity IN {activities:Array(String)}
  GROUP BY unit, activity`;

const titleRow = z.object({ unit: z.string(), activity: z.string(), title: z.string() });

/** What the activities of events are called, by unit and activity. */
async function titlesOf(
  ask: Ask,
  events: readonly { subject: string; activity: string }[],
): Promise<Map<string, string>> {
  const about = events.filter(({ activity }) => activity !== '');
  if (about.length === 0) return new Map();
  const units = [...new Set(about.map(({ subject }) => subject))];
  const activities = [...new Set(about.map(({ activity }) => activity))];
  const rows = await ask.query(titleRow, TITLES, { units, activities });
  return new Map(rows.map(({ unit, activity, title }) => [`${unit}/${activity}`, title]));
}

/** Events about the year that a seal does not cover, in stream order, and how many there are. */
export async function lateEvents(
  ask: Ask,
  question: LateQuestion,
): Promise<{ total: number; events: LateEvent[] }> {
  const { year, after, limit } = question;
  const { sql, params } = lateConditions(question);
  const any = await ask.query(z.object({ position: z.int() }), ANY_LATE(sql), params);
  if (any.length === 0) return { total: 0, events: [] };
  const page = `SELECT ${COLUMNS} ${LATE(`position > {after:UInt64} AND ${sql}`)} ORDER BY position LIMIT 1 BY position LIMIT {limit:UInt32}`;
  const [counted, rows] = await Promise.all([
    ask.query(z.object({ total: z.int() }), `SELECT uniqExact(position) AS total ${LATE(sql)}`, {
      ...params,
      year,
    }),
    ask.query(lateRow, page, { ...params, year, after, limit }),
  ]);
  const titles = await titlesOf(ask, rows);
  const events = rows.map(({ position, activity, recordedAt, ...named }) => ({
    ...named,
    position: formatPosition(position),
    activity: activity || null,
    title: titles.get(`${named.subject}/${activity}`) ?? null,
    recordedtime: new Date(recordedAt).toISOString(),
  }));
  return { total: counted[0]?.total ?? 0, events };
}

export type Wanted =
  | { id: string; source?: string | undefined; subject?: string | undefined }
  | { position: Position };

const FIND = (conditions: string): string => `
  SELECT position, recordedAt, subject, source, id, envelope
  FROM ledger
  WHERE verdict = 'applied' AND ${conditions}
  ORDER BY position
  LIMIT 1 BY position
  LIMIT 2`;

const foundRow = z.object({
  position: z.int(),
  recordedAt: z.int(),
  subject: z.string(),
  source: z.string(),
  id: z.string(),
  envelope: z.string(),
});
export type Found = z.infer<typeof foundRow>;

/** The events that are meant: none, the one, or the first two of several. */
export async function findEvents(ask: Ask, offsets: Offsets, wanted: Wanted): Promise<Found[]> {
  const { sql, params } = recordsIn({ offsets, asOf: null });
  if ('position' in wanted)
    return ask.query(foundRow, FIND(`${sql} AND position = {position:UInt64}`), {
      ...params,
      position: wanted.position,
    });
  const { id, source, subject } = wanted;
  const conditions = [
    sql,
    'id = {id:String}',
    ...(source === undefined ? [] : ['source = {source:String}']),
    ...(subject === undefined ? [] : ['subject = {subject:String}']),
  ];
  return ask.query(foundRow, FIND(conditions.join(' AND ')), {
    ...params,
    id,
    ...(source === undefined ? {} : { source }),
    ...(subject === undefined ? {} : { subject }),
  });
}
