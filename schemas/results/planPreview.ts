import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { basis, planRef } from '#schemas/results/results.ts';
import { named, reflects, score } from './answer.ts';

/** A place in a ranking; null where the unit has none. */
const place = z.strictObject({ rank: z.int().nullable(), total: score.nullable() }).nullable();

export const planPreviewRow = z.strictObject({
  ...named,
  /** Under the draft, on the day that is asked for. */
  draft: place,
  /** Under the plan that is adopted, on the same day: what differs from `draft` is the method's doing. */
  adopted: place,
  /** Under the plan that was adopted then, on the earlier day: what differs from `adopted` is performance. */
  before: place,
});
export type PlanPreviewRow = z.infer<typeof planPreviewRow>;

/** What adopting a plan would do to the ranking, in the order that it would make. */
export const planPreview = z.strictObject({
  draft: planRef,
  /** null while no plan is adopted for the year. */
  adopted: planRef.nullable(),
  basis,
  on: day,
  /** The time that `before` is of; null where none was asked for. */
  since: timestamp.nullable(),
  rows: z.array(planPreviewRow),
  ...reflects,
});
export type PlanPreview = z.infer<typeof planPreview>;
