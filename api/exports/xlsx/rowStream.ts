import { breathe } from '#ingest/process/calmly.ts';
import type { Cell, Heading } from '#schemas/presentation/table.ts';
import { letters } from './layout.ts';
import { newPackage, partsOf, textOf } from './parts.ts';
import { rowWriter, type Template, templateOf } from './rowXml.ts';

/**
 * Rows poured into the sheets of a finished workbook. A sheet has its head, its set-up and two sample rows, which give
 * the styles, a plain one and one that stands out; the rows take their place as they come, so that memory does not
 * grow with them and no style is looked up cell by cell.
 */

const ROWS_AT_ONCE = 250;
/** Excel's limit of rows on a sheet, with the head. */
export const MOST_ROWS = 1_048_575;

export type Poured = {
  /** The part of the workbook. */
  path: string;
  columns: readonly Heading[];
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
  /** How many lines a row takes. */
  linesOf(row: readonly Cell[]): number;
  /** Rows above the sample rows. */
  above: number;
  /** Rows that stand out, by index. */
  alarmed?: ReadonlySet<number>;
  /** How many rows come, where that is known: filter and extent of the sheet reach to the last of them. */
  count?: number;
};

type Options = {
  signal?: AbortSignal | undefined;
  /** Rows written so far. */
  onRows?: ((rows: number) => void) | undefined;
};

/** Where it is not known how far a sheet will reach, its filter takes whole columns. */
function reaching(xml: string, { columns, above, count }: Poured): string {
  const letter = letters(columns.length - 1);
  const last = `${letter}${count === undefined ? MOST_ROWS + 1 : above + count}`;
  const filtered = xml.replace(/<autoFilter ref="([A-Z]+\d+):[A-Z]+\d+"/, `<autoFilter ref="$1:${last}"`);
  const extent = count === undefined ? '' : `<dimension ref="A1:${last}"/>`;
  return filtered.replace(/<dimension ref="[^"]*"\/>/, extent);
}

/** The markup of the rows, some at a time. Rows beyond what a sheet holds end it with an error. */
async function* markup(
  poured: Poured,
  template: Template,
  { signal, onRows }: Options,
): AsyncGenerator<string> {
  const { rows, above, alarmed } = poured;
  const write = rowWriter({ ...poured, template });
  let count = 0;
  let text = '';
  for await (const row of rows) {
    if (count === MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows at most`);
    text += write(row, above + count + 1, alarmed?.has(count) ?? false);
    count++;
    if (count % ROWS_AT_ONCE) continue;
    signal?.throwIfAborted();
    yield text;
    text = '';
    onRows?.(count);
    await breathe();
  }
  yield text;
}

/** The workbook's bytes with the rows in it, a piece at a time. */
export async function* withRows(
  workbook: Uint8Array,
  sheets: readonly Poured[],
  options: Options = {},
): AsyncGenerator<Uint8Array> {
  const poured = new Map(sheets.map((sheet) => [sheet.path, sheet]));
  const file = newPackage();
  for (const part of partsOf(workbook)) {
    const sheet = poured.get(part.name);
    if (!sheet) {
      file.copy(part);
      continue;
    }
    poured.delete(part.name);
    const template = templateOf(reaching(textOf(part), sheet), sheet.columns, sheet.above + 1);
    const writer = file.part(part.name);
    try {
      await writer.write(template.before);
      for await (const text of markup(sheet, template, options)) {
        await writer.write(text);
        yield* file.taken();
      }
      await writer.write(template.after);
      await writer.end();
    } finally {
      writer.destroy();
    }
    yield* file.taken();
  }
  const [lost] = poured.keys();
  if (lost !== undefined) throw new TypeError(`the workbook has no part ${lost}`);
  file.end();
  yield* file.taken();
}
