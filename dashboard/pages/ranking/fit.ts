import { isFull, type Row } from '#schemas/presentation/answers/rows.ts';

/** How many characters the longest ranks, bands and moves among some rows take, so that columns have room for them. */
export type Fit = { rank: number; band: number; moved: number; groupRank: number };

/** Digits of a count and the comma that sets off its thousands. */
const wide = (count: number): number => {
  const digits = String(Math.abs(count)).length;
  return digits + Math.floor((digits - 1) / 3);
};

export function fitOf(rows: readonly Row[]): Fit {
  const fit: Fit = { rank: 0, band: 0, moved: 0, groupRank: 0 };
  let group = 0;
  for (const row of rows) {
    if (row.rank !== null) fit.rank = Math.max(fit.rank, wide(row.rank));
    if (!isFull(row)) continue;
    if (row.band) {
      const [best, worst] = row.band;
      fit.band = Math.max(fit.band, best === worst ? wide(best) : wide(best) + 1 + wide(worst));
    }
    if (row.rank !== null && row.previousRank != null)
      fit.moved = Math.max(fit.moved, 1 + wide(row.rank - row.previousRank));
    if (row.groupRank !== null) group = Math.max(group, row.groupRank);
  }
  // A place in the group, and how many have one: the last place is as long as that.
  fit.groupRank = group ? 2 * wide(group) + 1 : 0;
  return fit;
}
