import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { openId, unitId } from '#schemas/ids.ts';
import { LANGUAGES, lang } from '#schemas/languages.ts';
import { year } from '#schemas/plan.ts';
import { basis } from '#schemas/results/results.ts';
import { weightsText } from '#schemas/weights.ts';

/** `letters`: the feedback letters of all units in one archive; the rest as by GET /exports. */
export const exportOrder = z.strictObject({
  document: z.enum(['ranking', 'unit', 'gaps', 'meeting', 'letters']),
  /** Of letters: docx or pdf. */
  format: z.enum(['csv', 'xlsx', 'docx', 'pptx', 'pdf']),
  year,
  basis: basis.default('year'),
  on: day.optional(),
  asOf: timestamp.optional(),
  group: openId.optional(),
  unit: unitId.optional(),
  /** A recorded time, or a year. */
  compareTo: z.union([year, timestamp]).optional(),
  top: z.int().min(1).max(1_000_000).optional(),
  /** `learning:20,unity:30`, as by GET /exports: a trial. */
  weights: weightsText.optional(),
  lang: z.enum(LANGUAGES).default('zh-CN'),
});
/** As it is sent. */
export const exportOrderBody = exportOrder.extend({ lang });
export type ExportOrder = z.infer<typeof exportOrder>;

/** `interrupted`: the server stopped before it was done. */
export const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobState>;

export const exportJob = z.strictObject({
  id: z.string(),
  order: exportOrder,
  state: jobState,
  /** Letters made, or rows of activities written; `of` is null until it is known. */
  progress: z.strictObject({ done: z.int(), of: z.int().nullable() }),
  fileName: z.string().nullable(),
  /** Bytes of the file. */
  size: z.int().nullable(),
  /** Why it failed, in a sentence. */
  problem: z.string().nullable(),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
  /** When it is forgotten, and its file with it; null while it is not finished. */
  expiresAt: timestamp.nullable(),
});
export type ExportJob = z.infer<typeof exportJob>;

export const jobAnswer = z.strictObject({ job: exportJob });
export const jobList = z.strictObject({ jobs: z.array(exportJob) });
