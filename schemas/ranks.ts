import type { RankingRow } from './results.ts';
import { type Judge, judgeUnit, pointsOf, type Verdict } from './scoring.ts';
import type { UnitTally } from './tallies.ts';

/** Everyone's place (domain §4, step 6). `rows` and `verdicts` run in parallel; the `totals` are theirs, descending. */
export type Ranked = { rows: RankingRow[]; verdicts: Verdict[]; totals: Int32Array };

/** Ids compare by code units, on every machine alike. */
const byPlace = (a: Verdict, b: Verdict): number => {
  if (a.total !== b.total) return (b.total ?? -1) - (a.total ?? -1);
  return a.tally.unit < b.tally.unit ? -1 : a.tally.unit > b.tally.unit ? 1 : 0;
};

/** Gives each place in a descending list its rank: equal totals share the smaller one. */
function* placed(verdicts: Iterable<Verdict>): Generator<number | null> {
  let place = 0;
  let rank = 0;
  let last: number | null = null;
  for (const { total } of verdicts) {
    place++;
    if (total !== last) rank = place;
    last = total;
    yield total === null ? null : rank;
  }
}

function groupRanks(verdicts: readonly Verdict[]): Map<Verdict, number | null> {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.tally.group);
    if (group) group.push(verdict);
    else groups.set(verdict.tally.group, [verdict]);
  }
  const ranks = new Map<Verdict, number | null>();
  for (const members of groups.values()) {
    const places = placed(members);
    for (const member of members) ranks.set(member, places.next().value ?? null);
  }
  return ranks;
}

const pointsOrNull = (score: number | null | undefined): number | null =>
  score == null ? null : pointsOf(score);

/** Ranks units already judged: by rank, then id; those without a total last. Bands are left null (bands.ts). */
export function rankVerdicts(judge: Judge, judged: Iterable<Verdict>): Ranked {
  const verdicts = [...judged].sort(byPlace);
  const totals = Int32Array.from(verdicts.flatMap(({ total }) => (total === null ? [] : [total])));
  const inGroup = groupRanks(verdicts);
  const ranks = placed(verdicts);
  const rows = verdicts.map((verdict): RankingRow => {
    const { tally, criteria, total, totalWithoutVeto, eligible, vetoes, deductions } = verdict;
    return {
      unit: tally.unit,
      name: tally.name,
      group: tally.group,
      rank: ranks.next().value ?? null,
      groupRank: inGroup.get(verdict) ?? null,
      of: totals.length,
      total: pointsOrNull(total),
      totalWithoutVeto: pointsOrNull(totalWithoutVeto),
      criteria: Object.fromEntries(
        judge.criteria.map(({ id }, index) => [id, pointsOrNull(criteria[index])] as const),
      ),
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
function greaterThan(totals: Int32Array, total: number): number {
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
