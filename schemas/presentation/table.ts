import type { Standing } from '#schemas/cut.ts';
import {
  countText,
  decimalsApart,
  decimalsBetween,
  type Ends,
  NOTHING,
  plainText,
  pointsText,
  shareText,
  signedText,
} from './numbers.ts';

/** A table is a list of columns, each described once for screen, sheet and page. */

/** What a table's cell holds: figures stay figures until a place writes them. Days are `2026-11-22`. */
export type Cell = string | number | null;

/** `number` is a plain one where it has no decimals, a count with 0, points with 2. */
export type ColumnKind = 'text' | 'number' | 'day' | 'share';

/** Where tables stand: on screen, and on one as narrow as a phone's; in XLSX, CSV and the clipboard; in PDF, DOCX and PPTX. */
export type Place = 'screen' | 'phone' | 'sheet' | 'page';

/** How a column looks, wherever it stands. */
export type Heading = {
  id: string;
  heading: string;
  kind: ColumnKind;
  /** Digits behind the point where it is shown; the cell keeps its value. */
  decimals?: number | undefined;
  /** With a plus or a minus: a difference. */
  signed?: boolean;
  /** Width in half-width characters; pages share their width in this proportion. */
  width: number;
  /** Short words that are better centred. */
  centred?: boolean;
};

export type Column<Row> = Heading & {
  /** How its cell is got. */
  of: (row: Row) => Cell;
  /** Places that do without it. */
  not?: readonly Place[];
  /** Its head where there is little room. */
  short?: string;
  /** What pages say instead, where a figure needs words or has no room. */
  onPage?: (row: Row) => Cell;
  /** The rows stand in the order of these figures: those that differ look different. */
  ordering?: boolean;
  /** Its head is heard and not seen, and sorts nothing. */
  silent?: boolean;
  /** Columns of one quantity, such as a total with and without a veto, are written with one number of decimals. */
  quantity?: string;
  /** A difference: the ends that stand beside it as columns of its quantity. All are written so that they subtract. */
  between?: (row: Row) => Ends;
};

/** A table of the product: its name, its columns, and which of its rows stand out. */
export type Description<Row> = {
  id: string;
  title: string;
  columns: readonly Column<Row>[];
  /** Rows that stand out, such as a vetoed unit's. */
  alarmed?: (row: Row) => boolean;
};

/** A table as a place shows it: cells, no longer rows. */
export type Table = {
  id: string;
  /** What the table is called; the name of its sheet. */
  title: string;
  columns: Heading[];
  rows: Cell[][];
  /** Rows that stand out, by index. */
  alarmed?: number[];
  /** Said below it. */
  note?: string;
  /** What the rows are in the order of, where the table may be cut. */
  standings?: Standing[];
  /** Said above it, in the first line of a file: what the table must not be taken for. */
  mark?: string | undefined;
};

export const columnsAt = <Row>({ columns }: Pick<Description<Row>, 'columns'>, place: Place): Column<Row>[] =>
  columns.filter(({ not }) => !not?.includes(place));

/** With how many decimals a column of the table is written, for sentences beside it. */
export const tableDecimals = ({ columns }: Pick<Table, 'columns'>, id: string): number | undefined =>
  columns.find((column) => column.id === id)?.decimals;

/** The rows as a place shows them. */
export function tableAt<Row>(description: Description<Row>, rows: readonly Row[], place: Place): Table {
  const { id, title, alarmed } = description;
  const columns = columnsAt(description, place);
  const readers = columns.map(({ of, onPage }) => (place === 'page' && onPage ? onPage : of));
  return {
    id,
    title,
    columns: columns.map((column) => headingOf(column, rows, place, description.columns)),
    rows: rows.map((row) => readers.map((read) => read(row))),
    ...(alarmed && { alarmed: rows.flatMap((row, index) => (alarmed(row) ? [index] : [])) }),
  };
}

/**
 * The column's look among these rows: as many decimals as tell apart what stands in an order, and as many in all columns
 * of the table that hold the same quantity, whether the place shows them or not.
 */
export function headingOf<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  place: Place,
  columns: readonly Column<Row>[] = [column],
): Heading {
  const {
    of: _of,
    not: _not,
    short,
    onPage: _onPage,
    ordering: _ordering,
    quantity: _quantity,
    silent: _silent,
    between: _between,
    ...heading
  } = column;
  const decimals = decimalsOf(column, rows, columns);
  return {
    ...heading,
    ...(place === 'page' && short !== undefined && { heading: short }),
    ...(decimals !== undefined && { decimals }),
  };
}

function decimalsOf<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): number | undefined {
  const alike =
    column.quantity === undefined ? [column] : columns.filter(({ quantity }) => quantity === column.quantity);
  const pairs = alike.flatMap(({ between }) => (between ? rows.map(between) : []));
  if (!alike.some(({ ordering }) => ordering)) return pairs.length ? decimalsBetween(pairs) : undefined;
  const cells = alike.flatMap(({ of, between }) => (between ? [] : rows.map(of)));
  const apart = decimalsApart(cells.map((cell) => (typeof cell === 'number' ? cell : null)));
  return decimalsBetween(pairs, apart);
}

/** A cell as it is read: the kind of the column says how its figures are written; a dash where nothing is. */
export function cellText(
  cell: Cell,
  { kind, decimals, signed }: Omit<Heading, 'id' | 'heading' | 'width'>,
): string {
  if (cell === null) return NOTHING;
  if (typeof cell === 'string') return cell;
  if (kind === 'share') return shareText(cell);
  if (signed) return signedText(cell, decimals);
  if (decimals === undefined) return plainText(cell);
  return decimals === 0 ? countText(cell) : pointsText(cell, decimals);
}

/** How a column stands: figures right, ranks and short words centred, the rest left. */
export const alignmentOf = ({ kind, centred, id }: Heading): 'left' | 'center' | 'right' =>
  centred || id === 'rank' ? 'center' : kind === 'text' || kind === 'day' ? 'left' : 'right';

type Of<Row> = Column<Row>['of'];
type Options<Row> = Partial<Omit<Column<Row>, 'id' | 'heading' | 'kind' | 'of'>>;

/** Shorthand for columns that look alike. */
const like =
  (look: Pick<Heading, 'kind' | 'decimals' | 'width' | 'centred'>) =>
  <Row>(id: string, heading: string, of: Of<Row>, more: Options<Row> = {}): Column<Row> => ({
    id,
    heading,
    of,
    ...look,
    ...more,
  });
export const text = like({ kind: 'text', width: 20 });
export const count = like({ kind: 'number', decimals: 0, width: 7 });
export const points = like({ kind: 'number', decimals: 2, width: 9 });
export const quantity = like({ kind: 'number', width: 10 });
export const share = like({ kind: 'share', width: 9 });
export const day = like({ kind: 'day', width: 12, centred: true });

/** What can be done with a row: on screen alone, and nothing is sorted by it. */
export const actions = <Row>(heading: string): Column<Row> => ({
  ...text<Row>('actions', heading, () => null, { not: ['sheet', 'page'] }),
  silent: true,
});
