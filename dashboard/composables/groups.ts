import { type ComputedRef, computed } from 'vue';
import type { Ranking, RankingRow } from '#schemas/results/results.ts';
import { useRanking } from './queries.ts';
import { useFilters } from './useFilters.ts';

/** The rows that are shown in full: all of them, or a unit's own. */
export const fullRows = (ranking: Pick<Ranking, 'rows'> | undefined): RankingRow[] =>
  ranking?.rows.filter((row): row is RankingRow => 'unit' in row) ?? [];

/** The groups that the ranked units belong to, as the ranking names them. */
export function useGroups(): ComputedRef<string[]> {
  const { filters } = useFilters();
  const { data } = useRanking(filters);
  return computed(() => [...new Set(fullRows(data.value).map((row) => row.group))].sort());
}
