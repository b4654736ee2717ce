import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { planRef } from '#schemas/results/results.ts';
import { dictionary } from '../dictionary.ts';
import { asked, named, score } from './answer.ts';

/** A unit's place in one year under one method; null where it is not ranked in that year. */
const place = z
  .strictObject({
    rank: z.int().nullable(),
    total: score.nullable(),
    criteria: dictionary(z.string(), score.nullable()),
  })
  .nullable();

const method = z.strictObject({ now: place, before: place });
export type Method = z.infer<typeof method>;

export const yearOnYearRow = z.strictObject({
  ...named,
  /** The day since which the unit is there, where it had not begun on one of the two days: then nothing is compared. */
  since: day.nullable(),
  /** Each year under its own plan, as the rankings have it. */
  official: method,
  /** Both years under this year's plan, and both under the other's, each as far as both can be judged by it. */
  underOwn: method,
  underOther: method,
});
export type YearOnYearRow = z.infer<typeof yearOnYearRow>;

export const planChanges = z.strictObject({
  /** Criteria whose weights differ; null where a plan has none of the id. */
  weights: z.array(
    z.strictObject({ id: z.string(), weight: z.number().nullable(), before: z.number().nullable() }),
  ),
  added: z.array(z.string()),
  dropped: z.array(z.string()),
  /** Asked otherwise: another kind, measure or number of points. */
  changed: z.array(z.string()),
});
export type PlanChanges = z.infer<typeof planChanges>;

export const yearOnYear = z.strictObject({
  /** The other year: its plan, and the day that it is seen from. */
  with: z.strictObject({ plan: planRef, on: day }),
  /** Requirements, by id, that a method asks and the other year's plan does not name. */
  leftOut: z.strictObject({ own: z.array(z.string()), other: z.array(z.string()) }),
  changes: planChanges,
  rows: z.array(yearOnYearRow),
  ...asked,
});
export type YearOnYear = z.infer<typeof yearOnYear>;
