import { z } from 'zod';
import { activityState } from '#schemas/results.ts';
import type { Ask } from './ask.ts';
import { fitting } from './pageBytes.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Chains the snapshot's conditions with those of the question; an empty list of kinds stands for all of them. */
const SQL = (columns: string, conditions: string): string => `
  SELECT ${columns}
  FROM activity_versions FINAL
  WHERE unit = {unit:String}
    AND (empty({years:Array(UInt16)}) OR has({years:Array(UInt16)}, year))
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND ({until:String} = '' OR toString(occurredOn) <= {until:String})
    AND (toString(occurredOn), activity) > ({afterDay:String}, {afterActivity:String})
    AND ${conditions}
  ORDER BY toString(occurredOn), activity
  LIMIT {limit:UInt32}`;

const ROWS = `activity, unit, year, kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, toString(occurredOn) AS day, title, quantity, due, done, members,
    form, score, indicator, value, ledByHead, evidence, note`;

/** The same without what can be long: of the members one, no title, evidence or note. */
const BRIEFS = `activity, unit, year, kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, toString(occurredOn) AS day, '' AS title, quantity, due, done,
    arraySlice(members, 1, 1) AS members, form, score, indicator, value, ledByHead,
    emptyArrayString() AS evidence, '' AS note`;

/** What can be long; the rest is a few hundred bytes. */
const SIZES = `500 + length(title) + length(note) + length(activity) + arraySum(arrayMap(length, members))
    + 3 * length(members) + arraySum(arrayMap(length, evidence)) AS bytes`;

const size = z.object({ bytes: z.int() });
const number = z.number().nullable();

export const listedActivity = z.object({
  activity: z.string(),
  unit: z.string(),
  year: z.int(),
  kind: z.string(),
  state: activityState,
  waived: z.boolean(),
  appealOpen: z.boolean(),
  recordedBy: z.enum(['unit', 'organisation']),
  day: z.string(),
  title: z.string(),
  quantity: number,
  due: number,
  done: number,
  members: z.array(z.string()),
  form: z.string(),
  score: number,
  indicator: z.string(),
  value: number,
  ledByHead: z.boolean(),
  evidence: z.array(z.string()),
  note: z.string(),
});

/** An activity as it stands; text fields that nobody filled in are empty, `day` is its occurredOn. */
export type ListedActivity = z.infer<typeof listedActivity>;

export type ActivityQuestion = {
  snapshot: Snapshot;
  unit: string;
  year?: number | undefined;
  kinds?: readonly string[] | undefined;
  /** The last day that is seen; all of them without one. */
  until?: string | undefined;
  /** Day and id behind which to go on. */
  after?: readonly [day: string, activity: string] | undefined;
  limit: number;
};

function bound({ snapshot, unit, year, kinds = [], until = '', after = ['', ''] }: ActivityQuestion) {
  const { sql, params } = versionsIn(snapshot);
  const [afterDay, afterActivity] = after;
  const years = year === undefined ? [] : [year];
  return { sql, params: { ...params, unit, years, kinds, until, afterDay, afterActivity } };
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
  const { sql, params } = bound(question);
  const sizes = await ask.query(size, SQL(SIZES, sql), { ...params, limit: limit + 1 });
  const fit = fitting(sizes, limit);
  const rows = fit === 0 ? [] : await ask.query(listedActivity, SQL(ROWS, sql), { ...params, limit: fit });
  return { rows, more: sizes.length > fit };
}

/** The same, all of them, of each only what tells whether it fits a measure: one member stands for all. */
export async function briefActivities(ask: Ask, question: ActivityQuestion): Promise<ListedActivity[]> {
  const { sql, params } = bound(question);
  return ask.query(listedActivity, SQL(BRIEFS, sql), { ...params, limit: question.limit });
}
