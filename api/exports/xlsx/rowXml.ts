import type { Cell, Heading } from '#schemas/presentation/table.ts';
import { printableText } from '#schemas/presentation/text.ts';
import { heightOf, letters } from './layout.ts';
import { sheetText } from './text.ts';

/** Rows of a sheet as its markup, in the styles of sample rows. */

const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const MARKUP = /[&<>]/g;

/** Texts of a table recur: names of requirements, groups, states. */
const KEPT_TEXTS = 10_000;

function escaper(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= KEPT_TEXTS) known.clear();
    const made = sheetText(printableText(text)).replace(MARKUP, (sign) => ESCAPES[sign] ?? sign);
    known.set(text, made);
    return made;
  };
}

const serial = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - EPOCH) / DAY_MS;

/** What each cell of a row begins with behind its address: its style. */
type Styles = readonly string[];

/** A sheet's markup around its sample rows, and their styles. */
export type Template = { before: string; after: string; plain: Styles; alarmed: Styles };

/** `first`: the number of the first sample row, the plain one; the one after it stands out. */
export function templateOf(xml: string, columns: readonly Heading[], first: number): Template {
  const rows = [first, first + 1].map((line) => new RegExp(`<row r="${line}"[^>]*>.*?</row>`, 's').exec(xml));
  const [plain, alarmed] = rows;
  if (!plain || !alarmed) throw new TypeError('the sheet has no rows to take the styles from');
  const stylesOf = ([row]: RegExpExecArray, line: number): string[] =>
    columns.map(
      (_, index) => new RegExp(`<c r="${letters(index)}${line}"[^>]*?( s="\\d+")`).exec(row)?.[1] ?? '',
    );
  return {
    before: xml.slice(0, plain.index),
    after: xml.slice(alarmed.index + alarmed[0].length),
    plain: stylesOf(plain, first),
    alarmed: stylesOf(alarmed, first + 1),
  };
}

type RowOptions = {
  template: Template;
  columns: readonly Heading[];
  linesOf(row: readonly Cell[]): number;
};

/** Writes rows: the cells, the number of the row on its sheet, and whether it stands out. */
export function rowWriter({ template, columns, linesOf }: RowOptions) {
  const escaped = escaper();
  const places = columns.map(({ kind }, index) => ({ letter: letters(index), isDay: kind === 'day' }));
  return (row: readonly Cell[], line: number, stands: boolean): string => {
    const styles = stands ? template.alarmed : template.plain;
    const height = heightOf(linesOf(row));
    let text =
      height === undefined ? `<row r="${line}">` : `<row r="${line}" ht="${height}" customHeight="1">`;
    for (let index = 0; index < places.length; index++) {
      const cell = row[index];
      const place = places[index] as (typeof places)[number];
      text += `<c r="${place.letter}${line}"${styles[index]}`;
      if (cell === null || cell === undefined) text += '/>';
      else if (typeof cell === 'number') text += `><v>${cell}</v></c>`;
      else if (place.isDay) text += `><v>${serial(cell)}</v></c>`;
      else text += ` t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
    }
    return `${text}</row>`;
  };
}
