import { withOpen } from '#schemas/presentation/answers/commendable.ts';
import type { GapMatrix, Ranking, RankingRow } from '#schemas/results/results.ts';
import type { ReportData } from './frame.ts';

/** An answer, or its bytes: these are copied to another thread in a moment, and parsed where nobody waits. */
export type Given<T> = { value: T } | { bytes: Uint8Array };

/** What a document is made of, as it was gathered: its long answers as they are kept. */
export type Gathered = Omit<ReportData, 'rows' | 'gaps'> & {
  ranking: Given<Pick<Ranking, 'rows' | 'open'>>;
  gaps?: Given<GapMatrix> | undefined;
};

const read = <T>(given: Given<T>): T =>
  'value' in given ? given.value : (JSON.parse(Buffer.from(given.bytes).toString()) as T);

/** How many units there are, and how many of them have a rank. */
export const unitsIn = (rows: ReportData['rows']): NonNullable<ReportData['units']> => ({
  all: rows.length,
  ranked: rows.filter(({ rank }) => rank !== null).length,
});

/** Puts together what was gathered; what is put together already stays as it is. */
export function putTogether(data: ReportData | Gathered): ReportData {
  if ('rows' in data) return data;
  const { ranking, gaps, ...told } = data;
  const rows = withOpen(read(ranking)).rows as RankingRow[];
  const { standing } = told;
  return {
    ...told,
    // The letters of an archive bring the group's rows alone, and say themselves how many units there are.
    units: told.units ?? unitsIn(rows),
    rows: standing ? rows.filter((row) => row.group === standing.row.group) : rows,
    gaps: gaps && read(gaps),
  };
}
