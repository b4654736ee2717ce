import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Row } from '#schemas/presentation/answers/rows.ts';
import { isFull } from '#schemas/presentation/answers/rows.ts';
import { decimalText, roundedTo } from '#schemas/presentation/numbers.ts';
import { criterionKey } from './rows.ts';

/** Scores from `low` to `high`, both included, as they are shown: with two decimals. */
export type Range = { low: number; high: number };

/** What rows are narrowed by: for `total` and the keys of criteria. */
export type Ranges = ReadonlyMap<string, Range>;

export const TOTAL = 'total';
export const LOWEST = 0;
export const HIGHEST = 100;

const DECIMALS = 2;
const HALF = 0.5 / 10 ** DECIMALS;

type Criteria = Pick<Plan, 'criteria'>;

export const rangeKeys = ({ criteria }: Criteria): string[] => [
  TOTAL,
  ...criteria.map(({ id }) => criterionKey(id)),
];

/** Two limits as a range, whichever is the lower; null where nothing is left out. */
export function rangeOf(one: number, other: number): Range | null {
  const limits = [one, other].map((limit) => roundedTo(Math.min(HIGHEST, Math.max(LOWEST, limit)), DECIMALS));
  const range = { low: Math.min(...limits), high: Math.max(...limits) };
  return range.low === LOWEST && range.high === HIGHEST ? null : range;
}

const numberOf = (text: string | undefined): number => Number(text?.trim() || Number.NaN);

/** `total:80~90,learning:60~100`. What is malformed or unknown narrows nothing, so that a mistyped address still opens. */
export function parseRanges(text: string | null, plan: Criteria): Ranges {
  const known = new Set(rangeKeys(plan));
  const ranges = new Map<string, Range>();
  for (const part of text?.split(',') ?? []) {
    const at = part.lastIndexOf(':');
    const key = part.slice(0, at);
    const [low, high] = part
      .slice(at + 1)
      .split('~')
      .map(numberOf);
    if (at <= 0 || !known.has(key) || low === undefined || high === undefined) continue;
    const range = Number.isFinite(low) && Number.isFinite(high) ? rangeOf(low, high) : null;
    if (range) ranges.set(key, range);
  }
  return ranges;
}

export const formatRanges = (ranges: Ranges): string | null =>
  [...ranges].map(([key, { low, high }]) => `${key}:${decimalText(low)}~${decimalText(high)}`).join(',') ||
  null;

/** With one range set anew or taken out. */
export function withRange(ranges: Ranges, key: string, range: Range | null): Ranges {
  const next = new Map(ranges);
  if (range) next.set(key, range);
  else next.delete(key);
  return next;
}

/** How a row's figure for a key is read. */
export function readerOf(key: string, { criteria }: Criteria): (row: Row) => number | null {
  if (key === TOTAL) return ({ total }) => total;
  const id = criteria.find((criterion) => criterionKey(criterion.id) === key)?.id ?? '';
  return (row) => (isFull(row) ? (entryOf(row.criteria, id) ?? null) : null);
}

/** The rows whose figures lie in all of the ranges; what has no figure lies in none. */
export function rowsWithin<R extends Row>(rows: readonly R[], ranges: Ranges, plan: Criteria): R[] {
  const asked = [...ranges].map(([key, { low, high }]) => ({
    read: readerOf(key, plan),
    low: low - HALF,
    high: high + HALF,
  }));
  return rows.filter((row) =>
    asked.every(({ read, low, high }) => {
      const value = read(row);
      return value !== null && value >= low - 1e-9 && value < high - 1e-9;
    }),
  );
}
