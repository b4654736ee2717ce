import { type Cell, cellText, type Table } from '#schemas/presentation/table.ts';
import { cutToLines, linesIn } from '../measure.ts';
import { widthsOf } from '../report/cells.ts';
import { wordsIn } from '../report/frame.ts';
import type { Chart, Report } from '../report/model.ts';
import { readable } from '../report/printable.ts';
import { cutNote } from '../report/shorten.ts';
import { EVIDENCE_HEIGHT, NOTE_HEIGHT, ROOM } from './stage.ts';

/** What of a chart or a table there is room for on a slide, in whatever format it is drawn. */

const ROW_HEIGHT = 0.38;
const POINTS = 72;
/** Of a cell, on both sides together. */
export const PADDING = 0.16;
/** Bars that a hall can read. */
const BARS = 12;

/** The chart with as many bars as can be read, and what is said of the others. */
export function fittedChart(
  { language }: Pick<Report, 'language'>,
  chart: Chart,
): { chart: Chart; note: string | undefined } {
  if (chart.kind === 'dots') return { chart, note: chart.note };
  const { categories, series, ends, alone, standings = [], cut = 'cutTop' } = chart;
  const most = chart.kind === 'bars' ? BARS : categories.length;
  const shown = categories.slice(0, most);
  const cutAs = cutNote(wordsIn(language), cut, standings, standings.length ? shown.length : 0);
  return {
    chart: {
      ...chart,
      categories: shown,
      series: series.map((one) => ({ ...one, values: one.values.slice(0, most) })),
      ...(ends && { ends: ends.slice(0, most) }),
    },
    note: readable(
      [cutAs, alone].filter((one) => one !== undefined).join(language === 'en' ? ' ' : '') || undefined,
    ),
  };
}

export type FittedTable = {
  /** With the rows that there is room for, and no text longer than its cell. */
  table: Table;
  fontSize: number;
  /** Of the columns, in inches, with their padding. */
  widths: number[];
  note: string | undefined;
};

export const HEAD_SIZE = 12;
/** Other fonts are wider by so much. */
const TIGHT = 0.95;

/** Room in half-width characters: Chinese signs are square, others about half as wide. */
export const roomIn = (inches: number, fontSize: number): number =>
  Math.floor((inches * 72) / (fontSize * 0.53));

const heightOf = (lines: number, fontSize: number): number =>
  Math.max(ROW_HEIGHT, (lines * fontSize * 1.25) / 72 + 0.08);

/** Columns' widths in inches. */
const columnWidths = (table: Table, fontSize: number): number[] =>
  widthsOf(table, {
    room: Math.round(ROOM * 100),
    digit: (fontSize / 72) * 100 * 0.62,
    padding: PADDING * 100,
  }).map((width) => width / 100);

/** Lines that a cell may take where not all rows fit otherwise: who wants the whole of a long name has it in the letter. */
const CELL_LINES = 2;

/** A row with no text longer than its cell has room for. */
const cutCells = (row: readonly Cell[], widths: readonly number[], fontSize: number): Cell[] =>
  row.map((cell, index) =>
    typeof cell === 'string'
      ? cutToLines(cell, CELL_LINES, (widths[index] ?? 1) * POINTS * TIGHT, fontSize)
      : cell,
  );

/** The rows that there is room for, with the lines that their texts and the heads take. */
function rowsThatFit(
  { columns, rows, standings = [] }: Table,
  fontSize: number,
  widths: readonly number[],
): Cell[][] {
  const linesOf = (texts: readonly string[], size: number): number =>
    Math.max(
      ...texts.map((text, index) => linesIn(text, (widths[index] ?? 1) * POINTS * TIGHT, size).length),
    );
  const headings = columns.map(({ heading }) => heading);
  const fit: Cell[][] = [];
  let left = EVIDENCE_HEIGHT - heightOf(linesOf(headings, HEAD_SIZE), HEAD_SIZE);
  for (const row of rows) {
    const texts = columns.map((column, index) => cellText(row[index] ?? null, column));
    left -= heightOf(linesOf(texts, fontSize), fontSize);
    // Where rows are left out a note says so, for which there must be room.
    if (left < (fit.length < Math.max(rows.length, standings.length) - 1 ? NOTE_HEIGHT : 0)) break;
    fit.push(row);
  }
  return fit;
}

/** Of a table, and of one with many columns or long texts. */
const LARGER = 14;
const SMALLER = 12;
const MANY_COLUMNS = 8;

type Setting = { fontSize: number; widths: number[]; rows: Cell[][] };

/** As many rows as fit in type of a size, with their texts as they are or cut to their cells. */
function settingIn(table: Table, fontSize: number, isCut: boolean): Setting {
  const widths = columnWidths(table, fontSize);
  const inner = widths.map((width) => width - PADDING);
  const rows = isCut ? table.rows.map((row) => cutCells(row, inner, fontSize)) : table.rows;
  return { fontSize, widths, rows: rowsThatFit({ ...table, rows }, fontSize, inner) };
}

/** All rows whole, in the larger type if it has the room; where neither has, as many as fit when they are cut. */
function settingOf(whole: Table): Setting {
  const largest = whole.columns.length > MANY_COLUMNS ? SMALLER : LARGER;
  const holdsAll = ({ rows }: Setting): boolean => rows.length === whole.rows.length;
  return (
    [largest, SMALLER].map((size) => settingIn(whole, size, false)).find(holdsAll) ??
    settingIn(whole, largest, true)
  );
}

export function fittedTable({ language }: Pick<Report, 'language'>, whole: Table): FittedTable {
  const { fontSize, widths, rows } = settingOf(whole);
  // Rows that are in no order are counted alone.
  const standings = whole.standings ?? whole.rows.map((_, index) => index);
  return {
    table: { ...whole, rows },
    fontSize,
    widths,
    note: readable(cutNote(wordsIn(language), 'cutTop', standings, rows.length)),
  };
}
