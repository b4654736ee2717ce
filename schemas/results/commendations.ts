import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { rankingRow } from '#schemas/results/results.ts';
import { asked, named, score } from './answer.ts';
import { example } from './practice.ts';

/** Why a unit may not be commended. */
export const bars = {
  /** Ids of the vetoes that fell, and of the conditions that were due and not met. */
  vetoes: z.array(z.string()),
  missed: z.array(z.string()),
};

const extreme = z.strictObject({
  criterion: z.string(),
  score,
  /** The unit's place at this criterion in the zone; equal scores share the smaller one. */
  place: z.int(),
  /** How many units have this score, the unit itself among them. */
  shared: z.int().min(1),
});
/** All criteria that share the unit's highest, or its lowest, score, in the order of the plan. */
const extremes = z.array(extreme);

export const notable = example.omit({ unit: true, name: true, group: true, rank: true });
export type Notable = z.infer<typeof notable>;

export const candidate = z.strictObject({
  row: rankingRow,
  /** Within the zone's quota, its group's, or both. */
  within: z.array(z.enum(['overall', 'group'])).min(1),
  /** True where it shares the last place of a quota with others, so that more units fit it than it has places. */
  tied: z.boolean(),
  strongest: extremes,
  /** None where all are equal. */
  weakest: extremes,
  /** Ids of the conditions that are not due yet and not met. */
  open: z.array(z.string()),
  /** What it did that few do, verified and with evidence before the rest. */
  notable: z.array(notable),
});
export type Candidate = z.infer<typeof candidate>;

export const passedOver = z.strictObject({
  ...named,
  rank: z.int(),
  groupRank: z.int(),
  total: score,
  ...bars,
});
export type PassedOver = z.infer<typeof passedOver>;

export const award = z.strictObject({
  ...named,
  honour: z.string(),
  reason: z.string(),
  recordedtime: timestamp,
  position: z.string(),
  withdrawn: z.strictObject({ reason: z.string(), recordedtime: timestamp, position: z.string() }).nullable(),
  /** Whether the unit may be commended as things stand now; null where it is not ranked any more. */
  eligible: z.boolean().nullable(),
});
export type Award = z.infer<typeof award>;

export const commendations = z.strictObject({
  /** Places in the zone; `topShare` of the candidates is the share of draws within them. */
  quota: z.strictObject({ asked: z.string(), places: z.int(), ranked: z.int() }),
  perGroup: z.strictObject({
    asked: z.string(),
    groups: z.array(z.strictObject({ group: z.string(), places: z.int(), ranked: z.int() })),
  }),
  /** In the order of the ranking. */
  candidates: z.array(candidate),
  /** Units that stand as high as the candidates do, and may not be commended. */
  passedOver: z.array(passedOver),
  awards: z.array(award),
  ...asked,
});
export type Commendations = z.infer<typeof commendations>;

export const awardAnswer = z.strictObject({ award, watermark: z.string() });
export type AwardAnswer = z.infer<typeof awardAnswer>;
