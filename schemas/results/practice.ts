import { z } from 'zod';
import { bilingual, requirement } from '#schemas/plan.ts';
import { activityRow, windowRow } from '#schemas/results/results.ts';
import { asked, named, score, share } from './answer.ts';

const spread = <T extends z.ZodType>(value: T) =>
  z
    .strictObject({ min: value, lower: value, median: value, upper: value, max: value })
    /** null where it counts for nobody. */
    .nullable();

/** Least, quarters and greatest of all units for which it counts. */
export const shareSpread = spread(share);
export const scoreSpread = spread(score);

/** An activity worth looking at, of a team that meets the requirement. */
export const example = activityRow
  .pick({
    activity: true,
    unit: true,
    state: true,
    kind: true,
    occurredOn: true,
    title: true,
    form: true,
    quantity: true,
    score: true,
    evidence: true,
    note: true,
  })
  .extend({ name: z.string(), group: z.string(), rank: z.int().nullable() });
export type Example = z.infer<typeof example>;

export const requirementPage = z.strictObject({
  requirement,
  mean: share.nullable(),
  spread: shareSpread,
  /** Units for which it counts, those that meet it in full, and those with nothing at all. */
  counted: z.int(),
  full: z.int(),
  none: z.int(),
  /** Least attainment first, then the worse rank: who is behind. Those for which it does not count come last. */
  units: z.array(
    z.strictObject({
      ...named,
      rank: z.int().nullable(),
      attainment: share.nullable(),
      lost: z.number().nullable(),
      windows: z.array(windowRow),
      /** It lacks nothing but what ends today; left out where that is not so. */
      open: z.literal(true).optional(),
    }),
  ),
  /** What teams that meet it did: verified and evidenced first, then the latest. */
  examples: z.array(example),
  ...asked,
});
export type RequirementPage = z.infer<typeof requirementPage>;

export const criterionPage = z.strictObject({
  criterion: z.strictObject({ id: z.string(), name: bilingual, weight: z.number() }),
  spread: scoreSpread,
  counted: z.int(),
  requirements: z.array(
    z.strictObject({
      id: z.string(),
      name: bilingual,
      clause: z.string(),
      points: z.number(),
      mean: share.nullable(),
      counted: z.int(),
      /** Units below 1; to date, without those that lack nothing but what ends today. */
      short: z.int(),
      /** Units that lack nothing but what ends today; left out where there is none. */
      open: z.int().optional(),
    }),
  ),
  /** Highest score first, then id; those without a score last. */
  units: z.array(
    z.strictObject({ ...named, rank: z.int().nullable(), score: score.nullable(), deducted: z.number() }),
  ),
  ...asked,
});
export type CriterionPage = z.infer<typeof criterionPage>;
