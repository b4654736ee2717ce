import type { CellValue, WriteSheet } from 'hucre/xlsx';
import { halves } from '../report/fold.ts';

/** Texts as Excel takes them: what is longer or spelt otherwise makes it offer a repair, or shows something else. */

/** Characters of a cell, and of a page's head or foot with its codes. */
const CELL = 32_767;
const HEAD = 255;
/** `_x0041_` stands for a character of that number; so a name that reads like it has its first sign spelt so. */
const SPELT = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** The text in so many UTF-16 units at most, an ellipsis where it is cut, and no character cut in two. */
export function within(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const sign of text) {
    if (kept.length + sign.length > most - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** A text as a cell or an attribute of a workbook holds it. */
export const sheetText = (text: string): string =>
  text.includes('_x') || text.length > CELL ? within(text, CELL).replace(SPELT, '_x005F_') : text;

/** Text in heads and feet: & begins a code there, and a name that is cut must not end in half of one. */
function headText(text: string, room: number): string {
  const plain = sheetText(text);
  for (let most = room; ; most--) {
    const made = within(plain, most).replaceAll('&', '&&');
    if (made.length <= room) return made;
  }
}

/** What fits side by side on the narrowest sheet, in half-width characters. */
const BESIDE = 84;

/** A head of a left and a right part, which share what it may hold; one above the other where they would meet. */
export function headOf(left: string, right: string): string {
  const between = halves(left) + halves(right) > BESIDE ? '\n' : '&R';
  const room = HEAD - '&L'.length - between.length;
  const second = headText(right, Math.floor(room / 2));
  return `&L${headText(left, room - second.length)}${between}${second}`;
}

const cell = (value: CellValue): CellValue => (typeof value === 'string' ? sheetText(value) : value);

/** The sheet with every text of its cells as Excel takes it; texts of charts that are no plain markup as well. */
export const spelt = (sheet: WriteSheet): WriteSheet => ({
  ...sheet,
  ...(sheet.rows && { rows: sheet.rows.map((row) => row.map(cell)) }),
  ...(sheet.charts && {
    charts: sheet.charts.map((chart) => ({
      ...chart,
      series: chart.series.map((series) => ({
        ...series,
        ...(series.name !== undefined && { name: within(sheetText(series.name), HEAD) }),
      })),
    })),
  }),
});
