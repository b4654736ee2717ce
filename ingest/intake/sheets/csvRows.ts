import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import type { SheetRow } from '#schemas/imports/rows.ts';

const DELIMITERS = ['\t', ';', ','] as const;

/** Lines parsed in one go, so that a large file does not hold the thread. */
const LINES_AT_ONCE = 500;
/** Lines that a quoted cell may run over. */
const LONGEST_CELL = 200;

/** The ends of lines, each by itself: files that were put together of several have more than one. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

/**
 * The delimiter that stands in most of the first lines outside of quotes, heads included; of several, the one that stands
 * there most often. Lists in a cell have many commas or semicolons, but their heads have none. Excel's own first
 * line, `sep=;`, decides.
 */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replaceAll(/"[^"\n]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 20);
  const told = /^sep=(.)$/i.exec(lines[0] ?? '')?.[1];
  if (told !== undefined) return told;
  const within = (delimiter: string): number => lines.filter((line) => line.includes(delimiter)).length;
  const count = (delimiter: string): number =>
    lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0);
  return DELIMITERS.toSorted((a, b) => within(b) - within(a) || count(b) - count(a))[0] ?? ',';
}

type Parsed = { record: string[]; info: InfoRecord & { lines: number } };

function parsePiece(text: string, delimiter: string): { rows: Parsed[]; broken: boolean } {
  const rows: Parsed[] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: LINE_ENDS,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      on_record: (row) => {
        rows.push(row as unknown as Parsed);
        return null;
      },
    });
    return { rows, broken: false };
  } catch (error) {
    // What was read before stands in `rows`; the record that is broken begins behind it.
    if (error instanceof CsvError) return { rows, broken: true };
    throw error;
  }
}

/** Where each line begins. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}

/**
 * Rows of delimited text. A quotation mark within a cell is a sign like others. One that opens a cell and is never
 * closed, or only cells later (the row has another number of columns than the first and runs over lines), makes
 * this one row unreadable, and no other: reading begins anew in the next line.
 */
export function* csvRows(text: string): Generator<SheetRow> {
  const delimiter = delimiterOf(text);
  const starts = lineStarts(text);
  let [line, row] = [0, 0];
  let columns: number | undefined;
  let wanted = LINES_AT_ONCE;
  while (line < starts.length) {
    const from = line;
    const end = from + wanted;
    const { rows, broken } = parsePiece(text.slice(starts[from], starts[end]), delimiter);
    let torn = false;
    for (const { record, info } of rows) {
      const next = from + info.lines;
      if (record.length > 1) columns ??= record.length;
      torn = next - line > 1 && record.length !== columns;
      if (torn) break;
      line = next;
      yield { row: ++row, cells: record };
    }
    // A cell may run over the end of the piece: it is tried once more from its own line on.
    const cut = broken && !torn && end < starts.length && line > from;
    if (cut) wanted = LONGEST_CELL;
    else if (broken || torn) {
      yield { row: ++row, unreadable: true };
      line += 1;
      wanted = LINES_AT_ONCE;
    } else wanted = LINES_AT_ONCE;
    if (rows.length === 0 && !broken) return;
  }
}
