import { type Ranked, rankVerdicts } from './ranks.ts';
import type { PlaceChange, RegisterEffectBasis } from './results/register.ts';
import type { RankingRow } from './results/results.ts';
import { type Judge, judgeUnit } from './scoring.ts';
import type { UnitTally } from './tallies.ts';

/** What other tallies of some units, or units that come and go, would do to everybody's place. */

/** By unit: its tally as it would be; null where it would not be ranked. */
export type Supposed = ReadonlyMap<string, UnitTally | null>;

/** So many of the others are told, the best first. */
const MOVES_TOLD = 50;

const placeOf = (row: RankingRow | undefined): PlaceChange['before'] =>
  row ? { total: row.total, rank: row.rank, groupRank: row.groupRank } : null;

/** All are ranked again, by the code that ranks them. */
export function registerEffectOf(
  judge: Judge,
  ranked: Pick<Ranked, 'rows' | 'verdicts'>,
  supposed: Supposed,
): RegisterEffectBasis {
  const stay = ranked.verdicts.filter(({ tally }) => !supposed.has(tally.unit));
  const judged = [...supposed.values()].flatMap((tally) => (tally ? [judgeUnit(judge, tally)] : []));
  const after = rankVerdicts(judge, [...stay, ...judged]);
  const before = new Map(ranked.rows.map((row) => [row.unit, row]));
  const then = new Map(after.rows.map((row) => [row.unit, row]));
  const changeOf = (unit: string): PlaceChange => {
    const { name, group } = then.get(unit) ?? before.get(unit) ?? { name: unit, group: '' };
    return { unit, name, group, before: placeOf(before.get(unit)), after: placeOf(then.get(unit)) };
  };
  const moved = after.rows.filter(({ unit, rank, groupRank }) => {
    const was = before.get(unit);
    return !supposed.has(unit) && (was?.rank !== rank || was?.groupRank !== groupRank);
  });
  return {
    basis: judge.view.basis,
    on: judge.view.on,
    before: ranked.rows.length,
    after: after.rows.length,
    units: [...supposed.keys()].map(changeOf),
    moved: moved.length,
    moves: moved.slice(0, MOVES_TOLD).map(({ unit }) => changeOf(unit)),
  };
}
