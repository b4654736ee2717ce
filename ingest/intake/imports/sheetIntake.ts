import type { PlanSheet } from '#schemas/imports/plan/sheets.ts';
import type { Door } from '../door.ts';
import { openSheet } from '../sheets/openSheet.ts';
import { type Imported, type ImportOptions, importSheet } from './importing.ts';
import type { ImportContext, Undo } from './plan.ts';
import { readPlanSheets } from './planSheets.ts';
import { type Undone, undoImport } from './undoing.ts';

/** Spreadsheets as a way in, through the door that all events take. */
export type SheetIntake = {
  /** Throws `SheetRefused` where the file as a whole is none. Resolves once reads may show what came in. */
  run(
    bytes: Uint8Array,
    order: ImportContext,
    options: ImportOptions & { dryRun: boolean },
  ): Promise<Imported & { encoding: string | undefined }>;
  /** The sheets of a plan's workbook; throws as above. */
  planSheets(bytes: Uint8Array): Promise<PlanSheet[]>;
  undo(order: Pick<ImportContext, 'sender' | 'id'>, undo: readonly object[]): Promise<Undone>;
};

/** How long an answer waits for reads to show what it let in; the answer is right without. */
const SHOWN_MS = 10_000;

export function createSheetIntake(door: Door, caughtUp: () => Promise<unknown>): SheetIntake {
  const shown = (): Promise<unknown> =>
    Promise.race([caughtUp(), new Promise((resolve) => setTimeout(resolve, SHOWN_MS).unref())]);
  return {
    async run(bytes, order, { dryRun, ...options }) {
      const sheet = openSheet(bytes);
      const imported = await importSheet(dryRun ? door.rehearse() : door, sheet, order, options);
      if (!dryRun) await shown();
      return { ...imported, encoding: sheet.encoding };
    },
    planSheets: async (bytes) => readPlanSheets(openSheet(bytes)),
    async undo(order, undo) {
      const undone = await undoImport(door, order, undo as Undo[]);
      await shown();
      return undone;
    },
  };
}
