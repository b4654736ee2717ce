import { z } from 'zod';
import { timestamp } from './dates.ts';
import { hiddenRow, planRef, rankingRow } from './results/results.ts';
import { seal, sha256Hex, signed } from './seal.ts';

/** What the API answers about sealed years. */

const proof = z.array(sha256Hex);

/** A seal as the stream holds it. Those of a year are numbered from 1; the last one stands. */
export const freezeRow = z.strictObject({
  number: z.int().min(1),
  ...seal.shape,
  ...signed,
  recordedtime: timestamp,
  position: z.string(),
});
export type FreezeRow = z.infer<typeof freezeRow>;

/** Recorded after `asOf`, or dated before it but not there yet: part of later rankings, not of the seal. */
export const lateEvent = z.strictObject({
  position: z.string(),
  subject: z.string(),
  source: z.string(),
  id: z.string(),
  type: z.string(),
  activity: z.string().nullable(),
  /** What the activity is called now. */
  title: z.string().nullable(),
  recordedtime: timestamp,
});
export type LateEvent = z.infer<typeof lateEvent>;

export const sealedYear = z.strictObject({
  /** The one that is asked for; unless it is named, the one that stands. */
  freeze: freezeRow,
  /** All seals of the year, oldest first. */
  freezes: z.array(freezeRow),
  complete: z.literal(true),
  /** In the order of the seal. A unit sees itself in full and of the others rank and total only. */
  result: z.array(z.union([rankingRow, hiddenRow])),
  /** For a unit: where its row stands, and the proof that it is under the seal's root over the rows. */
  ownRow: z.strictObject({ index: z.int(), size: z.int(), proof }).nullable(),
  /** Events about the year that are not in this seal; to a unit, its own. */
  late: z.strictObject({ total: z.int(), events: z.array(lateEvent), nextCursor: z.string().nullable() }),
  watermark: z.string(),
});
export type SealedYear = z.infer<typeof sealedYear>;

/** What sealing a year now would seal. A year is not sealed while anything waits in quarantine. */
export const sealPreview = z.strictObject({
  plan: planRef,
  units: z.int(),
  events: z.int(),
  /** Records in quarantine that nobody has dealt with yet. */
  quarantined: z.int(),
  /** Those that were sent again or left aside: the seal names them. */
  setAside: z.int(),
  watermark: z.string(),
});
export type SealPreview = z.infer<typeof sealPreview>;

/** The seals of a year in their order; none before the first. */
export const sealList = z.strictObject({ freezes: z.array(freezeRow), watermark: z.string() });
export type SealList = z.infer<typeof sealList>;

/** That an event is under the root of a seal (RFC 6962 §2.1.1). */
export const inclusionAnswer = z.strictObject({
  freeze: freezeRow,
  /** The event as it was sealed: its canonical JSON, after a byte 0, makes the leaf's hash. */
  event: z.looseObject({ recordedtime: timestamp }),
  leaf: sha256Hex,
  index: z.int(),
  proof,
  watermark: z.string(),
});
export type InclusionAnswer = z.infer<typeof inclusionAnswer>;

/** That a seal begins with the events of an earlier one (RFC 6962 §2.1.2). */
export const consistencyAnswer = z.strictObject({
  from: freezeRow,
  freeze: freezeRow,
  proof,
  watermark: z.string(),
});
export type ConsistencyAnswer = z.infer<typeof consistencyAnswer>;
