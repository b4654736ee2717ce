import { z } from 'zod';
import { day, timestamp } from '../dates.ts';
import { dictionary } from '../dictionary.ts';
import { activityBody } from '../events.ts';
import { measureType } from '../measureTraits.ts';
import { basisOf, bilingual, plan } from '../plan.ts';

/** The rows that the API answers with. Pages, documents and tests read these; nobody writes them a second time. */

const score = z.number().min(0).max(100);

/** What every read says of itself. */
const reflects = {
  /** The stream position that the answer reflects (opaque). */
  watermark: z.string(),
};

export const basis = z.enum(['year', 'to-date']);
export type Basis = z.infer<typeof basis>;

export const planRef = z.strictObject({ year: z.int(), version: z.int() });

// --- ranking ------------------------------------------------------------------------------------------------

export const deductionCount = z.strictObject({ id: z.string(), count: z.int(), points: z.number() });

export const rankingRow = z.strictObject({
  unit: z.string(),
  name: z.string(),
  group: z.string(),
  /** null where nothing is counted yet; such units come last. */
  rank: z.int().nullable(),
  groupRank: z.int().nullable(),
  /** How many units of the zone have a rank. */
  of: z.int(),
  total: score.nullable(),
  totalWithoutVeto: score.nullable(),
  criteria: dictionary(z.string(), score.nullable()),
  /** Ranks between the 5th and 95th percentile of the weight draws. */
  band: z.tuple([z.int(), z.int()]).nullable(),
  topShare: z.number().min(0).max(1).nullable(),
  /** No veto, and no condition missed. */
  eligible: z.boolean(),
  vetoes: z.array(z.string()),
  deductions: z.array(deductionCount),
  /** Only where the request has `compareTo`; null where the unit had no rank then. */
  previousRank: z.int().nullable().optional(),
});
/**
 * A row as it is shown. Rows are answered and sealed as they always were; how many conditions are still to be met
 * is answered beside them, and laid into the rows by whoever shows them (`withOpen`).
 */
export type RankingRow = z.infer<typeof rankingRow> & { open?: number };

/** What a unit sees of the others: no id, group or vetoes. */
export const hiddenRow = z.strictObject({ rank: z.int().nullable(), total: score.nullable() });
export type HiddenRow = z.infer<typeof hiddenRow>;

export const ranking = z.strictObject({
  rows: z.array(z.union([rankingRow, hiddenRow])),
  /** For each row, how many conditions for commendation are neither met nor due yet; 0 where others may not know. */
  open: z.array(z.int().min(0)),
  plan: planRef,
  basis,
  /** The day that `to-date` looks from, and today for the windows of `year`. */
  on: day,
  asOf: timestamp.nullable(),
  /** Nobody had a rank at the time that `compareTo` names: nobody has moved, and nobody is new. */
  nothingThen: z.literal(true).optional(),
  /** The version of the year's plan that made the ranks at the time that `compareTo` names, where it is not this one. */
  versionThen: z.int().optional(),
  complete: z.boolean(),
  ...reflects,
});
export type Ranking = Omit<z.infer<typeof ranking>, 'rows'> & { rows: (RankingRow | HiddenRow)[] };

// --- standing -----------------------------------------------------------------------------------------------

export const windowStatus = z.enum(['met', 'open', 'missed', 'future']);
export type WindowStatus = z.infer<typeof windowStatus>;

export const windowRow = z.strictObject({
  /** `2026`, `2026-H1`, `2026-Q3`, `2026-07`. */
  label: z.string(),
  from: day,
  to: day,
  actual: z.number(),
  required: z.number(),
  status: windowStatus,
});
export type WindowRow = z.infer<typeof windowRow>;

export const requirementRow = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  name: bilingual,
  clause: z.string(),
  basis: basisOf,
  kind: z.string(),
  measure: measureType,
  /** 0..1, 6 decimals; null = not counted yet, or excluded. */
  attainment: z.number().min(0).max(1).nullable(),
  points: z.number(),
  /** Points of the total that this gap costs; null where the requirement is not counted. */
  lost: z.number().nullable(),
  /** Measures without windows have one, the year (or up to their `by`). */
  windows: z.array(windowRow),
  /** The nearest day on which something of it is still due; null when nothing can be added any more. */
  due: day.nullable(),
  rankIfClosed: z.int().nullable(),
  rankIfCaughtUp: z.int().nullable(),
  /** Activities of the kind that count for nothing in this measure, for want of what it needs. */
  unmatched: z.int(),
});
export type RequirementRow = z.infer<typeof requirementRow>;

export const conditionRow = z.strictObject({
  id: z.string(),
  name: bilingual.optional(),
  clause: z.string(),
  by: day,
  metOn: day.nullable(),
  status: z.enum(['met', 'open', 'missed']),
});
export type ConditionRow = z.infer<typeof conditionRow>;

export const standing = z.strictObject({
  row: rankingRow,
  /** In plan order. */
  requirements: z.array(requirementRow),
  /** Ids of the requirements below 1, most points lost first, then plan order. */
  gaps: z.array(z.string()),
  conditions: z.array(conditionRow),
  selfInspection: z
    .strictObject({
      recordedOn: day,
      criteria: dictionary(
        z.string(),
        z.strictObject({ selfScore: z.number(), shortcomings: z.string(), remedies: z.string() }),
      ),
    })
    .nullable(),
  plan: planRef,
  basis,
  on: day,
  asOf: timestamp.nullable(),
  complete: z.boolean(),
  ...reflects,
});
export type Standing = z.infer<typeof standing>;

