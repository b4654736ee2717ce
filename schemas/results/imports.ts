import { z } from 'zod';
import { timestamp } from '#schemas/dates.ts';
import { importKind } from '#schemas/imports/columns.ts';
import { plan } from '#schemas/plan.ts';
import { planDifference } from '#schemas/planDifferences.ts';
import { score } from './answer.ts';
import { planRef } from './results.ts';

/** What becomes of a row, or would: `changed` corrects what stands already. */
export const rowStatus = z.enum(['new', 'already', 'changed', 'refused']);
export type RowStatus = z.infer<typeof rowStatus>;

export const importRow = z.strictObject({
  /** As the spreadsheet counts, from 1. */
  row: z.int().min(1),
  /** Of a plan, whose rows stand in several sheets, and of a sheet that was not read: what the tab is called. */
  sheet: z.string().optional(),
  status: rowStatus,
  /** The unit, activity or indicator that it is about. */
  id: z.string().optional(),
  /** What the activity is called, or its kind, where its row names no id: `id` is then made of the row and says nothing. */
  called: z.string().optional(),
  /** `column` as it is headed in the file; empty where the whole row is meant. */
  problems: z.array(z.strictObject({ column: z.string(), message: z.string() })),
});
export type ImportRow = z.infer<typeof importRow>;

/** Refused rows with their cells as the file has them: kept, so that they can be handed back to be mended. */
const faultyCell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type FaultyCell = z.infer<typeof faultyCell>;
export const faultyRows = z.strictObject({
  heads: z.array(z.string()),
  rows: z.array(importRow.pick({ row: true, problems: true }).extend({ cells: z.array(faultyCell) })),
});
export type FaultyRows = z.infer<typeof faultyRows>;

export const importCounts = z.strictObject({
  new: z.int(),
  already: z.int(),
  changed: z.int(),
  refused: z.int(),
});
export type ImportCounts = z.infer<typeof importCounts>;

/** What the rows of a dry run would do to a unit's year: total and rank now, and with them. */
export const importEffect = z.strictObject({
  unit: z.string(),
  name: z.string(),
  year: z.int(),
  total: z.strictObject({ before: score.nullable(), after: score.nullable() }),
  /** `after` is null where it may not be told. */
  rank: z.strictObject({ before: z.int().nullable(), after: z.int().nullable(), of: z.int() }),
});
export type ImportEffect = z.infer<typeof importEffect>;

/** How much of a sheet its effects were reckoned from. */
export const importReckoned = z.strictObject({
  /** Rows that would bring an activity, and the first of them that were looked at. */
  rows: z.strictObject({ of: z.int(), reckoned: z.int() }),
  /** Units of those rows, the first that were judged again, and those of them that have a rank: `effects` are the first of these. */
  units: z.strictObject({ of: z.int(), reckoned: z.int(), found: z.int() }),
});
export type ImportReckoned = z.infer<typeof importReckoned>;

/** What is told beside the rows of a sheet. */
const besideRows = {
  /** Of a dry run of activities, incidents or a plan: the units that gain or lose most, those first. */
  effects: z.array(importEffect).optional(),
  reckoned: importReckoned.optional(),
  /** Heads of columns that were not read, since no column of the kind is called so; the first 50. */
  unread: z.array(z.string()).optional(),
};

/** An item of a plan that nobody could meet; `finding` is what names it as meant. */
const unmeetable = z.strictObject({ finding: z.string(), field: z.string(), message: z.string() });
export type Unmeetable = z.infer<typeof unmeetable>;

/** The plan that a workbook holds. */
export const importedPlan = z.strictObject({
  /** null where a row is wrong. */
  document: plan.nullable(),
  /** The version that it is compared with; null while none is adopted for its year. */
  adopted: planRef.nullable(),
  /** Against that version, item by item. */
  differences: z.array(planDifference),
  /** What nobody could meet: whoever adopts it names each as meant, under `despite`. */
  unmeetable: z.array(unmeetable),
});
export type ImportedPlan = z.infer<typeof importedPlan>;

/** What was imported, or would be. */
export const importAnswer = z.strictObject({
  import: z.string(),
  dryRun: z.boolean(),
  /** Of a CSV: the encoding that was found. */
  encoding: z.string().optional(),
  counts: importCounts,
  rows: z.array(importRow),
  ...besideRows,
  plan: importedPlan.optional(),
  /** Reads that reflect it have reached this. */
  watermark: z.string(),
});
export type ImportAnswer = z.infer<typeof importAnswer>;

export const importState = z.enum([
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'undoing',
  'undone',
]);
export type ImportState = z.infer<typeof importState>;

/** An import as it is remembered; `interrupted`: the server stopped before it was done. */
export const importRecord = z.strictObject({
  id: z.string(),
  kind: importKind,
  dryRun: z.boolean(),
  fileName: z.string().nullable(),
  by: z.string(),
  at: timestamp,
  state: importState,
  /** Rows read so far. */
  done: z.int(),
  encoding: z.string().nullable(),
  counts: importCounts,
  /** Why it failed, in a sentence. */
  problem: z.string().nullable(),
});
export type ImportRecord = z.infer<typeof importRecord>;

export const importJob = z.strictObject({ job: importRecord });
export const importList = z.strictObject({ imports: z.array(importRecord) });
/** With the rows once it is done. */
export const importDetail = z.strictObject({
  job: importRecord,
  rows: z.array(importRow),
  ...besideRows,
  plan: importedPlan.optional(),
});
export const importUndone = z.strictObject({
  import: z.string(),
  retracted: z.int(),
  restored: z.int(),
  kept: z.int(),
  watermark: z.string(),
});
