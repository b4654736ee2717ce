import type { RankingRow } from '#schemas/results.ts';

/** Part of a name or id, whatever its case. */
export function matchesName(row: Pick<RankingRow, 'name' | 'unit'>, wish: string): boolean {
  const part = wish.toLowerCase();
  return row.name.toLowerCase().includes(part) || row.unit.toLowerCase().includes(part);
}
