import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { bilingual } from '#schemas/plan.ts';
import { obligation } from './agenda.ts';
import { asked, named, score, share } from './answer.ts';

/**
 * On course (按期履责): of what was due by the day that is looked from, weighted as the plan weighs it, the unit has
 * done at least nine tenths (its total to date is 90 or more, or nothing counts yet); every condition due is met,
 * and nothing vetoes it.
 * What is not due yet does not matter. A window that was missed stays missed all year, so being on course does not
 * ask for a spotless record; how many have one is said beside.
 */
export const course = z.strictObject({
  units: z.int(),
  onCourse: z.int(),
  /** Of the others, those that have missed at most two, and three or more, of the requirements and conditions due. */
  few: z.int(),
  many: z.int(),
  /** Those that have missed nothing, and are held back by a veto or by deductions. */
  held: z.int(),
  /** How many requirements and conditions count by now; 0 in the first days of a year. */
  due: z.int(),
  /** The total to date that being on course takes. */
  atLeast: score,
  /** Units that have missed nothing at all that was due. */
  spotless: z.int(),
  /** Units that have missed something and are not on course, most missed first. */
  furthestBehind: z.array(
    z.strictObject({ ...named, rank: z.int().nullable(), total: score.nullable(), missed: z.int() }),
  ),
  /** How many of those that are not listed have missed as much as the last one listed. */
  furthestLevel: z.int(),
});
export type Course = z.infer<typeof course>;

/** One type across the units: mean score to date, and how many have at least nine tenths of what was due in it. */
export const typeState = z.strictObject({
  id: z.string(),
  mean: score.nullable(),
  onCourse: z.int(),
  behind: z.int(),
});
export type TypeState = z.infer<typeof typeState>;

export const zoneMiss = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  name: bilingual,
  clause: z.string(),
  mean: share,
  short: z.int(),
  counted: z.int(),
  /** Points of the total that it costs the zone's units on average. */
  lost: z.number(),
});
export type ZoneMiss = z.infer<typeof zoneMiss>;

export const overview = z.strictObject({
  course,
  /** In plan order; all of them, also where the answer is about one. */
  types: z.array(typeState),
  /** Due in the next 30 days, from today on while today lasts, with those that still owe it. */
  dueSoon: z.array(obligation),
  /** The next day after those on which something is due that somebody owes: how much is due then. */
  dueNext: z.strictObject({ due: day, obligations: z.int() }).nullable(),
  /** What most units miss to date, the commonest first. */
  misses: z.array(zoneMiss),
  /** The day 30 days before, which the page offers to compare with; `/movements` tells who moved since. */
  since: day,
  vetoed: z.array(
    z.strictObject({
      ...named,
      rank: z.int().nullable(),
      total: score.nullable(),
      totalWithoutVeto: score.nullable(),
      vetoes: z.array(z.string()),
    }),
  ),
  /** What the department has still to do. */
  pending: z.strictObject({ verification: z.int(), appeals: z.int() }),
  /** How many reports have come in, and when the last one did: `schemas/reports.ts` says what is one. */
  freshness: z.strictObject({
    lastReported: timestamp.nullable(),
    reports: z.int(),
    quarantined: z.int(),
  }),
  ...asked,
});
export type Overview = z.infer<typeof overview>;
