import { parted } from '#schemas/presentation/numbers.ts';
import type { Written } from '#schemas/presentation/separated.ts';
import type { Cell } from '#schemas/presentation/table.ts';

/** The head of a column of a chart's figures: a plain one is of texts, counts and ranks. */
type Head = string | Written['columns'][number];

/** A plain table: what a chart shows, for reading, copying and saving. */
export type Sheet = { head: readonly Head[]; body: readonly (readonly Cell[])[] };

/** Heads of columns of points, and of shares. */
export const scored = (heading: string): Head => ({ heading, kind: 'number', decimals: 2 });
export const shared = (heading: string): Head => ({ heading, kind: 'share' });

/** Other programs search and split at plain blanks. */
const plainCell = (cell: Cell): Cell => (typeof cell === 'string' ? parted(cell) : cell);

/** As it is written to files and the clipboard. */
export const written = (sheet: Sheet | Written, mark?: string): Written =>
  'columns' in sheet
    ? { ...sheet, rows: sheet.rows.map((row) => row.map(plainCell)), mark }
    : {
        columns: sheet.head.map((head) =>
          typeof head === 'string' ? { heading: head, kind: 'number' as const } : head,
        ),
        rows: sheet.body.map((row) => row.map(plainCell)),
        mark,
      };
