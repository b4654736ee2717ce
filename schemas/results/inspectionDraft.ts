import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { dictionary } from '#schemas/dictionary.ts';
import { openId } from '#schemas/ids.ts';

/** A self-inspection that is being written: by a reporter, for the head who submits it. It is no event, and counts for nothing. */

const LETTERS = 4_000;

const entry = z.strictObject({
  /** null while nobody has given one. */
  selfScore: z.number().min(0).max(100).nullable(),
  shortcomings: z.string().max(LETTERS),
  remedies: z.string().max(LETTERS),
});
export type DraftEntry = z.infer<typeof entry>;

export const inspectionEntries = dictionary(openId, entry);
export type InspectionEntries = z.infer<typeof inspectionEntries>;

export const keptDraft = z.strictObject({
  criteria: inspectionEntries,
  savedAt: timestamp,
  /** Who saved it last. */
  by: z.string(),
});
export type KeptDraft = z.infer<typeof keptDraft>;

export const draftAnswer = z.strictObject({ draft: keptDraft.nullable() });

/** `after`: when the draft was saved that this one goes on from; null where there was none. */
export const draftRequest = z.strictObject({ criteria: inspectionEntries, after: timestamp.nullable() });
export type DraftRequest = z.infer<typeof draftRequest>;
