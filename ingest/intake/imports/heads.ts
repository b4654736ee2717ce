import { SHEET_COLUMNS, type SheetKind } from '#schemas/imports/columns.ts';
import { HEAD_WITHIN, headIn, type SheetHead, type SheetRow } from '#schemas/imports/rows.ts';
import type { OpenedSheet } from '../sheets/openSheet.ts';
import { SheetRefused } from '../sheets/refused.ts';

/** Where a list begins in a workbook. */

type Found = { head: SheetHead; rows: AsyncIterator<SheetRow> };
/** A list that stands in a later sheet, where only one is read. */
export type OtherList = { sheet: string; row: number };

/** The rows of heads among the first rows of a sheet. */
async function* headsAbove(
  rows: AsyncIterator<SheetRow>,
  kind: SheetKind,
): AsyncGenerator<SheetHead, void, void> {
  for (let looked = 0; looked < HEAD_WITHIN; looked++) {
    const { value, done } = await rows.next();
    if (done) return;
    if ('unreadable' in value) continue;
    const head = headIn(SHEET_COLUMNS[kind], value.row, value.cells);
    if (head) yield head;
  }
}

/** Required columns that nobody else fills. */
const missingIn = ({ lacking }: SheetHead, given: ReadonlySet<string>): string[] =>
  lacking.map(({ field }) => field).filter((field) => !given.has(field));

/** The first sheet with a row of heads, and its rows behind that one. */
export async function findHead(
  sheet: OpenedSheet,
  kind: SheetKind,
  given: ReadonlySet<string>,
): Promise<Found & { index: number }> {
  let lacking: readonly string[] | undefined;
  for (let index = 0; index < sheet.sheets; index++) {
    const rows = sheet.rows(index)[Symbol.asyncIterator]();
    for await (const head of headsAbove(rows, kind)) {
      if (head.twice.length) throw new SheetRefused('heads-twice', { fields: head.twice });
      const missing = missingIn(head, given);
      if (missing.length === 0) return { head: { ...head, since1904: sheet.since1904 }, rows, index };
      lacking ??= missing;
    }
    await rows.return?.();
  }
  throw new SheetRefused('no-heads', { fields: lacking ?? [] });
}

/** The lists in the sheets behind one; a sheet that cannot be read, such as one that is a chart, is none. */
export async function otherLists(
  sheet: OpenedSheet,
  kind: SheetKind,
  given: ReadonlySet<string>,
  behind: number,
): Promise<OtherList[]> {
  const lists: OtherList[] = [];
  for (let index = behind + 1; index < sheet.names.length; index++) {
    const rows = sheet.rows(index)[Symbol.asyncIterator]();
    try {
      for await (const head of headsAbove(rows, kind)) {
        if (missingIn(head, given).length > 0) continue;
        lists.push({ sheet: sheet.names[index] ?? '', row: head.row });
        break;
      }
    } catch (error) {
      if (!(error instanceof SheetRefused)) throw error;
    }
    await rows.return?.();
  }
  return lists;
}
