import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { activityBody } from '#schemas/events.ts';
import { activityId, itemId, name, openId, reason, unitId } from '#schemas/ids.ts';
import { bilingual, year } from '#schemas/plan.ts';
import { activityHead, activityState, basis, fault, planRef } from '#schemas/results/results.ts';
import { named, reflects, score } from './answer.ts';
import { inboxCounts } from './inboxOpen.ts';

/** What waits for the department and its reviewers, what they decide, and what that would do to the ranking. */

/** What the list of activities may show: reports to verify, undecided appeals, late reports, suspected duplicates. */
export const inboxKind = z.enum(['verification', 'appeals', 'late', 'duplicates']);
export type InboxKind = z.infer<typeof inboxKind>;

/** Reports that came in more than so many days after the day that they tell of. */
export const LATE_DAYS = 30;

/** What an item was when it was looked at: a decision names it, so that nothing is decided twice. Opaque. */
const version = z.string().min(1).max(100);

/** An activity in a list that the department works through: of which unit, how it stands, and what was reported. */
const activityInList = { ...named, ...activityHead, body: activityBody };

export const inboxItem = z.strictObject({
  ...activityInList,
  version: z.string(),
  /** When it became what it is: reported, or appealed against. */
  since: timestamp,
  /** Days from its day to that; null where something else happened to it in between. */
  daysLate: z.int().nullable(),
  /** The asker reported it, or belongs to the unit: somebody else decides. */
  own: z.boolean(),
  /** Others of the unit, kind and day with a title that is alike. */
  alike: z.array(z.strictObject({ activity: z.string(), title: z.string(), state: activityState })),
});
export type InboxItem = z.infer<typeof inboxItem>;

const count = z.int().min(0);

export const inbox = z.strictObject({
  kind: inboxKind,
  items: z.array(inboxItem),
  nextCursor: z.string().nullable(),
  counts: inboxCounts,
  ...reflects,
});
export type Inbox = z.infer<typeof inbox>;

/** What a decision on all that the filters find would be about. */
export const inboxSummary = z.strictObject({
  kind: inboxKind,
  total: count,
  units: z.array(z.strictObject({ ...named, count })),
  kinds: z.array(z.strictObject({ kind: z.string(), count })),
  ...reflects,
});
export type InboxSummary = z.infer<typeof inboxSummary>;

// --- decisions ----------------------------------------------------------------------------------------------

export const decisionOf = z.enum(['verified', 'rejected', 'granted', 'dismissed']);
export type DecisionOf = z.infer<typeof decisionOf>;

export const decision = z.strictObject({
  unit: unitId,
  activity: activityId,
  decision: decisionOf,
  reason,
  version: version.optional(),
});
export type Decision = z.infer<typeof decision>;

export const MOST_DECISIONS = 500;
export const decisionBatch = z.strictObject({
  decisions: z.array(decision).min(1).max(MOST_DECISIONS),
});

/** Who decided first, and what. */
export const decided = z.strictObject({
  by: z.string().nullable(),
  type: z.string(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  at: timestamp,
});
export type Decided = z.infer<typeof decided>;

/** A decision that was made, and what it was about as it made it. */
export const decidedItem = z.strictObject({
  ...named,
  ...activityHead,
  kind: z.string(),
  title: z.string(),
  occurredOn: day,
  /** The event; the report's effects name it as well. */
  position: z.string(),
  decided,
});
export type DecidedItem = z.infer<typeof decidedItem>;
export const decidedList = z.strictObject({
  items: z.array(decidedItem),
  nextCursor: z.string().nullable(),
  ...reflects,
});
export type DecidedList = z.infer<typeof decidedList>;

export const decisionReceipt = z.strictObject({
  unit: z.string(),
  activity: z.string(),
  /** `appended`: decided now. `already`: the same was decided before. `conflict`: somebody else was first. */
  status: z.enum(['appended', 'already', 'conflict', 'refused']),
  position: z.string().optional(),
  /** Why it was refused: not there, or not the asker's to decide, or against the rules. */
  why: z.enum(['not-found', 'forbidden', 'invalid']).optional(),
  problem: z.string().optional(),
  decided: decided.optional(),
});
export type DecisionReceipt = z.infer<typeof decisionReceipt>;
export const decisionReceipts = z.strictObject({ receipts: z.array(decisionReceipt), ...reflects });

// --- effects ------------------------------------------------------------------------------------------------

/** What might be decided: an appeal granted, an incident recorded, or one withdrawn. */
export const effectRequest = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('appeal'), unit: unitId, activity: activityId }),
  z.strictObject({ of: z.literal('withdrawal'), unit: unitId, activity: activityId }),
  z.strictObject({ of: z.literal('incident'), unit: unitId, year, kind: openId, occurredOn: day }),
]);
export type EffectRequest = z.infer<typeof effectRequest>;

