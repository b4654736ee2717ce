import type { RankingRow } from '#schemas/results/results.ts';
import { type Named, namedOf } from './rows.ts';

/** What happened that bars from commendation or costs points, the gravest first, found in the rows of a ranking. */
export type IncidentFact =
  | { kind: 'none' }
  /** How often in all, at how many units, and of which kinds, the most frequent first. */
  | { kind: 'deducted'; times: number; units: number; kinds: { id: string; count: number }[] }
  | { kind: 'vetoed'; units: Named[] };

type Told = Named & Pick<RankingRow, 'deductions' | 'vetoes'>;

export function incidentFacts(rows: readonly Told[]): IncidentFact[] {
  const times = new Map<string, number>();
  for (const { deductions } of rows)
    for (const { id, count } of deductions) times.set(id, (times.get(id) ?? 0) + count);
  const kinds = [...times].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count);
  const units = rows.filter(({ deductions }) => deductions.length > 0).length;
  const vetoed = rows.filter(({ vetoes }) => vetoes.length > 0);
  if (kinds.length === 0 && vetoed.length === 0) return [{ kind: 'none' }];
  const sum = kinds.reduce((all, { count }) => all + count, 0);
  return [
    ...(vetoed.length > 0 ? [{ kind: 'vetoed' as const, units: vetoed.map(namedOf) }] : []),
    ...(kinds.length > 0 ? [{ kind: 'deducted' as const, times: sum, units, kinds }] : []),
  ];
}
