import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { noteWritten, READERS } from '#schemas/events.ts';
import { unitId } from '#schemas/ids.ts';
import { year } from '#schemas/plan.ts';
import { reflects } from './answer.ts';

/** Remarks that are listed at most, the latest. */
export const MOST_NOTES = 100;

/** `order` is made once by whoever writes: sent again after a lost answer it adds nothing. */
export const noteRequest = z.strictObject({ order: z.string().min(8).max(64), ...noteWritten.shape });
export type NoteRequest = z.infer<typeof noteRequest>;

export const noteReceipt = z.strictObject({
  status: z.enum(['appended', 'already']),
  position: z.string().optional(),
  ...reflects,
});

export const noteRow = z.strictObject({
  position: z.string(),
  text: z.string(),
  /** Who reads it beside the department and whoever wrote it. */
  seenBy: z.array(z.enum(READERS)),
  /** The name of whoever wrote it; null where nobody knows it any more. */
  by: z.string().nullable(),
  /** Written by whoever asks. */
  own: z.boolean(),
  recordedtime: timestamp,
});
export type NoteRow = z.infer<typeof noteRow>;

export const noteList = z.strictObject({
  /** null: the whole zone. */
  unit: unitId.nullable(),
  year,
  /** The latest first, `MOST_NOTES` at most. */
  notes: z.array(noteRow),
  /** All that the asker may read. */
  total: z.int().min(0),
  ...reflects,
});
export type NoteList = z.infer<typeof noteList>;
