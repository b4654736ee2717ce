import { z } from 'zod';
import { activityState } from '#schemas/results.ts';
import type { Ask } from './ask.ts';
import { type Snapshot, versionsIn } from './snapshot.ts';

/** Chains the snapshot's conditions with those of the question; an empty list of kinds stands for all of them. */
const SQL = (conditions: string): string => `
  SELECT activity, unit, year, kind, CAST(state AS String) AS state, waived, appealOpen,
    CAST(recordedBy AS String) AS recordedBy, toString(occurredOn) AS day, title, quantity, due, done, members,
    form, score, indicator, value, ledByHead, evidence, note
  FROM activity_versions FINAL
  WHERE unit = {unit:String}
    AND (empty({years:Array(UInt16)}) OR has({years:Array(UInt16)}, year))
    AND (empty({kinds:Array(String)}) OR has({kinds:Array(String)}, kind))
    AND ({until:String} = '' OR toString(occurredOn) <= {until:String})
    AND (toString(occurredOn), activity) > ({afterDay:String}, {afterActivity:String})
    AND ${conditions}
  ORDER BY day, activity
  LIMIT {limit:UInt32}`;

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

/** A unit's activities by day, then id; retracted ones too. */
export async function listActivities(ask: Ask, question: ActivityQuestion): Promise<ListedActivity[]> {
  const { snapshot, unit, year, kinds = [], until = '', after = ['', ''], limit } = question;
  const { sql, params } = versionsIn(snapshot);
  return ask.query(listedActivity, SQL(sql), {
    ...params,
    unit,
    years: year === undefined ? [] : [year],
    kinds,
    until,
    afterDay: after[0],
    afterActivity: after[1],
    limit,
  });
}
