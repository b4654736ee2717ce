import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { bilingual } from '#schemas/plan.ts';
import { activityState, basis, planRef, windowRow } from '#schemas/results/results.ts';
import { change, reflects, score, share } from './answer.ts';

/** What a report would bring if it were sent now. */

/** What it does to one requirement of its kind. */
export const previewRequirement = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  name: bilingual,
  clause: z.string(),
  /** Whether it counts in the measure at all; one that the head did not lead does not, where that is asked. */
  fits: z.boolean(),
  /** null = not counted yet, or excluded. */
  before: share.nullable(),
  after: share.nullable(),
  /** Points of the total that this requirement alone brings. */
  gained: change,
  /** Its window that the day lies in, as it would be; null where the day lies in none. */
  window: windowRow.nullable(),
});
export type PreviewRequirement = z.infer<typeof previewRequirement>;

export const previewBasis = z.strictObject({
  basis,
  on: day,
  total: z.strictObject({ before: score.nullable(), after: score.nullable() }),
  rank: z.strictObject({
    before: z.int().nullable(),
    /** null also where the asker may not know it: the totals of others that it depends on are not shown to them. */
    after: z.int().nullable(),
    told: z.boolean(),
    of: z.int(),
  }),
  /** A veto caps the total: what is gained below the cap does not show in it. */
  capped: z.boolean(),
  requirements: z.array(previewRequirement),
});
export type PreviewBasis = z.infer<typeof previewBasis>;

export const sameReport = z.strictObject({
  activity: z.string(),
  title: z.string(),
  occurredOn: day,
  state: activityState,
  why: z.enum(['title', 'content', 'attachment']),
});

export const preview = z.strictObject({
  unit: z.string(),
  /** Whether it counts as soon as it is sent, or only once it is verified; the figures suppose that it counts. */
  counts: z.enum(['at-once', 'once-verified']),
  /** Of the whole year, then to date. */
  bases: z.array(previewBasis),
  /** Conditions for commendation of its kind. */
  conditions: z.array(
    z.strictObject({
      id: z.string(),
      name: bilingual.optional(),
      by: day,
      before: z.boolean(),
      after: z.boolean(),
    }),
  ),
  /** Reports that look like the same one. */
  same: z.array(sameReport),
  plan: planRef,
  ...reflects,
});
export type Preview = z.infer<typeof preview>;
