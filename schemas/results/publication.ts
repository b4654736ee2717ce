import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { year } from '#schemas/plan.ts';
import { reflects } from './answer.ts';

/** Whether a year's provisional result lies open to all units. */
export const publicationAnswer = z.strictObject({
  year,
  /** null while nothing was published. */
  publication: z
    .strictObject({
      from: day,
      until: day,
      state: z.enum(['open', 'over']),
      /** Today included. */
      daysLeft: z.int().min(0),
    })
    .nullable(),
  ...reflects,
});
export type PublicationAnswer = z.infer<typeof publicationAnswer>;
