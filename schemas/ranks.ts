import { put } from './entries.ts';
import type { RankingRow } from './results/results.ts';
import { type Judge, judgeUnit, pointsOf, type Verdict } from './scoring.ts';
import type { UnitTally } from './tallies.ts';

/** Everyone's place (docs/scoring.md). `rows` and `verdicts` run in parallel; the `totals` are theirs, descending. */
export type Ranked = { rows: RankingRow[]; verdicts: Verdict[]; totals: Int32Array };

/** Ids compare by code units, on every machine alike. */
const byPlace = (a: Verdict, b: Verdict): number => {
  if (a.total !== b.total) return (b.total ?? -1) - (a.total ?? -1);
  return a.tally.unit < b.tally.unit ? -1 : a.tally.unit > b.tally.unit ? 1 : 0;
};

/** Gives ranks on the way down a descending list: equal totals share the smaller one. */
type Ladder = { place: number; rank: number; last: number | null };

function step(ladder: Ladder, total: number | null): number | null {
  ladder.place++;
  if (total !== ladder.last) ladder.rank = ladder.place;
  ladder.last = total;
  return total === null ? null : ladder.rank;
}

/** Makes what gives each unit of a descending list its rank in the zone and in its group. */
function makeLadders() {
  const top = (): Ladder => ({ place: 0, rank: 0, last: null });
  const zone = top();
  const groups = new Map<string, Ladder>();
  return ({ tally: { group }, total }: Verdict) => {
    let ladder = groups.get(group);
    if (!ladder) {
      ladder = top();
      groups.set(group, ladder);
    }
    return { rank: step(zone, total), groupRank: step(ladder, total) };
  };
}

const pointsOrNull = (score: number | null | undefined): number | null =>
  score == null ? null : pointsOf(score);

/** Criterion scores by id, in points. */
function byCriterion(ids: readonly string[], scores: Verdict['criteria']): RankingRow['criteria'] {
  const record: RankingRow['criteria'] = {};
  for (let index = 0; index < ids.length; index++) {
    put(record, ids[index] ?? '', pointsOrNull(scores[index]));
  }
  return record;
}

/** Ranks units already judged: by rank, then id; those without a total last. Bands are left null (bands.ts). */
export function rankVerdicts(judge: Judge, judged: Iterable<Verdict>): Ranked {
  const verdicts = [...judged].sort(byPlace);
  const unranked = verdicts.findIndex(({ total }) => total === null);
  const of = unranked < 0 ? verdicts.length : unranked;
  const totals = Int32Array.from({ length: of }, (_, index) => verdicts[index]?.total ?? 0);
  const ids = judge.criteria.map(({ id }) => id);
  const ranksOf = makeLadders();
  const rows = verdicts.map((verdict): RankingRow => {
    const { tally, criteria, total, totalWithoutVeto, eligible, vetoes, deductions } = verdict;
    const { rank, groupRank } = ranksOf(verdict);
    return {
      unit: tally.unit,
      name: tally.name,
      group: tally.group,
      rank,
      groupRank,
      of,
      total: pointsOrNull(total),
      totalWithoutVeto: pointsOrNull(totalWithoutVeto),
      criteria: byCriterion(ids, criteria),
      band: null,
      topShare: null,
      eligible,
      vetoes,
      deductions,
    };
  });
  return { rows, verdicts, totals };
}

/** Judges and ranks all units of a year. */
export const rankUnits = (judge: Judge, tallies: Iterable<UnitTally>): Ranked =>
  rankVerdicts(
    judge,
    Array.from(tallies, (tally) => judgeUnit(judge, tally)),
  );

/** How many of the descending totals are greater. */
export function greaterThan(totals: Int32Array, total: number): number {
  let low = 0;
  let high = totals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((totals[middle] ?? 0) > total) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rank of a unit whose total is `own` among `totals` (its own with them), if its total were `supposed`. */
export function rankSupposing(
  totals: Int32Array,
  own: number | null,
  supposed: number | null,
): number | null {
  if (supposed === null) return null;
  const others = greaterThan(totals, supposed) - (own !== null && own > supposed ? 1 : 0);
  return others + 1;
}
