import { z } from 'zod';
import { asked, score } from './answer.ts';

/** A unit's figure beside those of its group and of the zone, nobody named. */
export const comparison = z.strictObject({
  own: score.nullable(),
  groupMedian: score.nullable(),
  groupBest: score.nullable(),
  zoneMedian: score.nullable(),
  zoneBest: score.nullable(),
});
export type Comparison = z.infer<typeof comparison>;

export const peers = z.strictObject({
  unit: z.string(),
  group: z.string(),
  /** Ranked units, the unit itself among them. */
  ofGroup: z.int(),
  ofZone: z.int(),
  total: comparison,
  /** In plan order. */
  criteria: z.array(comparison.extend({ id: z.string() })),
  ...asked,
});
export type Peers = z.infer<typeof peers>;
