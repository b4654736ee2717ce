import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { bilingual } from '#schemas/plan.ts';
import { obligation } from './agenda.ts';
import { asked, named, score, share } from './answer.ts';
import { mover } from './movement.ts';

/**
 * On course (按期履责): by the day that is looked from, the unit has missed nothing that was due: every requirement
 * that counts to date is met in full, every condition due is met, and nothing vetoes it. What is not due yet does
 * not matter.
 */
export const course = z.strictObject({
  units: z.int(),
  onCourse: z.int(),
  /** Those that have missed one or two, and those that have missed three or more, of the requirements and conditions due. */
  few: z.int(),
  many: z.int(),
  /** Most missed first. */
  furthestBehind: z.array(
    z.strictObject({ ...named, rank: z.int().nullable(), total: score.nullable(), missed: z.int() }),
  ),
});
export type Course = z.infer<typeof course>;

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
  /** Due in the next 30 days, with those that still owe it. */
  dueSoon: z.array(obligation),
  /** What most units miss to date, the costliest first. */
  misses: z.array(zoneMiss),
  /** Against what was known 30 days before; empty where there was no plan yet. */
  rose: z.array(mover),
  fell: z.array(mover),
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
  freshness: z.strictObject({ lastRecorded: timestamp.nullable(), events: z.int(), quarantined: z.int() }),
  ...asked,
});
export type Overview = z.infer<typeof overview>;