/** One decision on all that the filters of the inbox find, as it would be. */
export const decisionEffectRequest = z.strictObject({
  kind: inboxKind,
  decision: decisionOf,
  year,
  unit: unitId.optional(),
  group: openId.optional(),
  requirement: itemId.optional(),
  until: z.string().max(300).optional(),
});
export type DecisionEffectRequest = z.infer<typeof decisionEffectRequest>;

const rank = z.int().nullable();
export const effectMove = z.strictObject({ ...named, before: rank, after: rank });

export const effectSide = z.strictObject({
  total: score.nullable(),
  totalWithoutVeto: score.nullable(),
  rank,
  groupRank: rank,
  /** The smallest cap of the vetoes that fell. */
  cap: z.number().nullable(),
  vetoes: z.array(z.string()),
  deductions: z.array(z.strictObject({ id: z.string(), count, points: z.number() })),
  eligible: z.boolean(),
});

export const effectBasis = z.strictObject({
  basis,
  on: day,
  of: count,
  before: effectSide,
  after: effectSide,
  /** Everybody whose rank changes, the unit itself first, then by new rank. */
  moves: z.array(effectMove),
});
export type EffectBasis = z.infer<typeof effectBasis>;

export const effect = z.strictObject({
  ...named,
  year: z.int(),
  /** To date, then of the whole year. */
  bases: z.array(effectBasis),
  plan: planRef,
  ...reflects,
});
export type Effect = z.infer<typeof effect>;

// --- incidents ----------------------------------------------------------------------------------------------

export const incidentRequest = z.strictObject({
  unit: unitId,
  year,
  /** Made by whoever records it, so that the same twice is one. */
  activity: activityId,
  body: activityBody,
});
export type IncidentRequest = z.infer<typeof incidentRequest>;

/** A veto that waits for a second person: in no stream yet, and counted nowhere. */
export const waitingVeto = z.strictObject({
  ...incidentRequest.shape,
  name: z.string(),
  recordedBy: z.strictObject({ id: z.string(), label: z.string() }),
  recordedAt: timestamp,
  /** The asker recorded it: somebody else confirms it. */
  own: z.boolean(),
});
export type WaitingVeto = z.infer<typeof waitingVeto>;

export const incidentItem = z.strictObject({
  ...activityInList,
  /** Whether it takes points or caps the total at present. */
  counts: z.boolean(),
});
export type IncidentItem = z.infer<typeof incidentItem>;

/** What the plan names as an incident. */
export const incidentKindRow = z.strictObject({
  kind: z.string(),
  deductions: z.array(
    z.strictObject({
      id: z.string(),
      name: bilingual.optional(),
      clause: z.string(),
      points: z.number(),
      max: z.number(),
    }),
  ),
  vetoes: z.array(
    z.strictObject({ id: z.string(), name: bilingual.optional(), clause: z.string(), cap: z.number() }),
  ),
});

export const incidentList = z.strictObject({
  year: z.int(),
  kinds: z.array(incidentKindRow),
  incidents: z.array(incidentItem),
  waiting: z.array(waitingVeto),
  /** Whether a veto counts only once a second person has confirmed it. */
  secondPerson: z.boolean(),
  ...reflects,
});
export type IncidentList = z.infer<typeof incidentList>;

export const incidentReceipt = z.strictObject({
  unit: z.string(),
  activity: z.string(),
  status: z.enum(['recorded', 'waiting', 'already', 'withdrawn', 'dropped']),
  position: z.string().optional(),
  faults: z.array(fault).optional(),
  ...reflects,
});

export const withdrawal = z.strictObject({ unit: unitId, activity: activityId, reason });
export const dismissal = z.strictObject({ reason });
export const personName = name;
