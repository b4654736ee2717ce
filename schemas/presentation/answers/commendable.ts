import { NOTHING } from '#schemas/presentation/numbers.ts';
import type { ConditionRow, Ranking, RankingRow, Standing } from '#schemas/results/results.ts';

/**
 * How a unit stands with commendation: every condition met; none missed, but some still to be met; or barred by a veto or a missed condition. One that has yet to do something does not meet the conditions.
 */
export type Commendable = 'met' | 'open' | 'barred';

type Judged = Pick<RankingRow, 'eligible' | 'open'>;

export const commendableOf = ({ eligible, open = 0 }: Judged): Commendable => {
  if (!eligible) return 'barred';
  return open > 0 ? 'open' : 'met';
};

/** As a table on screen shows it: ✓, by how many conditions it is short, or the sign where there is nothing. */
export const commendableMark = (
  row: Judged,
  { openConditions }: { openConditions: (n: number) => string },
): string => ({ met: '✓', open: openConditions(row.open ?? 0), barred: NOTHING })[commendableOf(row)];

/** The ranking with what is still open laid into its rows. */
export const withOpen = <R extends Pick<Ranking, 'rows' | 'open'>>(ranking: R): R => ({
  ...ranking,
  rows: ranking.rows.map((row, place) => {
    const open = ranking.open[place] ?? 0;
    return open > 0 ? { ...row, open } : row;
  }),
});

/** The same of one unit, found in its conditions. On the basis of the year all of them are due. */
export function rowWithOpen({
  row,
  conditions,
  basis,
}: Pick<Standing, 'row' | 'basis'> & { conditions: readonly Pick<ConditionRow, 'status'>[] }): RankingRow {
  const open = basis === 'year' ? 0 : conditions.filter(({ status }) => status === 'open').length;
  return open > 0 ? { ...row, open } : row;
}

/** How many of the rows stand in each way. */
export function countCommendable(rows: readonly Judged[]): Record<Commendable, number> {
  const counts = { met: 0, open: 0, barred: 0 };
  for (const row of rows) counts[commendableOf(row)] += 1;
  return counts;
}
