import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { dictionary } from '../dictionary.ts';
import { asked, score } from './answer.ts';
import { mark } from './marks.ts';

/** Figures of a unit, one for each day. */
const ranks = z.array(z.int().min(1).nullable());
const scores = z.array(score.nullable());

/**
 * The units' places at the ends of the months, each day seen with what is known now. Columns run in parallel: the nth
 * of `names`, `groups` and `ranks` is about the nth of `units`. A unit is told of itself alone.
 */
export const history = z.strictObject({
  /** The ends of the months up to `on`, and that day itself. */
  days: z.array(day),
  /** How many units had a rank on each day. */
  of: z.array(z.int()),
  /** In the order of the ranking to date. */
  units: z.array(z.string()),
  names: z.array(z.string()),
  groups: z.array(z.string()),
  ranks: z.array(ranks),
  /** Units that began after the first of the days, with the day since which each is there: it has no rank before. */
  unbegun: z.array(z.strictObject({ unit: z.string(), since: day })).optional(),
  /** Where `units` names them: their scores, and what happened. */
  detail: z
    .strictObject({
      totals: z.array(scores),
      /** By criterion. */
      criteria: dictionary(z.string(), z.array(scores)),
      marks: z.array(mark),
    })
    .nullable(),
  ...asked,
});
export type History = z.infer<typeof history>;

const counts = z.array(z.int().min(0));

/** How many units were on course at the ends of the months, of all types or one; `Overview` says what that means. */
export const courses = z.strictObject({
  days: z.array(day),
  onCourse: counts,
  held: counts,
  few: counts,
  many: counts,
  /** Who stands so on the last day, where `which` asks for them. */
  units: z.array(z.string()).nullable(),
  /** What happened in the zone: vetoes, deductions and late reports are counted. */
  marks: z.array(mark),
  ...asked,
});
export type Courses = z.infer<typeof courses>;
