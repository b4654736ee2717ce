import { type Ranked, rankVerdicts } from './ranks.ts';
import type { EffectBasis } from './results/inbox.ts';
import { type Judge, judgeUnit, pointsOf, type Verdict } from './scoring.ts';
import type { UnitTally } from './tallies.ts';

/** What another tally of one unit would do to everybody's place: all are ranked again, by the code that ranks them. */

const pointsOrNull = (total: number | null): number | null => (total === null ? null : pointsOf(total));

function sideOf(verdict: Verdict, row: Ranked['rows'][number]): EffectBasis['before'] {
  return {
    total: pointsOrNull(verdict.total),
    totalWithoutVeto: pointsOrNull(verdict.totalWithoutVeto),
    rank: row.rank,
    groupRank: row.groupRank,
    cap: verdict.cap,
    vetoes: verdict.vetoes,
    deductions: verdict.deductions,
    eligible: verdict.eligible,
  };
}

/** The unit first, then by the new rank; who has none comes last. */
const byNewRank =
  (unit: string) =>
  (a: EffectBasis['moves'][number], b: EffectBasis['moves'][number]): number =>
    Number(b.unit === unit) - Number(a.unit === unit) ||
    (a.after ?? Number.MAX_SAFE_INTEGER) - (b.after ?? Number.MAX_SAFE_INTEGER);

/** Undefined where the unit is not ranked. */
export function effectOf(judge: Judge, ranked: Ranked, tally: UnitTally): EffectBasis | undefined {
  const { unit } = tally;
  const then = judgeUnit(judge, tally);
  const after = rankVerdicts(
    judge,
    ranked.verdicts.map((verdict) => (verdict.tally.unit === unit ? then : verdict)),
  );
  const rowsBefore = new Map(ranked.rows.map((row) => [row.unit, row]));
  const rowAfter = after.rows.find((row) => row.unit === unit);
  const now = ranked.verdicts.find((verdict) => verdict.tally.unit === unit);
  const rowBefore = rowsBefore.get(unit);
  if (!now || !rowAfter || !rowBefore) return undefined;
  const moves = after.rows.flatMap(({ unit: other, name, group, rank }) => {
    const before = rowsBefore.get(other)?.rank ?? null;
    return before === rank ? [] : [{ unit: other, name, group, before, after: rank }];
  });
  return {
    basis: judge.view.basis,
    on: judge.view.on,
    of: after.totals.length,
    before: sideOf(now, rowBefore),
    after: sideOf(then, rowAfter),
    moves: moves.sort(byNewRank(unit)),
  };
}
