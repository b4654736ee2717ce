import type { Standing as Ordered } from '#schemas/cut.ts';
import { entryOf } from '#schemas/entries.ts';
import { shortShare, someOpen } from '#schemas/presentation/answers/gaps.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import { exactDifference, exactMean } from '#schemas/presentation/numbers.ts';
import { COLORS, WITHHELD } from '#schemas/presentation/palette.ts';
import type { RankingRow, Standing } from '#schemas/results/results.ts';
import { type Frame, groupsOf, ranked, scoresOf } from './frame.ts';
import type { Chart, Series } from './model.ts';
import { cutNote } from './shorten.ts';
import { missesOf } from './tables/gapTables.ts';
import { profileOf } from './tables/unitTables.ts';
import type { Words } from './words/zh.ts';

/** Charts as data; each format draws them in its own way. */

const HIGHEST = 100;

/** What each type brings to the total: weight × score / Σ weights counted, cut down to the capped total. */
function contributions({ criteria }: Frame, row: RankingRow): (number | null)[] {
  const counted = criteria.filter(({ id }) => entryOf(row.criteria, id) != null);
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  const kept = row.totalWithoutVeto ? (row.total ?? 0) / row.totalWithoutVeto : 1;
  return criteria.map(({ id, weight }) => {
    const score = entryOf(row.criteria, id);
    return score == null || weights === 0 ? null : ((weight * score) / weights) * kept;
  });
}

/** What a chart that shows the first so many says below it, and what it takes to say so of fewer. */
function cutOf(
  words: Words,
  cut: 'firstOf' | 'cutTop',
  standings: Ordered[],
  shown: number,
): Pick<Chart, 'standings' | 'cut' | 'note'> {
  const note = cutNote(words, cut, standings, shown);
  return { standings, cut, ...(note !== undefined && { note }) };
}

/** Totals of the first units by type; what a veto took off stands pale at the end. */
export function rankingChart(frame: Frame, most: number): Chart {
  const { words, criteria } = frame;
  const placed = ranked(frame.rows);
  const shown = placed.slice(0, most);
  const parts = shown.map((row) => contributions(frame, row));
  const series: Series[] = criteria.map(({ label, color }, index) => ({
    name: label,
    color,
    values: parts.map((part) => part[index] ?? null),
  }));
  const withheld = shown.map((row) => exactDifference(row.totalWithoutVeto ?? 0, row.total));
  if (withheld.some((value) => value > 0))
    series.push({
      name: words.chart.withheld,
      color: WITHHELD,
      values: withheld.map((value) => value || null),
    });
  return {
    id: 'ranking',
    kind: 'bars',
    title: words.chart.ranking,
    alt: words.chart.rankingAlt(shown.length),
    categories: shown.map(
      (row) => `${frame.placeOf(row)} ${row.name}${row.vetoes.length ? words.vetoMark : ''}`,
    ),
    series,
    stacked: true,
    ends: shown.map(({ total, totalWithoutVeto }, index) =>
      withheld[index]
        ? words.chart.vetoEnd(frame.totalText(total), frame.totalText(totalWithoutVeto))
        : frame.totalText(total),
    ),
    axis: { name: words.chart.points, max: HIGHEST },
    ...cutOf(words, 'firstOf', placed.map(frame.placeOf), shown.length),
  };
}

/** What the greatest share of units does not meet. */
export function missesChart(frame: Frame, most: number): Chart {
  const { words, name } = frame;
  const misses = missesOf(frame);
  const first = misses.slice(0, most);
  return {
    id: 'misses',
    kind: 'bars',
    title: words.chart.misses,
    alt: words.chart.missesAlt,
    categories: first.map((requirement) => name(requirement.name)),
    series: [{ name: words.chart.missedBy, color: COLORS.accent, values: first.map(shortShare) }],
    stacked: false,
    axis: { name: words.chart.missedBy, max: 1, share: true },
    ...(someOpen(frame.gaps?.requirements ?? []) && { alone: words.say.stillOpen.trim() }),
    ...cutOf(words, 'cutTop', misses.map(shortShare), first.length),
  };
}

/** Mean attainment of every requirement, in plan order. */
export function requirementChart(frame: Frame): Chart {
  const { words, name } = frame;
  const all = frame.gaps?.requirements ?? [];
  return {
    id: 'requirements',
    kind: 'bars',
    title: words.chart.requirementMeans,
    alt: words.chart.requirementMeans,
    categories: all.map((requirement) => name(requirement.name)),
    series: [
      { name: words.column.meanAttainment, color: COLORS.accent, values: all.map(({ mean }) => mean) },
    ],
    stacked: false,
    axis: { name: words.column.meanAttainment, max: 1, share: true },
  };
}

/** For each group the mean of each type. */
export function groupChart(frame: Frame): Chart {
  const { words, rows, criteria } = frame;
  const groups = groupsOf(rows);
  return {
    id: 'groups',
    kind: 'columns',
    title: words.chart.groups,
    alt: words.chart.groupsAlt,
    categories: groups.map((group) => frame.term(group)),
    series: criteria.map(({ id, label, color }) => ({
      name: label,
      color,
      values: groups.map((group) =>
        exactMean(
          scoresOf(
            rows.filter((row) => row.group === group),
            id,
          ).map(({ score }) => score),
        ),
      ),
    })),
    stacked: false,
    axis: { name: words.chart.points, max: HIGHEST },
  };
}

/** A unit's five types beside the median and the best of its group. */
export function profileChart(frame: Frame, standing: Standing): Chart {
  const { words } = frame;
  const profile = profileOf(frame, standing);
  const { name, group } = standing.row;
  return {
    id: 'profile',
    kind: 'columns',
    title: words.chart.profile,
    alt: words.chart.profileAlt(name, frame.term(group)),
    categories: profile.map(({ label }) => label),
    series: [
      { name: words.chart.own, color: COLORS.accent, values: profile.map(({ own }) => own) },
      { name: words.column.median, color: WITHHELD, values: profile.map(({ median }) => median) },
      { name: words.column.groupBest, color: COLORS.muted, values: profile.map(({ best }) => best) },
    ],
    stacked: false,
    axis: { name: words.chart.points, max: HIGHEST },
  };
}

/** What costs the unit most. */
export function unitGapChart(frame: Frame, standing: Standing, most: number): Chart {
  const { words, name } = frame;
  const gaps = gapsOf(standing);
  const worst = gaps.slice(0, most);
  return {
    id: 'gaps',
    kind: 'bars',
    title: words.chart.gapsLost,
    alt: words.chart.gapsLost,
    categories: worst.map((gap) => name(gap.name)),
    series: [{ name: words.column.lost, color: COLORS.accent, values: worst.map(({ lost }) => lost) }],
    stacked: false,
    axis: { name: words.chart.points },
    ...cutOf(
      words,
      'cutTop',
      gaps.map(({ lost }) => lost ?? 0),
      worst.length,
    ),
  };
}
