import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { planRef } from '#schemas/results.ts';
import { asked, change, named, score, share } from './answer.ts';

/** Where a unit stood at one of two times. */
export const place = z.strictObject({
  rank: z.int().nullable(),
  total: score.nullable(),
  totalWithoutVeto: score.nullable(),
});

/** Which time is compared with: a recorded time, or another year. */
export const compared = z.strictObject({ plan: planRef, on: day, asOf: timestamp.nullable() });

/** What a requirement did to the total; 0 where it stayed as it was, though it may weigh less by now. */
export const requirementMove = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  /** null = not counted at that time, or not in its plan. */
  before: share.nullable(),
  after: share.nullable(),
  effect: change,
  /** Positions of the events below that bear on it. */
  events: z.array(z.string()),
});
export type RequirementMove = z.infer<typeof requirementMove>;

export const deductionMove = z.strictObject({
  id: z.string(),
  criterion: z.string(),
  before: z.int(),
  after: z.int(),
  effect: change,
  events: z.array(z.string()),
});
export type DeductionMove = z.infer<typeof deductionMove>;

export const vetoMove = z.strictObject({
  id: z.string(),
  before: z.boolean(),
  after: z.boolean(),
  events: z.array(z.string()),
});
export type VetoMove = z.infer<typeof vetoMove>;

/**
 * new: of what has happened since. late: of what had happened by then, but nobody had recorded.
 * corrected: of an activity that was known then, and now reads or counts differently.
 */
export const eventMark = z.enum(['new', 'late', 'corrected']);
export type EventMark = z.infer<typeof eventMark>;

export const movementEvent = z.strictObject({
  position: z.string(),
  type: z.string(),
  recordedtime: timestamp,
  mark: eventMark,
  /** Of the activity, as the event left it; null where the event is about none. */
  activity: z.string().nullable(),
  title: z.string().nullable(),
  kind: z.string().nullable(),
  occurredOn: day.nullable(),
  reason: z.string().nullable(),
  /** Ids of the requirements, deductions, vetoes and conditions on which it bears. */
  moves: z.array(z.string()),
});
export type MovementEvent = z.infer<typeof movementEvent>;

/** `effect`s, `veto` and `rest` add up to the difference of the totals exactly. */
const effects = {
  requirements: z.array(requirementMove),
  deductions: z.array(deductionMove),
  vetoes: z.array(vetoMove),
  /** What vetoes that fell or rose did to the total. */
  vetoEffect: change,
  /** Rounding, deductions beyond what a criterion had left to lose, and the other weights of another plan. */
  rest: change,
};

export const movement = z.strictObject({
  ...named,
  /** null where the unit was not ranked at that time. */
  before: place.nullable(),
  after: place,
  /** Greatest effect first; what did not change is left out. */
  ...effects,
  /** Recorded since, in the order of the stream. Empty against another year. */
  events: z.array(movementEvent),
  compared,
  ...asked,
});
export type Movement = z.infer<typeof movement>;

/** What moved a unit most; `others`: the unit stayed as it was while others passed it or fell behind. */
export const mainReason = z.strictObject({
  because: z.enum(['requirement', 'deduction', 'veto', 'others']),
  id: z.string().nullable(),
  effect: change,
});
export type MainReason = z.infer<typeof mainReason>;

export const mover = z.strictObject({
  ...named,
  before: place,
  after: place,
  /** Places gained; negative = lost. */
  places: z.int(),
  reason: mainReason,
});
export type Mover = z.infer<typeof mover>;

export const movements = z.strictObject({
  /** Most places gained or lost first. */
  movers: z.array(mover),
  /** How many of the units ranked at both times gained, lost, and kept their place. */
  rose: z.int(),
  fell: z.int(),
  kept: z.int(),
  compared,
  ...asked,
});
export type Movements = z.infer<typeof movements>;
