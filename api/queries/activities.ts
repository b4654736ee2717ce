import { z } from 'zod';
import { allBut, type Selected, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';
import type { ActivityFilterState } from '#schemas/results/results.ts';
import type { Ask, Params } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** By the day on which it was done; or by the event that made it what it is, the latest first. */
export type ListOrder = 'day' | 'latest';

/** Of a unit all events are in one partition, so that their positions have an order. */
const ORDERS: Record<ListOrder, { behind: string; by: string }> = {
  day: {
    behind: '(toString(occurredOn), activity) > ({afterDay:String}, {afterActivity:String})',
    by: 'toString(occurredOn), activity',
  },
  latest: { behind: 'fromPos < {before:UInt64}', by: 'fromPos DESC' },
};

/** Chains the snapshot's conditions with those of the question; an empty list of kinds stands for all of them. */
const SQL = (columns: string, conditions: string, order: ListOrder): string => `
  SELECT ${columns}
  FROM activity_versions FINAL
  WHERE unit = {unit:String}
    AND (empty({years:Array(UInt16)}) OR has({years:Array(UInt16)}, year))
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND ({until:String} = '' OR toString(occurredOn) <= {until:String})
    AND (empty({states:Array(String)}) OR has({states:Array(String)}, if(appealOpen AND {open:Bool}, 'appealed', CAST(state AS String))))
    AND ${ORDERS[order].behind}
    AND ${conditions}
  ORDER BY ${ORDERS[order].by}
  LIMIT {limit:UInt32}`;

/** What an activity is as it stands; that it stands, a snapshot says. `day` is its occurredOn. */
export const LISTED = select(
  TABLES.activity_versions,
  allBut(TABLES.activity_versions, 'closedBy', 'recordedFrom', 'recordedTo', 'bodyPos', 'occurredOn'),
  { day: 'occurredOn' },
);

/** Text fields that nobody filled in are empty; `fromPos` is the event that made it what it is. */
export type ListedActivity = Selected<typeof LISTED>;

/** Without the files that prove it, which are nobody else's. */
export const UNATTACHED = LISTED.columnsWith({ attachments: "''" });

/** Without what can be long: of the members one, no title, evidence or note. */
const BRIEFS = LISTED.columnsWith({
  title: "''",
  members: 'arraySlice(members, 1, 1)',
  evidence: 'emptyArrayString()',
  attachments: "''",
  note: "''",
});

/** What can be long; the rest is a few hundred bytes. */
export const ROW_BYTES = `500 + length(title) + length(note) + length(activity) + arraySum(arrayMap(length, members))
    + 3 * length(members) + arraySum(arrayMap(length, evidence)) + length(attachments)`;
const SIZES = `${ROW_BYTES} AS bytes`;

const size = z.object({ bytes: z.int() });

export type ActivityQuestion = {
  snapshot: Snapshot;
  unit: string;
  year?: number | undefined;
  kinds?: readonly string[] | undefined;
  /** The last day that is seen; all of them without one. */
  until?: string | undefined;
  state?: ActivityFilterState | undefined;
  order?: ListOrder | undefined;
  /** Day and id behind which to go on; by the latest event, its position. */
  after?: readonly [day: string, activity: string] | number | undefined;
  limit: number;
};

function bound({
  snapshot,
  unit,
  year,
  kinds = [],
  until = '',
  state,
  order = 'day',
  after,
}: ActivityQuestion) {
  const { sql, params } = versionsIn(snapshot);
  const [afterDay, afterActivity] = Array.isArray(after) ? after : ['', ''];
  const before = typeof after === 'number' ? after : Number.MAX_SAFE_INTEGER;
  const years = year === undefined ? [] : [year];
  const states = state === undefined ? [] : [state];
  const place: Params = order === 'day' ? { afterDay, afterActivity } : { before };
  // An open appeal is asked for by itself, whatever the state that it is against.
  const open = state === 'appealed';
  return { sql, order, params: { ...params, unit, years, kinds, until, states, open, ...place } };
}

/**
 * A unit's activities by day, then id, retracted ones too, and whether there are more: at most `limit`, and no more
 * bytes than a page holds.
 */
export async function listActivities(
  ask: Ask,
  question: ActivityQuestion,
): Promise<{ rows: ListedActivity[]; more: boolean }> {
  const { limit } = question;
  const { sql, order, params } = bound(question);
  const sizes = await ask.query(size, SQL(SIZES, sql, order), { ...params, limit: limit + 1 });
  const fit = fitting(sizes, limit);
  const rows =
    fit === 0 ? [] : await ask.query(LISTED.row, SQL(LISTED.columns, sql, order), { ...params, limit: fit });
  return { rows, more: sizes.length > fit };
}

/** The same, all of them, of each only what tells whether it fits a measure: one member stands for all. */
export async function briefActivities(ask: Ask, question: ActivityQuestion): Promise<ListedActivity[]> {
  const { sql, order, params } = bound(question);
  return ask.query(LISTED.row, SQL(BRIEFS, sql, order), { ...params, limit: question.limit });
}
