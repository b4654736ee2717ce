import { decimalsApart } from '#schemas/presentation/numbers.ts';
import type { Cell, ColumnKind, Heading, Table } from '#schemas/presentation/table.ts';

/**
 * The table with one number of decimals in columns of one quantity: as many as tell its figures apart, wherever two of
 * them stand beside or below each other. `within` parts rows whose figures are in no order with those of the others.
 */
export function toldApart(
  table: Table,
  ids: readonly string[],
  within?: (row: readonly Cell[]) => Cell,
): Table {
  const chosen = table.columns.flatMap(({ id, decimals }, index) =>
    decimals && ids.includes(id) ? [index] : [],
  );
  const sets = new Map<Cell, (number | null)[]>();
  for (const row of table.rows) {
    const key = within?.(row) ?? null;
    const figures = chosen.map((index) => row[index]).map((cell) => (typeof cell === 'number' ? cell : null));
    sets.set(key, [...(sets.get(key) ?? []), ...figures]);
  }
  const decimals = Math.max(decimalsApart([]), ...[...sets.values()].map(decimalsApart));
  return {
    ...table,
    columns: table.columns.map((column, index) =>
      chosen.includes(index) ? { ...column, decimals } : column,
    ),
  };
}

/** Shorthand for columns. */

export const text = (id: string, heading: string, width: number, more: Partial<Heading> = {}): Heading => ({
  id,
  heading,
  kind: 'text',
  width,
  ...more,
});

export const whole = (id: string, heading: string, width = 7): Heading => ({
  id,
  heading,
  kind: 'number',
  decimals: 0,
  width,
});

export const points = (id: string, heading: string, width = 9): Heading => ({
  id,
  heading,
  kind: 'number',
  decimals: 2,
  width,
});

export const share = (id: string, heading: string, width = 9): Heading => ({
  id,
  heading,
  kind: 'share' satisfies ColumnKind,
  width,
});

export const date = (id: string, heading: string, width = 12): Heading => ({
  id,
  heading,
  kind: 'day',
  width,
  centred: true,
});
