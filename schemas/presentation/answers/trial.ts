import type { RankingRow } from '#schemas/results/results.ts';
import { greatest, type Named, namedOf } from './rows.ts';

/** What other weights change, found in the rows of the trial: `previousRank` is the rank under the plan's weights. */
export type TrialFact =
  /** Nobody has a rank in the trial: nothing weighs, or nothing that weighs is counted yet. */
  | { kind: 'no-ranks'; weightless: boolean }
  /** No rank moves; `planned`: the weights are those of the plan, too. */
  | { kind: 'unchanged'; planned: boolean }
  /** Who is within the first places before and after; more than so many where the last of them is shared. */
  | { kind: 'first'; places: number; before: Named[]; after: Named[]; same: boolean }
  | { kind: 'moved'; units: number }
  /** How many have a rank under the plan and none in the trial. */
  | { kind: 'dropped'; units: number }
  /** All that moved by as many places as the one that moved furthest. */
  | { kind: 'furthest'; units: (Named & { from: number; to: number })[]; places: number };

/** As many leaders as people ask about. */
const LEADERS = 3;

type Line = Named & { from: number; to: number };

export function trialFacts(
  rows: readonly RankingRow[],
  { weightless, planned }: { weightless: boolean; planned: boolean },
): TrialFact[] {
  const lines = rows.flatMap((row): Line[] =>
    row.rank === null || row.previousRank == null
      ? []
      : [{ ...namedOf(row), from: row.previousRank, to: row.rank }],
  );
  const ranked = rows.filter(({ rank }) => rank !== null);
  if (ranked.length === 0) return [{ kind: 'no-ranks', weightless }];
  const moved = lines.filter(({ from, to }) => from !== to);
  const dropped = rows.filter(({ rank, previousRank }) => rank === null && previousRank != null);
  if (moved.length + dropped.length === 0) return [{ kind: 'unchanged', planned }];
  const places = Math.min(LEADERS, ranked.length);
  /** Of all that have such a rank, whether or not they have the other. */
  const within = (side: 'previousRank' | 'rank'): Named[] =>
    rows
      .flatMap((row) => ((row[side] ?? places + 1) <= places ? [{ row, place: row[side] ?? 0 }] : []))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => namedOf(row));
  const [before, after] = [within('previousRank'), within('rank')];
  const same = before.length === after.length && before.every(({ unit }, at) => unit === after[at]?.unit);
  const { most, found } = greatest(moved, ({ from, to }) => Math.abs(from - to));
  return [
    { kind: 'first', places, before, after, same },
    ...(dropped.length > 0 ? [{ kind: 'dropped' as const, units: dropped.length }] : []),
    ...(moved.length > 0
      ? [
          { kind: 'moved' as const, units: moved.length },
          { kind: 'furthest' as const, units: found, places: most },
        ]
      : []),
  ];
}
