import { decimal } from '#schemas/numbers.ts';
import { NOTHING, pointsText } from '#schemas/presentation/numbers.ts';
import type { TargetChange, TargetRow } from '#schemas/results/register.ts';

/** What the cells of the sheet of targets hold, and what they mean. Pure: the page keeps the texts. */

export type Direction = TargetRow['direction'];
export type CellFault = 'not-a-number' | 'not-positive' | 'too-long' | 'not-removed';

/** What a text asks for; `empty` where nothing is written. */
export type Parsed =
  | { is: 'target'; target: number; direction: Direction }
  | { is: 'empty' }
  | { is: 'fault'; fault: CellFault };

export const cellKey = (unit: string, indicator: string): string => JSON.stringify([unit, indicator]);

const SIGNS: readonly (readonly [RegExp, Direction])[] = [
  [/^(?:≤|<=|=<|不高于|不超过)/, 'atMost'],
  [/^(?:≥|>=|=>|不低于)/, 'atLeast'],
];
const SIGN: Record<Direction, string> = { atLeast: '≥', atMost: '≤' };
/** Thousands set off with commas, as spreadsheets copy them. */
const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;

/** Reads a cell as people write it, or paste it from a spreadsheet; a number alone goes by its column. */
export function parseCell(text: string, column: Direction): Parsed {
  const folded = text.normalize('NFKC').replaceAll(/\s/g, '');
  if (folded === '') return { is: 'empty' };
  const sign = SIGNS.find(([begins]) => begins.test(folded));
  const rest = sign ? folded.replace(sign[0], '') : folded;
  const plain = THOUSANDS.test(rest) ? rest.replaceAll(',', '') : rest;
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(plain)) return { is: 'fault', fault: 'not-a-number' };
  const target = Number(plain);
  if (target <= 0) return { is: 'fault', fault: 'not-positive' };
  if (!decimal.safeParse(target).success) return { is: 'fault', fault: 'too-long' };
  return { is: 'target', target, direction: sign?.[1] ?? column };
}

/** A target as its cell shows it: its direction is said where the column has the other one. */
export const cellTextOf = (
  { target, direction }: Pick<TargetRow, 'target' | 'direction'>,
  column: Direction,
): string => `${direction === column ? '' : SIGN[direction]}${target}`;

const WRITTEN = /^([≥≤]?)(\d+(?:\.(\d+))?)$/;

/**
 * How a column of targets is read where nobody writes in it: thousands set off, and as many decimals in all its figures
 * as the longest has. What is no figure stays as it is written.
 */
export function readerOf(texts: readonly string[]): (text: string) => string {
  const decimals = texts.reduce((most, text) => Math.max(most, WRITTEN.exec(text)?.[3]?.length ?? 0), 0);
  return (text) => {
    const [, sign = '', figure] = WRITTEN.exec(text) ?? [];
    return figure === undefined ? text || NOTHING : sign + pointsText(Number(figure), decimals);
  };
}

/** The same of a whole sheet, by indicator. */
export const readersOf = ({
  units,
  indicators,
  textOf,
}: {
  units: readonly { unit: string }[];
  indicators: readonly string[];
  textOf: (unit: string, indicator: string) => string;
}): ReadonlyMap<string, (text: string) => string> =>
  new Map(indicators.map((one) => [one, readerOf(units.map(({ unit }) => textOf(unit, one)))]));

/** The direction that most targets of each indicator have. */
export function usualDirections(targets: readonly TargetRow[]): ReadonlyMap<string, Direction> {
  const balance = new Map<string, number>();
  for (const { indicator, direction } of targets)
    balance.set(indicator, (balance.get(indicator) ?? 0) + (direction === 'atMost' ? 1 : -1));
  return new Map([...balance].map(([indicator, sum]) => [indicator, sum > 0 ? 'atMost' : 'atLeast']));
}

/** Rows and columns of a block as spreadsheets copy it: tabs and line ends, the last of which ends nothing. */
export const blockOf = (text: string): string[][] =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));

/** A cell, by what it tells: it stays the same one where rows or columns are filtered. */
export type Cell = { unit: string; indicator: string };
/** A cell that a text was written into. */
export type Edit = Cell & { text: string };

/**
 * The one cell of the sheet that Tab leads to: that which had the focus last, else the first. Of the rows only those from
 * `first` to before `last` are rendered; another one gives way to the nearest of them.
 */
export function stopOf(
  held: Cell | null,
  { units, indicators }: { units: readonly string[]; indicators: readonly string[] },
  { first, last }: { first: number; last: number },
): { row: number; column: number } {
  const row = held ? units.indexOf(held.unit) : -1;
  const column = held ? indicators.indexOf(held.indicator) : -1;
  const isThere = row >= 0 && column >= 0;
  return {
    row: Math.max(first, Math.min(isThere ? row : 0, last - 1)),
    column: isThere ? column : 0,
  };
}

/** Puts a block into the sheet, its first cell at a place; `over` counts what lies outside. */
export function pasted(
  block: readonly (readonly string[])[],
  at: { row: number; column: number },
  { units, indicators }: { units: readonly string[]; indicators: readonly string[] },
): { edits: Edit[]; over: number } {
  const edits: Edit[] = [];
  let over = 0;
  block.forEach((line, row) => {
    line.forEach((text, column) => {
      const [unit, indicator] = [units[at.row + row], indicators[at.column + column]];
      if (unit === undefined || indicator === undefined) over += 1;
      else edits.push({ unit, indicator, text: text.trim() });
    });
  });
  return { edits, over };
}

export type CheckedCells = { changes: TargetChange[]; faults: ReadonlyMap<string, CellFault> };

/** What the texts would change, and which of them are wrong. What says what stands already changes nothing. */
export function judgeEdits(
  edits: Iterable<Edit>,
  standing: ReadonlyMap<string, TargetRow>,
  directionOf: (indicator: string) => Direction,
): CheckedCells {
  const changes: TargetChange[] = [];
  const faults = new Map<string, CellFault>();
  for (const { unit, indicator, text } of edits) {
    const key = cellKey(unit, indicator);
    const now = standing.get(key);
    const parsed = parseCell(text, directionOf(indicator));
    if (parsed.is === 'fault') faults.set(key, parsed.fault);
    else if (parsed.is === 'empty') {
      if (now) faults.set(key, 'not-removed');
    } else if (now?.target !== parsed.target || now.direction !== parsed.direction)
      changes.push({ unit, indicator, target: parsed.target, direction: parsed.direction });
  }
  return { changes, faults };
}
