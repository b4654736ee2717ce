import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { dictionary } from '../dictionary.ts';
import { asked, score } from './answer.ts';
import { mark } from './marks.ts';

export const trendPoint = z.strictObject({
  /** The last day of a month, or the day that is looked from. */
  on: day,
  rank: z.int().nullable(),
  of: z.int(),
  total: score.nullable(),
  criteria: dictionary(z.string(), score.nullable()),
});
export type TrendPoint = z.infer<typeof trendPoint>;

export const known = z.enum(['now', 'then']);

export const trend = z.strictObject({
  unit: z.string(),
  /** Whether each day is seen with what is known now, or with what was known at its end. */
  known,
  points: z.array(trendPoint),
  /** What happened meanwhile, by day. */
  marks: z.array(mark),
  ...asked,
});
export type Trend = z.infer<typeof trend>;
