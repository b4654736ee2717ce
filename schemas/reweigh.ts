import { bandInput } from './bands/bandInput.ts';
import { rankBands, withBands } from './bands/bands.ts';
import { entryOf } from './entries.ts';
import type { Plan } from './plan.ts';
import { type Ranked, rankVerdicts } from './ranks.ts';
import type { Basis, RankingRow } from './results/results.ts';
import { capped, compilePlan, type Verdict, type Weights, weightedTotal } from './scoring.ts';

/**
 * What if the criteria weighed differently: the rows of a ranking, ranked anew from their rounded criterion scores by
 * the code that ranked them first (docs/scoring.md). Fast enough to follow a finger.
 */
export type Reweigh = (weights: Weights) => RankingRow[];

type Context = { basis: Basis; on: string };

/** Scores are kept as ten-thousandths of a point. */
const whole = (score: number | null | undefined): number | null =>
  score == null ? null : Math.round(score * 10_000);

/** A row as scoring saw it; what it was reduced from is not needed any more. */
function verdictOf(row: RankingRow, plan: Plan, caps: ReadonlyMap<string, number>): Verdict {
  const cap = row.vetoes.reduce<number | null>((least, id) => {
    const own = caps.get(id);
    return own === undefined ? least : Math.min(least ?? own, own);
  }, null);
  const { unit, name, group, eligible, vetoes, deductions } = row;
  return {
    tally: { unit, name, group, teamSize: 1, cells: [], targets: [], selfInspectedOn: null },
    attainments: [],
    deducted: [],
    criteria: plan.criteria.map(({ id }) => whole(entryOf(row.criteria, id))),
    totalWithoutVeto: null,
    total: null,
    cap,
    vetoes,
    deductions,
    eligible,
    open: 0,
  };
}

/**
 * Takes the rows of one ranking, all of them. The rows that it gives carry `previousRank`, the rank they had; bands
 * are drawn anew for at most `banded` units and are null beyond.
 */
export function makeReweigh(
  plan: Plan,
  rows: readonly RankingRow[],
  { basis, on }: Context,
  banded = 0,
): Reweigh {
  const caps = new Map(plan.vetoes.map(({ id, cap }) => [id, cap]));
  const verdicts = rows.map((row) => verdictOf(row, plan, caps));
  const before = new Map(rows.map(({ unit, rank, open = 0 }) => [unit, { rank, open }]));
  return (weights) => {
    const judge = compilePlan(plan, { basis, on, weights });
    const judged = verdicts.map((verdict) => {
      const totalWithoutVeto = weightedTotal(judge, verdict.criteria);
      return { ...verdict, totalWithoutVeto, total: capped(totalWithoutVeto, verdict.cap) };
    });
    const ranked: Ranked = rankVerdicts(judge, judged);
    const found =
      ranked.totals.length > 0 && ranked.totals.length <= banded
        ? withBands(ranked.rows, rankBands(bandInput(judge, ranked)))
        : ranked.rows;
    // The rows were made here, for nobody else. What is still to be met does not depend on weights.
    for (const row of found) {
      const { rank = null, open = 0 } = before.get(row.unit) ?? {};
      row.previousRank = rank;
      if (open > 0) row.open = open;
    }
    return found;
  };
}
