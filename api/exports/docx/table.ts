import {
  AlignmentType,
  BorderStyle,
  Table as DocxTable,
  HeightRule,
  Paragraph,
  ShadingType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextDirection,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { Language } from '#schemas/languages.ts';
import { COLORS } from '#schemas/presentation/palette.ts';
import { alignmentOf, cellText, type Heading, type Table } from '#schemas/presentation/table.ts';
import { isMatrix, type Measure, namesFit, widthsOf, wordsFit } from '../report/cells.ts';
import { evened, halves, longestPiece } from '../report/fold.ts';
import { fontOf, POINT, SIZE, TEXT_WIDTH } from './layout.ts';

/** Tables of a page: thin rules, heads that repeat, rows that do not break. */

const RULE = { style: BorderStyle.SINGLE, size: 4, color: '7C8792' };
const ALIGNMENT = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const;
/** Width of a bold digit or letter, in sizes of the type. */
const DIGIT = 0.57;
/** Width of a digit, in the widest font that stands in for Times where that is missing. */
const FIGURE = 1.12;
/** Widths of letters in digits, in the widest font that stands in for Times where that is missing: plain and bold. */
const LETTER = 1.1;
const BOLD_LETTER = 1.3;
/** Width of half a Chinese sign, in sizes of the type. */
const HALF = 0.5;
const CELL_PADDING = 140;
/** The same where columns crowd. */
const CROWD_PADDING = 84;
const HEAD_HEIGHT = 130 * POINT;
/** Rows that a page must hold below a head, so that none stands there alone. */
const KEPT = 2;
/** A word of so many signs is no wider than the figures below it. */
const FIGURE_SIGNS = 6;
/** More columns than this are set in smaller type. */
const MANY = 8;
const CROWD = 10;

type Look = { size: number; upright: (column: Heading) => boolean; crowded: boolean; bold: boolean };

function cell(
  text: string,
  width: number,
  column: Heading,
  look: Look,
  more: { head?: boolean; alarm?: boolean; keep?: boolean },
): TableCell {
  const side = look.crowded ? 36 : 60;
  const turned = more.head && look.upright(column);
  const room = Math.floor((width - 2 * side) / ((look.size / 2) * POINT * HALF));
  const lines = more.head && !turned ? evened(text, room).split('\n') : [text];
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 30, bottom: 30, left: turned ? 20 : side, right: turned ? 20 : side },
    ...(more.head && { shading: { type: ShadingType.CLEAR, fill: COLORS.wash.slice(1), color: 'auto' } }),
    ...(turned && { textDirection: TextDirection.BOTTOM_TO_TOP_LEFT_TO_RIGHT }),
    children: [
      new Paragraph({
        keepNext: more.keep ?? false,
        alignment: more.head
          ? turned
            ? AlignmentType.LEFT
            : AlignmentType.CENTER
          : ALIGNMENT[alignmentOf(column)],
        children: lines.map(
          (line, index) =>
            new TextRun({
              text: line,
              font: fontOf(more.head ? 'heading' : 'body'),
              size: look.size,
              bold: more.head && look.bold,
              ...(index > 0 && { break: 1 }),
              ...(more.alarm && { color: COLORS.alarm.slice(1) }),
            }),
        ),
      }),
    ],
  });
}

const measureAt = (size: number): Measure => ({
  room: TEXT_WIDTH,
  digit: (size / 2) * DIGIT * POINT,
  padding: size === SIZE.tiny ? CROWD_PADDING : CELL_PADDING,
  figure: FIGURE,
  letter: LETTER,
  headLetter: BOLD_LETTER,
});

/** The type of as many columns, or a smaller one where names would be torn in it. */
function sizeFor(table: Table): { size: number; measure: Measure } {
  const { length } = table.columns;
  const most = length > CROWD ? SIZE.tiny : length > MANY ? SIZE.small : SIZE.table;
  const sizes = [SIZE.table, SIZE.small, SIZE.tiny].filter((size) => size <= most);
  const fits = (size: number): boolean => namesFit(table, { ...measureAt(size), headLetter: LETTER });
  const size = isMatrix(table) ? most : (sizes.find(fits) ?? SIZE.tiny);
  return { size, measure: measureAt(size) };
}

/** Heads over figures stand upright where they would take the room of the rows' names. */
function uprightOf(table: Table, measure: Measure): (column: Heading) => boolean {
  if (isMatrix(table)) {
    const stand = table.columns.length > MANY || !wordsFit(table, measure);
    return ({ kind }) => stand && kind === 'share';
  }
  const stand = !namesFit(table, measure);
  return (column) => stand && alignmentOf(column) === 'right' && longestPiece(column.heading) > FIGURE_SIGNS;
}

/** As high as the longest head that stands; those of a matrix fold. */
function headHeight(standing: readonly Heading[], { digit, headLetter = 1 }: Measure): object {
  if (standing.length === 0) return {};
  const longest = Math.max(...standing.map(({ heading }) => halves(heading))) + 2;
  const value = Math.min(HEAD_HEIGHT, Math.ceil(longest * digit * headLetter));
  return { height: { value, rule: HeightRule.ATLEAST } };
}

/** A report's table over the width of the text. */
export function tableOf(table: Table, language: Language): DocxTable {
  const { columns, rows, alarmed = [] } = table;
  const { size, measure } = sizeFor(table);
  const crowded = size === SIZE.tiny;
  // Heads are bold where their words have room for it.
  const bold = language === 'en' && wordsFit(table, measure);
  if (!bold) measure.headLetter = LETTER;
  const upright = uprightOf(table, measure);
  const look = { size, upright, crowded, bold };
  const widths = widthsOf(table, { ...measure, upright });
  const red = new Set(alarmed);
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    ...headHeight(columns.filter(upright), measure),
    children: columns.map((column, index) =>
      cell(column.heading, widths[index] ?? 0, column, look, { head: true, keep: rows.length > KEPT }),
    ),
  });
  const body = rows.map(
    (row, at) =>
      new TableRow({
        cantSplit: true,
        children: columns.map((column, index) =>
          cell(cellText(row[index] ?? null, column), widths[index] ?? 0, column, look, {
            alarm: red.has(at),
            keep: at < KEPT - 1 && rows.length > KEPT,
          }),
        ),
      }),
  );
  return new DocxTable({
    rows: [head, ...body],
    columnWidths: widths,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: {
      top: { ...RULE, size: 8 },
      bottom: { ...RULE, size: 8 },
      left: { style: BorderStyle.NONE },
      right: { style: BorderStyle.NONE },
      insideHorizontal: RULE,
      insideVertical: RULE,
    },
  });
}
