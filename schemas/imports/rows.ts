import {
  asDay,
  type Cell,
  type CellFault,
  daySince1904,
  GARBLED,
  isNoResult,
  MERGED,
  textOf,
} from './cells.ts';
import { columnIn, type SheetColumn } from './columns.ts';

/** A row as a reader of files gives it. `row` as the spreadsheet counts, from 1; `hidden` where the sheet does not show it. */
export type SheetRow =
  | { row: number; cells: readonly Cell[]; hidden?: boolean }
  | { row: number; unreadable: true };

/** Where the columns of a kind stand in a sheet. */
export type SheetHead = {
  row: number;
  places: ReadonlyMap<number, { column: SheetColumn; head: string }>;
  /** Required columns that the sheet does not have. */
  lacking: readonly SheetColumn[];
  /** Heads that stand there twice: nobody could say which of the two columns is meant. */
  twice: readonly string[];
  /** Heads of columns that are not read: no column of the kind is called so, or it stands there by another name already. */
  unread: readonly string[];
  /** Its workbook counts days from 1904. */
  since1904?: boolean;
};

/** Fields of an event's data as a row gives them; what is left empty is left out. */
export type RowRecord = ReadonlyMap<string, unknown>;
export type RowFault = { column: string; fault: CellFault };
export type ReadRow = { record: RowRecord; faults: RowFault[] };

/** A list may have titles and notes above its heads. */
export const HEAD_WITHIN = 20;

/** The heads in a row; undefined where it has fewer than two of the columns. */
export function headIn(
  columns: readonly SheetColumn[],
  row: number,
  cells: readonly Cell[],
): SheetHead | undefined {
  const places = new Map<number, { column: SheetColumn; head: string }>();
  const taken = new Set<string>();
  const twice: string[] = [];
  const unread: string[] = [];
  cells.forEach((cell, place) => {
    if (cell === MERGED) return;
    const column = columnIn(columns, cell);
    const head = textOf(cell);
    if (!column) {
      if (head !== '') unread.push(head);
      return;
    }
    if (taken.has(column.field)) {
      // Known by another name as well (标题 beside 名称), the first is the one.
      if ([...places.values()].some((known) => known.head === head)) twice.push(head);
      else unread.push(head);
      return;
    }
    taken.add(column.field);
    places.set(place, { column, head });
  });
  if (places.size < 2) return undefined;
  const lacking = columns.filter(({ field, required }) => required && !taken.has(field));
  return { row, places, lacking, twice, unread };
}

export const isBlank = (cells: readonly Cell[]): boolean => cells.every((cell) => textOf(cell) === '');

/** Reads each cell by its column. `given`: fields that the sender fills, which the sheet need not. */
export function readRow(head: SheetHead, cells: readonly Cell[], given: ReadonlySet<string>): ReadRow {
  const record = new Map<string, unknown>();
  const faults: RowFault[] = [];
  for (const [place, { column, head: name }] of head.places) {
    const cell = cells[place] ?? null;
    if (textOf(cell) === '') {
      if (column.required && !given.has(column.field))
        faults.push({ column: name, fault: { code: 'missing', shown: '' } });
      continue;
    }
    if (cell === MERGED) {
      faults.push({ column: name, fault: { code: 'merged', shown: '' } });
      continue;
    }
    if (typeof cell === 'string' && cell.startsWith(GARBLED)) {
      const shown = textOf(cell.slice(GARBLED.length)).slice(0, 60);
      faults.push({ column: name, fault: { code: 'unreadable', shown } });
      continue;
    }
    const isDay = column.read === asDay;
    const reading: ReturnType<SheetColumn['read']> = isNoResult(cell)
      ? { fault: { code: 'no-result', shown: textOf(cell) } }
      : column.read(isDay && head.since1904 ? daySince1904(cell) : cell);
    if ('fault' in reading) faults.push({ column: name, fault: reading.fault });
    else record.set(column.field, reading.value);
  }
  return { record, faults };
}
