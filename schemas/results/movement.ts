import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { planRef } from '#schemas/results/results.ts';
import { asked, change, named, score, share } from './answer.ts';
import { known } from './trend.ts';

/** Where a unit stood at one of two times. */
export const place = z.strictObject({
  rank: z.int().nullable(),
  /** How many units had a rank. */
  of: z.int(),
  total: score.nullable(),
  totalWithoutVeto: score.nullable(),
});

/** The same of one unit alone, with how many units share its rank, itself among them. */
export const ownPlace = place.extend({ level: z.int().optional() });

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
  /** Who sent it: the unit, or the department. */
  by: z.enum(['unit', 'organisation']),
  occurredOn: day.nullable(),
  reason: z.string().nullable(),
  /** Ids of the requirements, deductions, vetoes and conditions on which it bears. */
  moves: z.array(z.string()),
});
export type MovementEvent = z.infer<typeof movementEvent>;

/**
 * `effect`s and `rest` add up to the difference of the totals without veto; with `vetoEffect` to that of the totals.
 * While a veto caps both totals, the effects are on the total that it hides.
 */
const effects = {
  requirements: z.array(requirementMove),
  deductions: z.array(deductionMove),
  vetoes: z.array(vetoMove),
  /** What vetoes that fell or rose did to the total. */
  vetoEffect: change,
  /** Rounding, deductions beyond what a criterion had left to lose, and the other weights of another plan. */
  rest: change,
};

/** Places gained; negative = lost. Own: what the unit's new total alone would have done, all others as they were. */
const split = z.strictObject({ own: z.int(), others: z.int() });

const stood = z.strictObject({ rank: z.int().nullable(), total: score.nullable() }).nullable();

/** Another unit that passed this one, or fell behind it. */
export const crossing = z.strictObject({
  ...named,
  /** null where it was not among the units of that time. */
  before: stood,
  after: stood,
  /** Of its total; null where it has none at one of the times. */
  change: change.nullable(),
});
export type Crossing = z.infer<typeof crossing>;

/** How many, and which; a unit is not told who others are. */
const units = <T extends z.ZodType>(one: T) =>
  z.strictObject({ count: z.int(), units: z.array(one).nullable() });

export const movement = z.strictObject({
  ...named,
  /** null where the unit was not ranked at that time. */
  before: ownPlace.nullable(),
  after: ownPlace,
  /** Against a day: seen with what was known then, or with what is known now. */
  known,
  /** The day compared with, seen with what is known now; null where that is no different question. */
  recast: place.nullable(),
  /** The day since which the unit is there, where it had not begun at the earlier time; `before` is null then. */
  since: day.nullable(),
  /** null where there is no rank at one of the times. */
  split: split.nullable(),
  /** Ahead now and not then, and the other way round: the places lost and gained, one each. */
  passedBy: units(crossing),
  overtook: units(crossing),
  /** Ranked now and not then, and the other way round. */
  joined: units(z.strictObject(named)),
  left: units(z.strictObject(named)),
  /** Greatest effect first; what did not change is left out. */
  ...effects,
  /** Recorded since, in the order of the stream. Empty against another year. */
  events: z.array(movementEvent),
  compared,
  ...asked,
});
export type Movement = z.infer<typeof movement>;

/**
 * What moved a unit most, in the direction in which its rank moved. `rest`: the other weights and points of another plan,
 * with what else `rest` holds. `others`: less than half of the places are its own doing; the effect is then what its own
 * total did.
 */
export const mainReason = z.strictObject({
  because: z.enum(['requirement', 'deduction', 'veto', 'rest', 'others']),
  id: z.string().nullable(),
  effect: change,
  /** How many others have an effect as great, in the same direction; absent where none has. */
  level: z.int().min(1).optional(),
});
export type MainReason = z.infer<typeof mainReason>;

export const mover = z.strictObject({
  ...named,
  before: place,
  after: place,
  /** Places gained; negative = lost. */
  places: z.int(),
  split,
  /** Units that passed it, where it fell; that fell behind it, where it rose. */
  crossed: z.int(),
  reason: mainReason,
});
export type Mover = z.infer<typeof mover>;

/** Those that moved in one direction, of the units ranked at both times. */
export const moverSide = z.strictObject({
  /** The first of them, most places first. */
  movers: z.array(mover),
  /** How many there are. */
  count: z.int(),
  /** How many of those that are not listed moved as many places as the last one listed. */
  level: z.int(),
});
export type MoverSide = z.infer<typeof moverSide>;

export const movements = z.strictObject({
  rose: moverSide,
  fell: moverSide,
  /** How many of the units ranked at both times kept their place. */
  kept: z.int(),
  compared,
  ...asked,
});
export type Movements = z.infer<typeof movements>;
