import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { measureType } from '#schemas/measureTraits.ts';
import { windowRow } from '#schemas/results/results.ts';
import { asked, change, score, share } from './answer.ts';

/** One gap of a way up, with what is to be done about it. */
export const wayStep = z.strictObject({
  requirement: z.string(),
  criterion: z.string(),
  measure: measureType,
  /** What is to be done: activities, windows of a sum, members, forms, matters; 0 where only results are missing. */
  actions: z.int(),
  /** Results that others measure, indicators and appraisals; the unit cannot simply do them. */
  results: z.int(),
  /** The windows to fill; measures without windows have their year. */
  windows: z.array(windowRow),
  attainment: share,
  /** The attainment that the step brings. */
  reached: share,
  /** Points of the total that the step alone would bring. */
  gain: change,
  /** The nearest day by which something of it is to be done. */
  due: day,
});
export type WayStep = z.infer<typeof wayStep>;

const place = {
  rank: z.int(),
  total: score,
  actions: z.int(),
  results: z.int(),
};
/** The cheapest way to a rank: the gain greatest first. */
export const way = z.strictObject({ ...place, steps: z.array(wayStep) });
export type Way = z.infer<typeof way>;

/**
 * Why there is no next place: the unit is first already; a veto caps its total; nothing can be added any more; or
 * all that can still be done does not reach it.
 */
export const obstacle = z.enum(['first', 'veto', 'nothing-left', 'out-of-reach']);
export type Obstacle = z.infer<typeof obstacle>;

export const wayUp = z.strictObject({
  unit: z.string(),
  rank: z.int().nullable(),
  of: z.int(),
  total: score.nullable(),
  /** The cheapest way to a better rank; null where there is none. */
  next: way.nullable(),
  /** The cheapest way to the best rank that can be reached; the same as `next` where no better one can. */
  best: way.nullable(),
  /** Every better rank within reach, with what it costs at least, nearest first. */
  places: z.array(z.strictObject(place)),
  obstacle: obstacle.nullable(),
  ...asked,
});
export type WayUp = z.infer<typeof wayUp>;
