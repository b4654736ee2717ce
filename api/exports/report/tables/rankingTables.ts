import { endsOf } from '#schemas/presentation/answers/extremes.ts';
import { placesGained } from '#schemas/presentation/answers/ranking.ts';
import { exactMean } from '#schemas/presentation/numbers.ts';
import { type Place, type Table, tableAt } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import * as described from '#schemas/presentation/tables/zone.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { comparedWith } from '../filters.ts';
import { type Frame, groupsOf, ranked, scoresOf, someNames } from '../frame.ts';

function rankingAt(frame: Frame, place: Place): Table {
  const compared =
    !frame.question.nothingThen && frame.rows.some(({ previousRank }) => previousRank !== undefined);
  return tableAt(
    rankingTable(frame, frame.plan, { compared, since: comparedWith(frame) }),
    frame.rows,
    place,
  );
}

/** The ranking with everything that is known of each unit, for sheets and CSV. */
export const rankingSheet = (frame: Frame): Table => rankingAt(frame, 'sheet');

/** The ranking as it fits a page: what an official reads first. */
export const rankingPage = (frame: Frame): Table => ({
  ...rankingAt(frame, 'page'),
  title: frame.words.chart.rankingTable,
  standings: frame.rows.map(({ rank }) => rank),
});

const NAMED = 2;

/** All that share an end, the first few by name; null where nobody does. */
const endNames = (frame: Frame, rows: readonly Pick<RankingRow, 'name'>[]): string | null =>
  rows.length === 0 ? null : someNames(frame, rows, NAMED);

/** Each criterion over all units. */
export function criteriaTable(frame: Frame): Table {
  const lines = frame.criteria.map(({ id, label, weight }): described.CriterionLine => {
    const scores = scoresOf(frame.rows, id);
    const ends = endsOf(scores, ({ score }) => score);
    const [best, lowest] = !ends ? [[], []] : ends.equal ? [ends.all, []] : [ends.highest, ends.lowest];
    const end = (side: typeof scores) => ({
      name: endNames(
        frame,
        side.map(({ row }) => row),
      ),
      score: side[0]?.score ?? null,
    });
    return {
      label,
      weight,
      mean: exactMean(scores.map(({ score }) => score)),
      best: end(best),
      lowest: end(lowest),
      below: scores.filter(({ score }) => score < 60).length,
    };
  });
  return tableAt(described.criteriaTable(frame, frame.words.section.criteria.heading), lines, 'page');
}

/** Each group: how many units, their means, and the best. */
export function groupTable(frame: Frame): Table {
  const average = (members: readonly RankingRow[], criterion: string) =>
    exactMean(scoresOf(members, criterion).map(({ score }) => score));
  const lines = groupsOf(frame.rows).map((group): described.GroupLine => {
    const members = frame.rows.filter((row) => row.group === group);
    const placed = ranked(members);
    const first = placed.filter(({ total }) => total === placed[0]?.total);
    return {
      group,
      units: members.length,
      mean: exactMean(placed.map(({ total }) => total)),
      means: new Map(frame.criteria.map(({ id }) => [id, average(members, id)])),
      best: endNames(frame, first),
    };
  });
  const table = described.groupTable(frame, frame.words.section.groups.heading, frame.plan);
  return tableAt(table, lines, 'page');
}

/** Whose rank has risen, those that rose most first; equal ones in the order of the ranking. */
export function moversTable(frame: Frame): Table {
  const lines = frame.rows
    .map(({ name, rank, total, previousRank, ...row }): described.MoverLine => {
      const places = placesGained({ rank, previousRank }) ?? 0;
      return {
        name: row.vetoes.length ? `${name}${frame.words.vetoMark}` : name,
        before: previousRank ?? null,
        rank,
        places,
        total,
      };
    })
    .filter(({ places }) => places > 0)
    .sort((a, b) => b.places - a.places);
  return {
    ...tableAt(
      described.moversTable(frame, frame.words.section.movers.heading, frame.totalDecimals),
      lines,
      'page',
    ),
    standings: lines.map(({ places }) => places),
  };
}

/** A unit's score in each criterion with its place there, one row a unit and criterion. */
export function scoresSheet(frame: Frame): Table {
  const lines = frame.criteria.flatMap(({ id, label }) => {
    const scores = scoresOf(frame.rows, id);
    let place = 0;
    return scores.map(({ row: { name, group }, score }, index): described.PlaceLine => {
      if (index === 0 || score !== scores[index - 1]?.score) place = index + 1;
      return { label, place, name, group, score };
    });
  });
  return tableAt(described.placeTable(frame), lines, 'sheet');
}
