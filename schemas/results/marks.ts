import { z } from 'zod';
import { day } from '#schemas/dates.ts';

/**
 * What happened on the way of a trend. `late`: reports that came in more than 30 days after their day, those of a month
 * together. A plan's version, a seal and a publication concern all units.
 */
export const MARK_KINDS = ['veto', 'deduction', 'late', 'plan', 'seal', 'publication'] as const;
export const markKind = z.enum(MARK_KINDS);
export type MarkKind = z.infer<typeof markKind>;

export const mark = z.strictObject({
  kind: markKind,
  /** When it happened; of late reports the last day of the month on which one came in. */
  on: day,
  /** When it was recorded. */
  recordedOn: day,
  /** Whose it is; null where it concerns all units, or counts those of several. */
  unit: z.string().nullable(),
  /** The deduction or veto of the plan; null where it is none. */
  id: z.string().nullable(),
  /** How many of it. */
  count: z.int().min(1),
  /** Of a plan its version, of a seal its number. */
  number: z.int().nullable(),
});
export type Mark = z.infer<typeof mark>;
