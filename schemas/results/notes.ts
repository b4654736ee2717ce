import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { noteAbout, noteWritten, READERS } from '#schemas/events.ts';
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

export type NoteAbout = z.infer<typeof noteAbout>;

/** A number as a question names it: `requirement:` or `criterion:` with an id, or `trend` or `gaps` alone. */
export const aboutParameter = z
  .string()
  .max(80)
  .transform((text, context): NoteAbout => {
    const [of = '', ...id] = text.split(':');
    const read = noteAbout.safeParse(id.length ? { of, id: id.join(':') } : { of });
    if (read.success) return read.data;
    context.addIssue({ code: 'custom', message: 'must be requirement:<id>, criterion:<id>, trend or gaps' });
    return z.NEVER;
  })
  .meta({
    pattern: String.raw`^(trend|gaps|(requirement|criterion):[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9._\u4e00-\u9fff-]{0,63})$`,
    example: 'criterion:learning',
  });
export const aboutText = (about: NoteAbout): string => ('id' in about ? `${about.of}:${about.id}` : about.of);

export const noteRow = z.strictObject({
  position: z.string(),
  /** null: the whole zone. */
  unit: unitId.nullable(),
  /** The number that it is about; null: the unit or the zone as a whole. */
  about: noteAbout.nullable(),
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
  /** null: the whole zone, or all that the asker may read. */
  unit: unitId.nullable(),
  year,
  /** The latest first, `MOST_NOTES` at most. */
  notes: z.array(noteRow),
  /** All that the asker may read. */
  total: z.int().min(0),
  ...reflects,
});
export type NoteList = z.infer<typeof noteList>;
