import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { targetAssigned, unitChanged, unitClosed, unitRegistered } from '#schemas/events.ts';
import { year } from '#schemas/plan.ts';
import { basis, planRef } from '#schemas/results/results.ts';
import { named, reflects, score } from './answer.ts';

/** The register of units and their targets: what the department orders, what that would do, and what became of it. */

// --- units --------------------------------------------------------------------------------------------------

/** One step of an order: a merger is a change of the unit that stays and the closing of the one that goes. */
export const unitStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('register'), ...unitRegistered.shape }),
  z.strictObject({ do: z.literal('change'), ...unitChanged.shape }),
  z.strictObject({ do: z.literal('close'), ...unitClosed.shape }),
]);
export type UnitStep = z.infer<typeof unitStep>;

const MOST_STEPS = 20;
export const unitSteps = z.array(unitStep).min(1).max(MOST_STEPS);

/** Made by whoever orders, so that the same order twice is one. */
const order = z
  .string()
  .regex(/^[A-Za-z0-9-]{8,64}$/, { error: 'must be 8 to 64 letters, digits and hyphens' });

export const unitOrder = z.strictObject({ order, steps: unitSteps });
export type UnitOrder = z.infer<typeof unitOrder>;

/** What happened to a unit itself, with who ordered it; null where a program did. */
export const unitEvent = z.strictObject({
  position: z.string(),
  type: z.enum(['unit.registered', 'unit.changed', 'unit.closed']),
  recordedtime: timestamp,
  actor: z.string().nullable(),
  name: z.string().nullable(),
  group: z.string().nullable(),
  teamSize: z.int().nullable(),
  head: z.string().nullable(),
  since: day.nullable(),
  closedOn: day.nullable(),
  reason: z.string().nullable(),
});
export type UnitEventRow = z.infer<typeof unitEvent>;
export const unitHistory = z.strictObject({ unit: z.string(), events: z.array(unitEvent), ...reflects });
export type UnitHistory = z.infer<typeof unitHistory>;

// --- targets ------------------------------------------------------------------------------------------------

const target = targetAssigned.omit({ year: true });
const MOST_TARGETS = 2_000;
export const targetList = z.array(target).min(1).max(MOST_TARGETS);
export type TargetChange = z.infer<typeof target>;

export const targetOrder = z.strictObject({ order, year, targets: targetList });
export type TargetOrder = z.infer<typeof targetOrder>;

export const targetRow = z.strictObject({
  unit: z.string(),
  indicator: z.string(),
  target: z.number(),
  direction: z.enum(['atLeast', 'atMost']),
  /** The latest value that was reported; null while none is. */
  value: z.number().nullable(),
});
export type TargetRow = z.infer<typeof targetRow>;

export const targetTable = z.strictObject({
  year: z.int(),
  /** Whether the plan measures anything by targets; null while none is adopted. */
  measured: z.boolean().nullable(),
  /** A page of the units that are ranked in the year. */
  units: z.array(z.strictObject(named)),
  /** How many are ranked in all. */
  of: z.int(),
  /** Indicators that any unit has a target for, this year or the last. */
  indicators: z.array(z.string()),
  /** The targets of the units on the page. */
  targets: z.array(targetRow),
  nextCursor: z.string().nullable(),
  ...reflects,
});
export type TargetTable = z.infer<typeof targetTable>;

// --- what an order would do ---------------------------------------------------------------------------------

const rank = z.int().nullable();
const place = z.strictObject({ total: score.nullable(), rank, groupRank: rank }).nullable();

/** A unit before and after; null where it is not ranked. */
export const placeChange = z.strictObject({ ...named, before: place, after: place });
export type PlaceChange = z.infer<typeof placeChange>;

export const registerEffectBasis = z.strictObject({
  basis,
  on: day,
  /** How many are ranked. */
  before: z.int(),
  after: z.int(),
  /** The units that the order is about. */
  units: z.array(placeChange),
  /** Of the others, how many change their rank in the zone or in their group, and the first of them. */
  moved: z.int(),
  moves: z.array(placeChange),
});
export type RegisterEffectBasis = z.infer<typeof registerEffectBasis>;

export const registerEffect = z.strictObject({
  year: z.int(),
  /** To date, then of the whole year. */
  bases: z.array(registerEffectBasis),
  plan: planRef,
  ...reflects,
});
export type RegisterEffect = z.infer<typeof registerEffect>;

// --- the first steps of a zone ------------------------------------------------------------------------------

export const ONBOARDING_STEPS = ['units', 'plan', 'invitations', 'targets', 'report'] as const;

/** Derived from facts each time: nobody ticks anything off. */
export const onboarding = z.strictObject({
  year: z.int(),
  steps: z.array(
    z.strictObject({
      step: z.enum(ONBOARDING_STEPS),
      done: z.boolean(),
      /** How many of how many; for a plan its version. */
      count: z.int(),
      of: z.int().nullable(),
    }),
  ),
  done: z.boolean(),
  ...reflects,
});
export type Onboarding = z.infer<typeof onboarding>;
