import { z } from 'zod';
import { activityBody } from '#schemas/events.ts';
import { reflects, score } from './answer.ts';

/** What each event of one report changed: in the report itself, and in the unit's points. */

const fields = activityBody.partial();
const rank = z.int().nullable();
export type ChangedFields = z.infer<typeof fields>;

export const reportEffect = z.strictObject({
  /** The event, as the report's history names it. */
  position: z.string(),
  /** Of an amendment the fields that it changed, and only those; null for every other event. */
  changed: z.strictObject({ before: fields, after: fields }).nullable(),
  /**
   * The total of the whole year right before and right behind the event, under the plan that was in use then; null
   * where none was, and where the unit was not ranked.
   */
  total: z.strictObject({ before: score.nullable(), after: score.nullable() }).nullable(),
  /**
   * Of a decision that moved the total: the rank right before and right behind it, among all units as they stood then.
   * Null for every other event.
   */
  rank: z.strictObject({ before: rank, after: rank, of: z.int() }).nullable(),
});
export type ReportEffect = z.infer<typeof reportEffect>;

export const reportEffects = z.strictObject({
  /** In the order of the events; of a report with a long history the latest. */
  effects: z.array(reportEffect),
  ...reflects,
});
export type ReportEffects = z.infer<typeof reportEffects>;