// --- gaps ---------------------------------------------------------------------------------------------------

export const gapMatrix = z.strictObject({
  requirements: z.array(
    z.strictObject({
      id: z.string(),
      criterion: z.string(),
      name: bilingual,
      clause: z.string(),
      points: z.number(),
      /** Mean attainment over the units for which it counts; null where it counts for none. */
      mean: z.number().nullable(),
      /** Units below 1; to date, without those that lack nothing but what ends today and still can be done. */
      short: z.int(),
      counted: z.int(),
      /** Units that lack nothing but what ends today; left out where there is none. */
      open: z.int().optional(),
    }),
  ),
  units: z.array(
    z.strictObject({
      unit: z.string(),
      name: z.string(),
      group: z.string(),
      rank: z.int().nullable(),
      /** Attainments and points lost in the order of `requirements`; null = not counted yet, or excluded. */
      attainments: z.array(z.number().nullable()),
      lost: z.array(z.number().nullable()),
      /** Places of requirements in which it lacks nothing but what ends today; left out where there is none. */
      open: z.array(z.int()).optional(),
    }),
  ),
  plan: planRef,
  basis,
  on: day,
  asOf: timestamp.nullable(),
  complete: z.boolean(),
  ...reflects,
});
export type GapMatrix = z.infer<typeof gapMatrix>;

// --- units, plans, activities -------------------------------------------------------------------------------

export const unitRow = z.strictObject({
  unit: z.string(),
  name: z.string(),
  group: z.string(),
  teamSize: z.int(),
  head: z.string(),
  since: day.nullable(),
  closedOn: day.nullable(),
});
export type UnitRow = z.infer<typeof unitRow>;
export const unitList = z.strictObject({
  units: z.array(unitRow),
  nextCursor: z.string().nullable(),
  ...reflects,
});

export const planAnswer = z.strictObject({
  plan,
  /** All versions adopted for the year by then, oldest first. */
  versions: z.array(z.strictObject({ version: z.int(), adoptedAt: timestamp })),
  /** Whether the year after has a plan, too: what is none cannot be asked for without a refusal. */
  nextAdopted: z.boolean(),
  ...reflects,
});

export const activityState = z.enum(['reported', 'verified', 'rejected', 'retracted']);
export type ActivityStateName = z.infer<typeof activityState>;

/** What lists of activities are narrowed down to: a state, or those with an undecided appeal. */
export const activityFilterState = z.enum([...activityState.options, 'appealed']);
export type ActivityFilterState = z.infer<typeof activityFilterState>;

/** What every list of activities says of each: which it is, how it stands, and who recorded it. */
export const activityHead = {
  activity: z.string(),
  unit: z.string(),
  year: z.int(),
  state: activityState,
  /** An incident that an appeal has waived. */
  waived: z.boolean(),
  appealOpen: z.boolean(),
  recordedBy: z.enum(['unit', 'organisation']),
};
export type ActivityHead = z.infer<z.ZodObject<typeof activityHead>>;

export const activityRow = z.strictObject({
  ...activityHead,
  ...activityBody.shape,
  /** Whether it counts at present, and the requirements in whose measure it does. */
  counts: z.boolean(),
  requirements: z.array(z.string()),
  /** Requirements of its kind whose measure it does not fit. */
  unmatched: z.array(z.string()),
  history: z.array(
    z.strictObject({
      position: z.string(),
      id: z.string(),
      type: z.string(),
      source: z.string(),
      /** Who sent it, by the name of the account; null where a program did. */
      actor: z.string().nullable(),
      time: timestamp.nullable(),
      recordedtime: timestamp,
      reason: z.string().nullable(),
      outcome: z.string().nullable(),
    }),
  ),
});
export type ActivityRow = z.infer<typeof activityRow>;
export const activityList = z.strictObject({
  activities: z.array(activityRow),
  nextCursor: z.string().nullable(),
  ...reflects,
});

// --- intake and stream --------------------------------------------------------------------------------------

export const fault = z.strictObject({ field: z.string(), message: z.string() });

export const receipt = z.strictObject({
  id: z.string(),
  status: z.enum(['appended', 'already', 'conflict', 'rejected']),
  position: z.string().optional(),
  /** A sentence for people; `faults` names the fields. */
  problem: z.string().optional(),
  faults: z.array(fault).optional(),
});
export type Receipt = z.infer<typeof receipt>;
export const receipts = z.strictObject({ receipts: z.array(receipt), ...reflects });

export const storedEvent = z.looseObject({ recordedtime: timestamp, position: z.string() });
export const eventList = z.strictObject({
  events: z.array(storedEvent),
  nextCursor: z.string().nullable(),
  ...reflects,
});

export const quarantineRow = z.strictObject({
  position: z.string(),
  subject: z.string().nullable(),
  id: z.string().nullable(),
  type: z.string().nullable(),
  recordedtime: timestamp,
  reason: z.string(),
  /** The event as text; base64 where it was no text. */
  content: z.string(),
  /** What the department did about it: sent again behind all others, or left aside; null where nothing yet. */
  handled: z
    .strictObject({
      how: z.enum(['replayed', 'dismissed']),
      reason: z.string(),
      by: z.string(),
      at: timestamp,
    })
    .nullable()
    .default(null),
});
export type QuarantineRow = z.infer<typeof quarantineRow>;
export const quarantineList = z.strictObject({
  total: z.int(),
  items: z.array(quarantineRow),
  nextCursor: z.string().nullable(),
  ...reflects,
});

/** RFC 9457. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
});
