import type { PlanSheet, PlanSheetRow } from '#schemas/imports/plan/sheets.ts';
import { isBlank } from '#schemas/imports/rows.ts';
import type { OpenedSheet } from '../sheets/openSheet.ts';
import { SheetRefused } from '../sheets/refused.ts';

/** A plan has at most a thousand items a list; a sheet of many more is no list of it. */
const MOST_ROWS = 2_000;

/** The sheets of a small workbook, or the one list of a text, with their rows that hold anything. Throws `SheetRefused`. */
export async function readPlanSheets(sheet: OpenedSheet): Promise<PlanSheet[]> {
  const names = sheet.names.length > 0 ? sheet.names : [''];
  const sheets: PlanSheet[] = [];
  for (const [index, name] of names.entries()) {
    const rows: PlanSheetRow[] = [];
    for await (const read of sheet.rows(index)) {
      if ('unreadable' in read) throw new SheetRefused('broken');
      if (isBlank(read.cells)) continue;
      rows.push({ row: read.row, cells: read.cells });
      if (rows.length > MOST_ROWS) throw new SheetRefused('too-many-items');
    }
    sheets.push({ name, rows });
  }
  return sheets;
}
