import { entryOf, put } from '../../entries.ts';
import { medianOf } from '../../middle.ts';
import type { RankingRow } from '../../results/results.ts';

/** A group in the middle: how many of it have a total, and the medians of total and scores. */
export type GroupMedian = {
  group: string;
  units: number;
  total: number | null;
  criteria: Record<string, number | null>;
};

/** Scores have four decimals; the middle of two is rounded half up, as everywhere. */
const SCALE = 10_000;
function middle(scores: readonly (number | null | undefined)[]): number | null {
  const known = scores.filter((score): score is number => score != null);
  const median = medianOf(known.map((score) => Math.round(score * SCALE)));
  return median === null ? null : median / SCALE;
}

/** The groups of these rows, the one with the best middle first; those without a total last, by their ids. */
export function groupMedians(rows: readonly RankingRow[], criteria: readonly string[]): GroupMedian[] {
  const members = new Map<string, RankingRow[]>();
  for (const row of rows) {
    const known = members.get(row.group);
    if (known) known.push(row);
    else members.set(row.group, [row]);
  }
  const medians = [...members].map(([group, own]): GroupMedian => {
    const scores: GroupMedian['criteria'] = {};
    for (const id of criteria) put(scores, id, middle(own.map((row) => entryOf(row.criteria, id))));
    return {
      group,
      units: own.filter(({ total }) => total !== null).length,
      total: middle(own.map(({ total }) => total)),
      criteria: scores,
    };
  });
  return medians.sort((a, b) => (b.total ?? -1) - (a.total ?? -1) || (a.group < b.group ? -1 : 1));
}
