import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { asked, named, score } from './answer.ts';

/** What a unit says of itself beside what its record bears out. */
export const claim = z.strictObject({
  ...named,
  criterion: z.string(),
  selfScore: score,
  /** null where nothing of the criterion is counted. */
  evidenced: score.nullable(),
  /** selfScore less evidenced: above 0 the unit claims more than its record shows. */
  difference: z.number().min(-100).max(100).nullable(),
  shortcomings: z.string(),
  remedies: z.string(),
});
export type Claim = z.infer<typeof claim>;

export const selfInspections = z.strictObject({
  /** The largest overclaim first; those without evidence to compare with last. */
  claims: z.array(claim),
  units: z.array(
    z.strictObject({
      ...named,
      /** The day of the latest submission; null while there is none. */
      recordedOn: day.nullable(),
      /** Both weighted as the total is, over the criteria of which both are known. */
      selfTotal: score.nullable(),
      evidencedTotal: score.nullable(),
      difference: z.number().min(-100).max(100).nullable(),
    }),
  ),
  ...asked,
});
export type SelfInspections = z.infer<typeof selfInspections>;
